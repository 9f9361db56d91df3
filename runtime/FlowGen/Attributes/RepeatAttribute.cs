namespace FlowGen;

/// <summary>
/// Runs a node again and again: at least once, and on while <see cref="While"/> holds, or until <see cref="Until"/> does. The value of one
/// iteration is the <see cref="CarryAttribute"/> parameter of the next; that of the last is the node's. Other policies apply to each iteration.
/// </summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class RepeatAttribute : Attribute
{
    /// <summary>A condition that is asked after each iteration and sees its value; <c>nameof</c>. This or <see cref="Until"/>.</summary>
    public string? While { get; init; }

    /// <summary>The opposite condition; <c>nameof</c>.</summary>
    public string? Until { get; init; }

    /// <summary>The most iterations; 0 for no limit. Default: 1,000.</summary>
    public int MaxIterations { get; init; } = 1_000;

    /// <summary>What happens when the condition asks for more than that. Default: <see cref="RepeatLimit.Fail"/>.</summary>
    public RepeatLimit AtLimit { get; init; }

    /// <summary>Milliseconds between two iterations. Default: 0.</summary>
    public int DelayMs { get; init; }
}

/// <summary>What a <see cref="RepeatAttribute"/> node does at its <see cref="RepeatAttribute.MaxIterations"/>.</summary>
public enum RepeatLimit
{
    /// <summary>It fails with a <see cref="FlowLimitException"/>.</summary>
    Fail,

    /// <summary>It completes with the value of the last iteration.</summary>
    Stop,
}

/// <summary>
/// The parameter of a <see cref="RepeatAttribute"/> node that is bound as usual for the first iteration, and is the value of the iteration
/// before from then on. May be left out if only one parameter has the type of the result.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter, Inherited = false)]
public sealed class CarryAttribute : Attribute;
