namespace FlowGen;

/// <summary>
/// The node ends its workflow: when it completes, nothing else starts, what executes is cancelled and awaited, and the node's value is the result. The run, or the
/// activation of a sub-workflow, has completed then; nothing is compensated.
/// </summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class EndAttribute : Attribute;
