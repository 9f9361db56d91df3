using System.ComponentModel;
using System.Runtime.CompilerServices;
using FlowGen.Pooling;

namespace FlowGen.CompilerServices;

/// <summary>A pool of one emitted class. Any number of threads may use it.</summary>
/// <typeparam name="T">The emitted class.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class FlowPool<T> : FlowPool
    where T : FlowPooled
{
    // Of the pool that this thread used last. Frames have one static pool a class, so it changes only in tests.
    [ThreadStatic]
    private static Magazine? t_magazine;

    private readonly BoundedShelf? _shelf;
    private readonly MagazineRack? _rack;

    /// <summary>Makes an empty pool.</summary>
    /// <param name="workflowId">The workflow whose objects it holds.</param>
    /// <param name="kind">What the objects are.</param>
    /// <param name="max">
    /// The most it keeps. 0 is for static pools only: it keeps as many as were lately in use at once, and a few with each thread.
    /// </param>
    /// <param name="path">The node whose activations the objects serve; empty for the workflow itself.</param>
    public FlowPool(string workflowId, FlowPoolKind kind, int max, string path = "")
        : base(workflowId, kind, max, path)
    {
        if (max > 0)
        {
            _shelf = new BoundedShelf(max);
        }
        else
        {
            _rack = new MagazineRack(Account);
        }
    }

    internal override int Idle => _shelf?.Count ?? _rack!.Count;

    /// <summary>Takes an object out; null when there is none at hand, and then the caller makes one and registers it.</summary>
    public T? Take() => Unsafe.As<T?>(_shelf is null ? OwnMagazine().Take() : _shelf.Take());

    /// <summary>Remembers a new object, weakly, for the memory report.</summary>
    /// <param name="created">The new object.</param>
    /// <returns>The same object.</returns>
    public T Register(T created)
    {
        ArgumentNullException.ThrowIfNull(created);
        Account.Add(created);
        _rack?.Depot.NoteMade();
        return created;
    }

    /// <summary>Puts an object back that is marked as returned and holds no user data any more.</summary>
    /// <param name="item">The object; it belongs to the pool from now on.</param>
    public void Put(T item)
    {
        if (_shelf is null)
        {
            OwnMagazine().Put(item);
        }
        else if (!_shelf.TryPut(item))
        {
            PoolAccount.Drop(item);
        }
    }

    internal override void Trim() => _rack?.Trim();

    internal override void Clear()
    {
        _shelf?.TakeAll().Drop();
        _rack?.Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Magazine OwnMagazine()
    {
        Magazine? magazine = t_magazine;
        return magazine is not null && ReferenceEquals(magazine.Rack, _rack) ? magazine : FindMagazine();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Magazine FindMagazine() => t_magazine = _rack!.OfThisThread();
}
