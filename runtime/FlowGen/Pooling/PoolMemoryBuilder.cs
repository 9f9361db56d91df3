using FlowGen.CompilerServices;

namespace FlowGen.Pooling;

/// <summary>Adds up the objects of one account.</summary>
internal struct PoolMemoryBuilder(long pastRented, long pastReturned, int highWaterMark)
{
    private readonly HashSet<Type> _types = [];
    private long _rented = pastRented;
    private long _returned = pastReturned;
    private int _objects;
    private int _inUse;
    private int _nodeInstances;
    private long _retainedBytes;

    public void Add(FlowPooled item)
    {
        long generation = item.UnsettledGeneration;
        _objects++;
        _inUse += (int)(generation & 1);
        _rented += PoolAccount.Rented(generation);
        _returned += PoolAccount.Returned(generation);
        _nodeInstances += item.NodeInstances;
        _retainedBytes += item.RetainedBytes;
        item.CollectInstanceTypes(_types);
    }

    public readonly PoolMemory Build(PoolAccount account) => new()
    {
        WorkflowId = account.WorkflowId,
        Kind = account.Kind,
        Path = account.Path,
        Objects = _objects,
        InUse = _inUse,
        Rented = _rented,
        Returned = _returned,
        NodeInstances = _nodeInstances,
        InstanceTypes = [.. _types.OrderBy(type => type.FullName, StringComparer.Ordinal)],
        HighWaterMark = highWaterMark,
        RetainedBytes = _retainedBytes,
    };
}
