namespace FlowGen.CompilerServices;

/// <summary>What became of an answer that came without a question.</summary>
internal enum EarlyAnswer
{
    /// <summary>Nobody wants it.</summary>
    Refused,

    /// <summary>The node will have it when it asks.</summary>
    Kept,

    /// <summary>The node asks by now.</summary>
    IsAsked,
}

/// <content>Answers that come before their question. All of it under the lock.</content>
internal sealed partial class WaitPoint<TRequest, TResponse>
{
    /// <summary>The outside answers before the node asks.</summary>
    internal EarlyAnswer TryKeep(TResponse answer)
    {
        lock (Gate)
        {
            long seen = State;
            while (true)
            {
                if ((seen & Pending) != 0)
                {
                    return EarlyAnswer.IsAsked;
                }

                if ((seen & (Closed | Transient | Answered)) != 0)
                {
                    return EarlyAnswer.Refused;
                }

                long now = Exchange(seen | Kept | (asksOnce ? Answered : 0), seen);
                if (now == seen)
                {
                    // Who finds the flag comes for the answer through the lock.
                    (_early ??= new Queue<TResponse>()).Enqueue(answer);
                    return EarlyAnswer.Kept;
                }

                seen = now;
            }
        }
    }

    /// <summary>The node takes the first of them.</summary>
    private bool TryTakeEarly(out TResponse? answer)
    {
        TaskCompletionSource<bool>? asked = null;
        bool hasAsked = false;
        lock (Gate)
        {
            answer = default;
            if (_early is null || !_early.TryDequeue(out answer))
            {
                return false;
            }

            if (_early.Count == 0)
            {
                Remove(Kept);
            }

            if (asksOnce && !_isLinkedAlone)
            {
                Add(Over);
                asked = TakeWaiting(out hasAsked);
            }
        }

        asked?.TrySetResult(hasAsked);
        return true;
    }
}
