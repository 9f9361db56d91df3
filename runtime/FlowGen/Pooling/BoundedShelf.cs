using FlowGen.CompilerServices;

namespace FlowGen.Pooling;

/// <summary>A stack that holds at most so many objects, exactly, for all threads.</summary>
internal sealed class BoundedShelf(int max)
{
    private readonly Lock _lock = new();
    private FlowPooled? _head;
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public FlowPooled? Take()
    {
        if (Volatile.Read(ref _count) == 0)
        {
            return null;
        }

        lock (_lock)
        {
            FlowPooled? item = _head;
            if (item is not null)
            {
                _head = item.Next;
                item.Next = null;
                _count--;
            }

            return item;
        }
    }

    /// <summary>False when it is full; then the object still belongs to the caller.</summary>
    public bool TryPut(FlowPooled item)
    {
        lock (_lock)
        {
            if (_count == max)
            {
                return false;
            }

            item.Next = _head;
            _head = item;
            _count++;
            return true;
        }
    }

    public Chain TakeAll()
    {
        lock (_lock)
        {
            Chain all = new(_head, _count);
            _head = null;
            _count = 0;
            return all;
        }
    }
}
