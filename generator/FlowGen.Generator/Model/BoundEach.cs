namespace FlowGen.Generator.Model;

internal enum SourceShape
{
    Array,
    List,
    ReadOnlyList,
    Enumerable,
    AsyncEnumerable,
}

/// <summary>[Each]: the node runs once per element of a collection.</summary>
/// <param name="ArgumentIndex">The argument of kind Element.</param>
/// <param name="Shape">Array <c>T[]</c>, List <c>List&lt;T&gt;</c>, ReadOnlyList <c>IReadOnlyList&lt;T&gt;</c> or IList (indexed), Enumerable, AsyncEnumerable.</param>
/// <param name="ElementType">Of the source collection.</param>
/// <param name="MaxParallelism">Elements in flight; 0 for no limit; ignored when <paramref name="MaxParallelismArgument"/> is set.</param>
/// <param name="MaxParallelismArgument">Index of the int argument that gives it at run time, or -1.</param>
/// <param name="OnError">What the failure of an element means.</param>
/// <param name="Until">Index into <see cref="BoundWorkflow.Checks"/> of the rule that says when there is enough, or -1.</param>
/// <param name="Rest">What becomes of elements in flight then.</param>
/// <param name="Grows">The node adds elements while the loop runs.</param>
internal sealed record BoundEach(
    int ArgumentIndex,
    SourceShape Shape,
    TypeRef ElementType,
    int MaxParallelism,
    int MaxParallelismArgument,
    EachError OnError,
    int Until,
    EachRest Rest,
    bool Grows);

/// <summary>What the failure of an element means; the names and values of the runtime's <c>EachError</c>.</summary>
internal enum EachError
{
    Stop,
    Skip,
    Collect,
}

/// <summary>What becomes of elements in flight when there is enough; the names and values of the runtime's <c>EachRest</c>.</summary>
internal enum EachRest
{
    Cancel,
    Finish,
    Ignore,
}
