namespace FlowGen.CompilerServices;

/// <summary>Where a [Wait] node of a run and the outside meet: what is so whatever is asked. Pooled with the frame of the run.</summary>
/// <remarks>
/// <para>
/// One word says where the question stands: a number that grows with every question this object ever serves, and flags. A question is opened by the node, once its continuation is in
/// place, and ended by whoever takes away <see cref="Pending"/> first: an answer, a failure or a cancellation. Each is one exchange of the word. Because the number never comes back, who has
/// read the word and then finds the run alive ends that question of that run, or nothing.
/// </para>
/// <para>
/// What belongs to the question (what it asks, its token, the continuation) is written by the node before it opens it, and afterwards only by who has ended it, before the node goes on. Who
/// looks from outside reads the word before and after.
/// </para>
/// <para>
/// Everything else is rare and done under the lock, which nobody takes who asks or answers a pending question: answers that come early, those who wait for a question, the end of the wait.
/// </para>
/// </remarks>
internal abstract class WaitPoint
{
    /// <summary>A question is open.</summary>
    protected const long Pending = 1;

    /// <summary>Early answers are kept.</summary>
    protected const long Kept = 2;

    /// <summary>The node asks once, and that has come to an end: answers without a question are nobody's.</summary>
    protected const long Answered = 4;

    /// <summary>It has come to an end with an answer, after which nothing can make the node ask again.</summary>
    protected const long Over = 8;

    /// <summary>Nobody will ask here any more.</summary>
    protected const long Closed = 16;

    /// <summary>Answers without a question are lost. Stays from run to run.</summary>
    protected const long Transient = 32;

    /// <summary>One more question.</summary>
    protected const long Question = 256;

    private long _state;
    private TaskCompletionSource<bool>? _asked;
    private long _askedAt;

    /// <param name="node">The node in the graph of the run; -1 for another.</param>
    /// <param name="path">Path of a node that is not in the graph of the run.</param>
    protected WaitPoint(int node, string? path)
    {
        Node = node;
        Path = path;
    }

    /// <summary>The node in the graph of the run; -1 for another.</summary>
    internal int Node { get; }

    /// <summary>The path of a node that is not in the graph of the run; null for one of several requests, whose end their common place knows.</summary>
    internal string? Path { get; }

    /// <summary>Whether the node asks at the moment.</summary>
    internal bool IsPending => (State & Pending) != 0;

    /// <summary>Whether it is certain that the node will not ask again, and everybody knows who has waited for that.</summary>
    internal bool IsOver => (State & Over) != 0;

    /// <summary>Whether answers without a question are known to be lost.</summary>
    internal bool IsTransient => (State & Transient) != 0;

    /// <summary>Guards what is rare.</summary>
    protected Lock Gate { get; } = new();

    /// <summary>Where the question stands.</summary>
    protected long State => Volatile.Read(ref _state);

    /// <summary>Cancels the question if its token is cancelled.</summary>
    internal abstract void CancelIfRequested();

    /// <summary>Makes it ready for the next run. The run is over: neither its nodes nor the outside reach it.</summary>
    internal abstract void Reset();

    /// <summary>Completes with true once a request is pending, and with false once none can come.</summary>
    internal Task<bool> WhenPending()
    {
        TaskCompletionSource<bool> asked;
        lock (Gate)
        {
            long seen = State;
            if ((seen & Pending) != 0)
            {
                return Task.FromResult(true);
            }

            if ((seen & (Over | Closed)) != 0)
            {
                return Task.FromResult(false);
            }

            if (_asked is null)
            {
                _asked = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
                _askedAt = NumberOf(seen);
            }

            asked = _asked;
        }

        // Who opens a question looks afterwards whether somebody waits for it; so either it finds this one, or this one finds the question.
        Interlocked.MemoryBarrier();
        TellAsked();
        return asked.Task;
    }

    /// <summary>Nobody will ask here any more: who waits for a request learns that none comes.</summary>
    internal void Close()
    {
        TaskCompletionSource<bool>? asked;
        bool hasAsked;
        lock (Gate)
        {
            Add(Closed);
            Discard();
            asked = TakeWaiting(out hasAsked);
        }

        asked?.TrySetResult(hasAsked);
    }

    /// <summary>From now on answers without a question are lost.</summary>
    internal void BeTransient()
    {
        if (!IsTransient)
        {
            lock (Gate)
            {
                Add(Transient);
            }
        }
    }

    /// <summary>Drops early answers. Under the lock.</summary>
    protected abstract void Discard();

    /// <summary>Replaces the word.</summary>
    /// <returns>What it was; <paramref name="expected"/> if it has been replaced.</returns>
    protected long Exchange(long next, long expected) => Interlocked.CompareExchange(ref _state, next, expected);

    /// <summary>Adds flags. Under the lock, because the node looks for early answers there.</summary>
    protected void Add(long flags) => Interlocked.Or(ref _state, flags);

    /// <summary>Takes flags away. Under the lock.</summary>
    protected void Remove(long flags) => Interlocked.And(ref _state, ~flags);

    /// <summary>A question has been opened: tells who has waited for it.</summary>
    protected void TellIfAwaited()
    {
        if (Volatile.Read(ref _asked) is not null)
        {
            TellAsked();
        }
    }

    /// <summary>Who waits for a question; null for nobody. Under the lock.</summary>
    /// <param name="hasAsked">Whether there has been one since.</param>
    protected TaskCompletionSource<bool>? TakeWaiting(out bool hasAsked)
    {
        TaskCompletionSource<bool>? asked = _asked;
        hasAsked = NumberOf(State) != _askedAt;
        _asked = null;
        return asked;
    }

    /// <summary>For <see cref="Reset"/>.</summary>
    protected void ResetState()
    {
        if (_asked is not null)
        {
            Close();
        }

        // Nobody else writes it now. The number stays: it is what tells the questions of one run from those of the next.
        Volatile.Write(ref _state, State & ~(Pending | Kept | Answered | Over | Closed));
    }

    private static long NumberOf(long state) => state & -Question;

    /// <summary>Whoever opened the question may have been delayed, and the question be answered, or another run be at work: only the number says whether one came since.</summary>
    private void TellAsked()
    {
        TaskCompletionSource<bool>? asked;
        lock (Gate)
        {
            asked = NumberOf(State) == _askedAt ? null : TakeWaiting(out _);
        }

        asked?.TrySetResult(true);
    }
}
