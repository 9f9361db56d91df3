namespace FlowGen;

/// <summary>
/// The node runs once per element of a collection (array, list, <c>IEnumerable</c> or <c>IAsyncEnumerable</c>), this parameter being the
/// element. The node's value becomes an array in source order, of outcomes with <see cref="EachError.Collect"/>. Policies of the node apply to each element.
/// </summary>
/// <remarks>A <see cref="More{T}"/> parameter of the same node adds elements to the loop while it runs.</remarks>
[AttributeUsage(AttributeTargets.Parameter, Inherited = false)]
public sealed class EachAttribute : Attribute
{
    /// <summary>Over the only collection whose elements have the parameter's type.</summary>
    public EachAttribute()
    {
    }

    /// <summary>Over the value of a node.</summary>
    /// <param name="source">Name of the node; <c>nameof</c>.</param>
    public EachAttribute(string source) => Source = source;

    /// <summary>The node whose value is the collection; null when the type decides.</summary>
    public string? Source { get; }

    /// <summary>A member of the source's value that is the collection; <c>nameof</c>. Default: the value itself.</summary>
    public string? Member { get; init; }

    /// <summary>Elements in flight at once; 0 for no limit. Default: 1.</summary>
    public int MaxParallelism { get; init; } = 1;

    /// <summary>An <c>int</c> parameter of the same method that gives <see cref="MaxParallelism"/> at run time; <c>nameof</c>.</summary>
    public string? MaxParallelismFrom { get; init; }

    /// <summary>What the failure of an element means. Default: <see cref="EachError.Stop"/>.</summary>
    public EachError OnError { get; init; }

    /// <summary>
    /// A static method of the workflow, <c>bool Rule(EachProgress progress)</c>, that is asked after each element and says when there is enough; <c>nameof</c>. Then no
    /// further element starts, and <see cref="Rest"/> says what becomes of those that have. Default: all elements.
    /// </summary>
    public string? Until { get; init; }

    /// <summary>What becomes of the elements in flight when <see cref="Until"/> says that there is enough. Default: <see cref="EachRest.Cancel"/>.</summary>
    public EachRest Rest { get; init; }
}

/// <summary>What the failure of an element of an [Each] node means.</summary>
public enum EachError
{
    /// <summary>The node fails; the other elements are cancelled and awaited.</summary>
    Stop,

    /// <summary>The element is left out of the result.</summary>
    Skip,

    /// <summary>The result holds an <see cref="Outcome{T}"/> for each element, so that its failure is a value.</summary>
    Collect,
}

/// <summary>What becomes of the elements in flight when an [Each] node has enough.</summary>
public enum EachRest
{
    /// <summary>They are cancelled and awaited; the result is without them.</summary>
    Cancel,

    /// <summary>They are awaited, and the result is with them.</summary>
    Finish,

    /// <summary>The node completes without them at once; they go on, are ignored, and are awaited before the activation ends.</summary>
    Ignore,
}

/// <summary>How far an [Each] node has come, for the rule in <see cref="EachAttribute.Until"/>.</summary>
/// <param name="Started">Elements taken from the source.</param>
/// <param name="Completed">Elements that completed.</param>
/// <param name="Failed">Elements that failed and were skipped or collected.</param>
public readonly record struct EachProgress(int Started, int Completed, int Failed)
{
    /// <summary>Elements that have started and not ended.</summary>
    public int InFlight => Started - Completed - Failed;
}
