using System.Runtime.CompilerServices;
using FlowGen.CompilerServices;

namespace FlowGen.Pooling;

/// <summary>A stack that holds at most so many objects, exactly, for all threads.</summary>
/// <remarks>
/// Its lock is one compare-exchange, half of what a general one costs: it is held for a handful of instructions that cannot block, and
/// who finds it taken spins and then yields.
/// </remarks>
internal sealed class BoundedShelf(int max)
{
    private FlowPooled? _head;
    private int _count;
    private int _locked;

    public int Count => Volatile.Read(ref _count);

    public FlowPooled? Take()
    {
        if (Volatile.Read(ref _count) == 0)
        {
            return null;
        }

        Enter();
        FlowPooled? item = _head;
        if (item is not null)
        {
            _head = item.Next;
            item.Next = null;
            _count--;
        }

        Exit();
        return item;
    }

    /// <summary>False when it is full; then the object still belongs to the caller.</summary>
    public bool TryPut(FlowPooled item)
    {
        Enter();
        bool hasRoom = _count < max;
        if (hasRoom)
        {
            item.Next = _head;
            _head = item;
            _count++;
        }

        Exit();
        return hasRoom;
    }

    public Chain TakeAll()
    {
        Enter();
        Chain all = new(_head, _count);
        _head = null;
        _count = 0;
        Exit();
        return all;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Enter()
    {
        if (Interlocked.CompareExchange(ref _locked, 1, 0) != 0)
        {
            EnterSlow();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void EnterSlow()
    {
        SpinWait wait = default;
        do
        {
            // Sleeping would cost a millisecond for what takes nanoseconds.
            wait.SpinOnce(sleep1Threshold: -1);
        }
        while (Volatile.Read(ref _locked) != 0 || Interlocked.CompareExchange(ref _locked, 1, 0) != 0);
    }

    private void Exit() => Volatile.Write(ref _locked, 0);
}
