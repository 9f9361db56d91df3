namespace FlowGen;

/// <summary>
/// Declares pooled mutable state: a node's parameter of this class receives the current instance. The class needs a parameterless constructor.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class StateAttribute : Attribute
{
    /// <summary>What one instance belongs to. Default: <see cref="StateScope.Activation"/>.</summary>
    public StateScope Scope { get; init; }
}

/// <summary>What one instance of a <see cref="StateAttribute"/> class belongs to.</summary>
public enum StateScope
{
    /// <summary>One activation of the workflow whose nodes take it: two calls of one child, or two elements, never share it.</summary>
    Activation,

    /// <summary>One top-level run, shared by every activation in it.</summary>
    Run,
}
