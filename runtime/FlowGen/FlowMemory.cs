using System.Collections;
using System.Globalization;
using System.Text;

namespace FlowGen;

/// <summary>What the pools of the process hold at one moment: one row per workflow and kind, and their sums.</summary>
public sealed class FlowMemory : IReadOnlyList<PoolMemory>
{
    private readonly PoolMemory[] _pools;

    internal FlowMemory(PoolMemory[] pools, int parked)
    {
        _pools = pools;
        Parked = parked;
        foreach (PoolMemory pool in pools)
        {
            Objects += pool.Objects;
            InUse += pool.InUse;
            Rented += pool.Rented;
            Returned += pool.Returned;
            NodeInstances += pool.NodeInstances;
            RetainedBytes += pool.RetainedBytes;
        }
    }

    /// <summary>Rows.</summary>
    public int Count => _pools.Length;

    /// <summary>Scopes of the runtime whose cleanup is still to come or under way.</summary>
    public int Parked { get; }

    /// <summary>Pooled objects that exist, in use or idle.</summary>
    public int Objects { get; }

    /// <summary>Pooled objects that runs use now; those that are parked included.</summary>
    public int InUse { get; }

    /// <summary>Rentals since the process started.</summary>
    public long Rented { get; }

    /// <summary>Returns since the process started.</summary>
    public long Returned { get; }

    /// <summary>Instances of node and state classes inside the objects.</summary>
    public int NodeInstances { get; }

    /// <summary>Estimate of what the objects keep, in bytes; see <see cref="PoolMemory.RetainedBytes"/>.</summary>
    public long RetainedBytes { get; }

    /// <summary>A row, in order of workflow id, kind and path.</summary>
    /// <param name="index">From 0.</param>
    public PoolMemory this[int index] => _pools[index];

    /// <inheritdoc/>
    public IEnumerator<PoolMemory> GetEnumerator() => ((IEnumerable<PoolMemory>)_pools).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The sums on one line, then a line per row.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        text.Append(
            CultureInfo.InvariantCulture,
            $"{Objects:N0} objects, {InUse:N0} in use, {Parked:N0} parked; rented {Rented:N0}, returned {Returned:N0}; ");
        text.Append(CultureInfo.InvariantCulture, $"{NodeInstances:N0} instances; {RetainedBytes:N0} bytes");
        foreach (PoolMemory pool in _pools)
        {
            text.Append('\n').Append("  ").Append(pool);
        }

        return text.ToString();
    }
}
