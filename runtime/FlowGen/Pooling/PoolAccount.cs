using System.Runtime.InteropServices;
using FlowGen.CompilerServices;

namespace FlowGen.Pooling;

/// <summary>
/// The books of all pools that serve one workflow, kind and path: which objects are alive, and what became of those that are not.
/// Objects are held weakly and dense, so that renting and returning cost nothing here; an object enters when it is made and leaves when
/// a pool drops it or its finalizer runs. Nothing of a workflow's own types is held, so accounts may live as long as the process.
/// </summary>
internal sealed class PoolAccount(string workflowId, FlowPoolKind kind, string path)
{
    private const int SmallestTable = 16;

    private readonly Lock _lock = new();

    // The first _live handles have a target; those after them, up to _allocated, wait for the next object.
    private GCHandle[] _handles = [];
    private int _allocated;
    private int _live;
    private int _highWaterMark;
    private long _pastRented;
    private long _pastReturned;

    public string WorkflowId => workflowId;

    public FlowPoolKind Kind => kind;

    public string Path => path;

    /// <summary>Objects alive, rented or not.</summary>
    public int Live => Volatile.Read(ref _live);

    public void Add(FlowPooled item)
    {
        lock (_lock)
        {
            if (item.Account is not null)
            {
                throw new InvalidOperationException("A pooled object was registered twice.");
            }

            EnsureHandle();
            _handles[_live].Target = item;
            item.AccountIndex = _live;
            item.Account = this;
            _live++;
            _highWaterMark = Math.Max(_highWaterMark, _live);
        }
    }

    /// <summary>Takes an object out of the books; its counts stay. Does nothing for one that is not, or no more, in them.</summary>
    public void Forget(FlowPooled item)
    {
        lock (_lock)
        {
            int index = item.AccountIndex;
            if (index >= _live || !ReferenceEquals(_handles[index].Target, item))
            {
                return;
            }

            Note(item);
            FillGap(index);
            Shrink();
        }
    }

    /// <summary>Takes over the counts of an object that can count no further, and lets it begin anew.</summary>
    public void Settle(FlowPooled item)
    {
        lock (_lock)
        {
            Note(item);
            item.Restart();
        }
    }

    /// <summary>Lets go of an object for good.</summary>
    public static void Drop(FlowPooled item)
    {
        item.Next = null;
        try
        {
            item.OnDropped();
        }
        catch
        {
            // The generated code reports what a node's Dispose throws. A pool has nobody to tell, and must go on.
        }

        GC.SuppressFinalize(item);
        item.Account?.Forget(item);
    }

    public PoolMemory Report()
    {
        lock (_lock)
        {
            PoolMemoryBuilder row = new(_pastRented, _pastReturned, _highWaterMark);
            for (int i = 0; i < _live; i++)
            {
                // The handles track resurrection: the target is there until Forget was called, which needs the lock.
                row.Add((FlowPooled)_handles[i].Target!);
            }

            return row.Build(this);
        }
    }

    public static long Rented(long generation) => (generation + 1) >> 1;

    public static long Returned(long generation) => generation >> 1;

    private void Note(FlowPooled item)
    {
        long generation = item.UnsettledGeneration;
        _pastRented += Rented(generation);
        _pastReturned += Returned(generation);
    }

    private void EnsureHandle()
    {
        if (_live < _allocated)
        {
            return;
        }

        if (_allocated == _handles.Length)
        {
            Array.Resize(ref _handles, Math.Max(SmallestTable, _handles.Length * 2));
        }

        _handles[_allocated] = GCHandle.Alloc(value: null, GCHandleType.WeakTrackResurrection);
        _allocated++;
    }

    private void FillGap(int index)
    {
        int last = _live - 1;
        GCHandle free = _handles[index];
        free.Target = null;
        if (index != last)
        {
            _handles[index] = _handles[last];
            ((FlowPooled)_handles[index].Target!).AccountIndex = index;
            _handles[last] = free;
        }

        _live = last;
    }

    private void Shrink()
    {
        int half = _handles.Length / 2;
        if (half < SmallestTable || _live > half / 2)
        {
            return;
        }

        while (_allocated > half)
        {
            _allocated--;
            _handles[_allocated].Free();
        }

        Array.Resize(ref _handles, half);
    }
}
