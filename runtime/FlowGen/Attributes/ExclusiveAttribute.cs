namespace FlowGen;

/// <summary>
/// A critical section: of all nodes of one run that name the same section, sub-workflows included, at most one executes at a time; the others wait in the order they came.
/// On a sub-workflow the section is held until its activation has ended.
/// </summary>
/// <typeparam name="TSection">Any type; it only names the section.</typeparam>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true, Inherited = false)]
public sealed class ExclusiveAttribute<TSection> : Attribute;

/// <summary>At most so many executions of the node at a time in all runs of one workflow object; the others wait in the order they came.</summary>
/// <param name="executions">How many, 1 or more.</param>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class MaxConcurrentAttribute(int executions) : Attribute
{
    /// <summary>How many.</summary>
    public int Executions { get; } = executions;
}
