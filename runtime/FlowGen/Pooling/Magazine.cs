using System.Runtime.CompilerServices;
using FlowGen.CompilerServices;

namespace FlowGen.Pooling;

/// <summary>
/// The objects that one thread keeps of one pool: two chains, so that a thread that goes to and fro at a chain's end does not go to the
/// depot each time. Only its thread touches it, without any interlocked operation, except while it is revoked.
/// </summary>
/// <remarks>
/// Chains start short and grow when the thread both runs dry and overflows. One that only returns what others rent passes it on soon, so
/// that the others need not make more.
/// <para>
/// Revoking is the asymmetric half of a lock. The thread writes <see cref="_busy"/> and then reads <see cref="_revoked"/>; the other side
/// writes <see cref="_revoked"/>, makes every processor drain its stores (<see cref="Interlocked.MemoryBarrierProcessWide"/>) and then
/// reads <see cref="_busy"/>. At least one of them sees the other, and the thread is the one who gives way. Nothing else may be
/// read before <see cref="_revoked"/> is: it could be from before a takeover that has ended.
/// </para>
/// </remarks>
internal sealed class Magazine(MagazineRack rack)
{
    /// <summary>The longest chain it makes; one that an ended thread leaves may be twice as long.</summary>
    public const int LongestChain = 32;

    private const int ShortestChain = 4;

    private readonly Thread _thread = Thread.CurrentThread;
    private FlowPooled? _head;
    private int _count;
    private int _capacity = ShortestChain;
    private bool _ranDry;
    private Chain _spare;
    private bool _busy;
    private bool _revoked;

    public MagazineRack Rack => rack;

    /// <summary>Objects in it; roughly, unless this is its thread.</summary>
    public int Count => Volatile.Read(ref _count) + _spare.Count;

    public bool IsOfThisThread => ReferenceEquals(_thread, Thread.CurrentThread);

    /// <summary>False when nobody will ever use it again.</summary>
    public bool HasLiveThread => _thread.IsAlive;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public FlowPooled? Take()
    {
        Volatile.Write(ref _busy, true);
        if (Volatile.Read(ref _revoked) || _head is not { } item)
        {
            return TakeSlow();
        }

        _head = item.Next;
        item.Next = null;
        _count--;
        Volatile.Write(ref _busy, false);
        return item;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Put(FlowPooled item)
    {
        Volatile.Write(ref _busy, true);
        if (Volatile.Read(ref _revoked) || _count >= _capacity)
        {
            PutSlow(item);
            return;
        }

        item.Next = _head;
        _head = item;
        _count++;
        Volatile.Write(ref _busy, false);
    }

    /// <summary>First half of taking it over from another thread; a process-wide barrier comes next.</summary>
    public void Revoke() => Volatile.Write(ref _revoked, true);

    /// <summary>Second half: what it holds, or nothing when its thread was at work in it and did not come out.</summary>
    public Chain TakeRevoked()
    {
        SpinWait wait = default;
        while (Volatile.Read(ref _busy) && !wait.NextSpinWillYield)
        {
            wait.SpinOnce();
        }

        return Volatile.Read(ref _busy) ? default : TakeAll();
    }

    /// <summary>Gives it back to its thread.</summary>
    public void Restore() => Volatile.Write(ref _revoked, false);

    /// <summary>What it holds; for one whose thread has ended or that is revoked.</summary>
    public Chain TakeAll()
    {
        Chain all = Chain.Join(new Chain(_head, _count), _spare);
        _head = null;
        _count = 0;
        _spare = default;
        return all;
    }

    // Busy already; ends it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private FlowPooled? TakeSlow()
    {
        FlowPooled? item = null;
        if (!Volatile.Read(ref _revoked))
        {
            Chain chain = _spare;
            if (chain.Head is null)
            {
                chain = rack.Depot.Pop();
                _ranDry = true;
            }

            _spare = default;
            item = chain.Head;
            if (item is not null)
            {
                _head = item.Next;
                _count = chain.Count - 1;
                item.Next = null;
            }
        }

        Volatile.Write(ref _busy, false);
        return item;
    }

    // Busy already; ends it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void PutSlow(FlowPooled item)
    {
        Chain excess = default;
        if (Volatile.Read(ref _revoked))
        {
            excess = new Chain(item, 1);
        }
        else if (_ranDry && _capacity < LongestChain)
        {
            _ranDry = false;
            _capacity *= 2;
            item.Next = _head;
            _head = item;
            _count++;
        }
        else
        {
            excess = _spare;
            _spare = new Chain(_head, _count);
            item.Next = null;
            _head = item;
            _count = 1;
        }

        Volatile.Write(ref _busy, false);
        rack.Depot.Push(excess);
    }
}
