namespace FlowGen;

/// <summary>
/// On a method of a workflow: its body is a node. On a class: the class is a node to be reused by any workflow through
/// <see cref="NodeAttribute{TNode}"/>, and has one <c>Execute</c> or <c>ExecuteAsync</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, Inherited = false)]
public sealed class NodeAttribute : Attribute
{
    /// <summary>The node's segment of its path; stable when the method is renamed. Default: the method's name without <c>Async</c>.</summary>
    public string? Id { get; init; }

    /// <summary>Where the body executes. Default: <see cref="RunOn.Inline"/>.</summary>
    public RunOn RunOn { get; init; }
}

/// <summary>
/// On a partial method without a body: the node is implemented by <typeparamref name="TNode"/>, of which an instance is rented on first
/// execution and given back when the activation ends.
/// </summary>
/// <typeparam name="TNode">A class with one <c>Execute</c> or <c>ExecuteAsync</c>.</typeparam>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class NodeAttribute<TNode> : Attribute
{
    /// <summary>The node's segment of its path; stable when the method is renamed. Default: the method's name without <c>Async</c>.</summary>
    public string? Id { get; init; }

    /// <summary>Where the body executes. Default: <see cref="RunOn.Inline"/>.</summary>
    public RunOn RunOn { get; init; }
}
