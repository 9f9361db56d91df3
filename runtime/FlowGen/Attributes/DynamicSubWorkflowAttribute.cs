namespace FlowGen;

/// <summary>
/// On a partial method without a body: the node runs the workflow that its <see cref="FlowRef{TIn, TOut}"/> parameter names, as a part of the same run. A workflow
/// that is already on the stack is refused with a <see cref="FlowCycleException"/> unless <see cref="AllowRecursion"/> says otherwise.
/// </summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class DynamicSubWorkflowAttribute : Attribute
{
    /// <summary>The node's segment of its path; stable when the method is renamed. Default: the method's name without <c>Async</c>.</summary>
    public string? Id { get; init; }

    /// <summary>The workflows that may be chosen; null (the default) for any.</summary>
    public Type[]? Candidates { get; init; }

    /// <summary>How many such calls may be open inside of each other. Default: 16.</summary>
    public int MaxDepth { get; init; } = 16;

    /// <summary>Whether a workflow may call itself, directly or not, up to <see cref="MaxDepth"/>. Default: false.</summary>
    public bool AllowRecursion { get; init; }
}
