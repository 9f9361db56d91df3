namespace FlowGen;

/// <summary>
/// On a partial method without a body: the node is implemented by the workflow that <paramref name="member"/> holds, flattened into this one.
/// This form serves two instances of one type; otherwise prefer <see cref="SubWorkflowAttribute{TWorkflow}"/>.
/// </summary>
/// <param name="member">The constructor parameter, field or property that holds the child; <c>nameof</c>.</param>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class SubWorkflowAttribute(string member) : Attribute
{
    /// <summary>The constructor parameter, field or property that holds the child.</summary>
    public string Member { get; } = member;

    /// <summary>The node's segment of its path; stable when the method is renamed. Default: the method's name without <c>Async</c>.</summary>
    public string? Id { get; init; }

    /// <summary>When this call's instances are given back. Unless written, the child's own <see cref="WorkflowAttribute.Cleanup"/> applies.</summary>
    public CleanupMode Cleanup { get; init; }
}

/// <summary>
/// On a partial method without a body: the node is implemented by the workflow <typeparamref name="TWorkflow"/>, flattened into this one. Its
/// instance is the only constructor parameter or field of that type, or a shared one if it needs no arguments.
/// </summary>
/// <typeparam name="TWorkflow">A <see cref="WorkflowAttribute"/> class.</typeparam>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class SubWorkflowAttribute<TWorkflow> : Attribute
{
    /// <summary>The node's segment of its path; stable when the method is renamed. Default: the method's name without <c>Async</c>.</summary>
    public string? Id { get; init; }

    /// <summary>When this call's instances are given back. Unless written, the child's own <see cref="WorkflowAttribute.Cleanup"/> applies.</summary>
    public CleanupMode Cleanup { get; init; }
}
