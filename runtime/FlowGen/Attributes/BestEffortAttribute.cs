namespace FlowGen;

/// <summary>A failure of the node counts as skipped: the run goes on, and consumers see what they see of a skipped node.</summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class BestEffortAttribute : Attribute;
