using System.Globalization;

namespace FlowGen;

/// <summary>What a cleanup of the runtime did.</summary>
public sealed class FlowCleanUp
{
    internal FlowCleanUp(FlowMemory before, FlowMemory after)
    {
        Before = before;
        After = after;
    }

    /// <summary>The memory before.</summary>
    public FlowMemory Before { get; }

    /// <summary>The memory after; runs that went on meanwhile show in it too.</summary>
    public FlowMemory After { get; }

    /// <summary>The difference, on one line.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"objects {Before.Objects:N0} -> {After.Objects:N0}, instances {Before.NodeInstances:N0} -> {After.NodeInstances:N0}, "
        + $"parked {Before.Parked:N0} -> {After.Parked:N0}, bytes {Before.RetainedBytes:N0} -> {After.RetainedBytes:N0}");
}
