namespace FlowGen;

/// <summary>
/// Sets how a node or state class is pooled. Without it a class is pooled when it implements <see cref="ICleanup"/> or
/// <see cref="IAsyncCleanup"/> or has no mutable field.
/// </summary>
/// <param name="enabled">False: every activation gets a new instance.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class PooledAttribute(bool enabled = true) : Attribute
{
    /// <summary>Whether instances are reused.</summary>
    public bool Enabled { get; } = enabled;

    /// <summary>How many unused instances are kept, 1 or more. Default: 64.</summary>
    public int Max { get; init; } = 64;
}
