namespace FlowGen;

/// <summary>
/// The method is a node that runs instead of a failed one and stands in for it: it returns what that one returns, and who follows the one
/// follows the other. Without names it handles the failure of the whole workflow: with a value it completes the run, without one the failure goes on
/// once it has run.
/// </summary>
/// <remarks>
/// The type of its exception parameter says what it handles; without one it handles everything. Of several handlers the one with the nearest
/// type runs. Cancellation is never caught. What a handler throws replaces the failure, which is kept as suppressed.
/// </remarks>
/// <param name="nodes">Names of nodes; <c>nameof</c>.</param>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class CatchAttribute(params string[] nodes) : Attribute
{
    /// <summary>The nodes whose failure it handles; empty for the whole workflow.</summary>
    public IReadOnlyList<string> Nodes { get; } = nodes;

    /// <summary>The handler's segment of its path; stable when the method is renamed. Default: the method's name without <c>Async</c>.</summary>
    public string? Id { get; init; }
}
