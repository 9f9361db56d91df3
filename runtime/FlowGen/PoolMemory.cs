using System.Globalization;

namespace FlowGen;

/// <summary>What the pools of one workflow and kind hold. Several workflow objects of one class share a row.</summary>
public sealed class PoolMemory
{
    internal PoolMemory()
    {
    }

    /// <summary>The workflow whose objects these are.</summary>
    public required string WorkflowId { get; init; }

    /// <summary>What the objects are.</summary>
    public required FlowPoolKind Kind { get; init; }

    /// <summary>The node whose activations they serve; empty for the workflow itself.</summary>
    public required string Path { get; init; }

    /// <summary>Objects that exist, in use or idle.</summary>
    public required int Objects { get; init; }

    /// <summary>Objects that runs use now; those that are parked for their cleanup included.</summary>
    public required int InUse { get; init; }

    /// <summary>Rentals since the process started.</summary>
    public required long Rented { get; init; }

    /// <summary>
    /// Returns since the process started. <see cref="Rented"/> less this is <see cref="InUse"/>, plus the objects that were lost: runs
    /// that never ended and that nobody holds any more.
    /// </summary>
    public required long Returned { get; init; }

    /// <summary>Instances of node and state classes inside the objects.</summary>
    public required int NodeInstances { get; init; }

    /// <summary>The classes of those instances, by name.</summary>
    public required IReadOnlyList<Type> InstanceTypes { get; init; }

    /// <summary>
    /// The most objects that ever existed at once. They are only made when there is none at hand, so that this is what was in use at the
    /// busiest moment, and at most what lay idle with other threads besides.
    /// </summary>
    public required int HighWaterMark { get; init; }

    /// <summary>
    /// Estimate of what the objects keep, in bytes: their own size and the least that their instances can take, without anything an instance
    /// refers to.
    /// </summary>
    public required long RetainedBytes { get; init; }

    /// <summary>One line.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{WorkflowId}{(Path.Length == 0 ? "" : "/" + Path)} ({Kind}): {Objects:N0} objects, {InUse:N0} in use, most {HighWaterMark:N0}; "
        + $"rented {Rented:N0}, returned {Returned:N0}; {NodeInstances:N0} instances{Types}; {RetainedBytes:N0} bytes");

    private string Types => InstanceTypes.Count == 0 ? "" : $" [{string.Join(", ", InstanceTypes.Select(type => type.Name))}]";
}
