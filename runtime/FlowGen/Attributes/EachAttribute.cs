namespace FlowGen;

/// <summary>
/// The node runs once per element of a collection (array, list, <c>IEnumerable</c> or <c>IAsyncEnumerable</c>), this parameter being the
/// element. The node's value becomes an array in source order; the first element that fails fails the node.
/// </summary>
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
}
