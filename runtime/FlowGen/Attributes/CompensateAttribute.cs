namespace FlowGen;

/// <summary>
/// The method undoes a node. When a run fails or is cancelled, the compensations of all nodes that have completed run, one after the other, the last
/// completed first, with a token that the run's cancellation does not reach. One that fails is recorded and the others still run.
/// </summary>
/// <remarks>
/// It takes values of the workflow, and may take the <see cref="Exception"/> because of which it runs. Those of a completed sub-workflow stay armed until the
/// whole run has ended, unless the parent compensates the sub-workflow itself. <see cref="RetryAttribute"/> and <see cref="TimeoutAttribute"/> apply.
/// </remarks>
/// <param name="node">Name of the node; <c>nameof</c>.</param>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class CompensateAttribute(string node) : Attribute
{
    /// <summary>The node that it undoes.</summary>
    public string Node { get; } = node;
}
