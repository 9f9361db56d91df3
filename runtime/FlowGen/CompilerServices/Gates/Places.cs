namespace FlowGen.CompilerServices;

/// <summary>Somebody who waits for a place.</summary>
internal interface ISeeker
{
    /// <summary>The place is there. Called on the thread pool.</summary>
    void Granted();
}

/// <summary>A number of places. Who finds none waits; places that become free go to those who have waited longest.</summary>
internal sealed class Places(int count)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<Ticket> _waiting = new();
    private int _free = count;
    private long _tickets;

    /// <summary>Takes a place, or waits for one.</summary>
    /// <param name="seeker">Told when it is there.</param>
    /// <param name="ticket">With which to give up; 0 when a place was free.</param>
    internal bool TryEnter(ISeeker seeker, out long ticket)
    {
        lock (_lock)
        {
            ticket = 0;
            if (_free > 0)
            {
                _free--;
                return true;
            }

            ticket = ++_tickets;
            _waiting.AddLast(new Ticket(seeker, ticket));
            return false;
        }
    }

    /// <summary>Takes a place if one is free.</summary>
    internal bool TryEnter()
    {
        lock (_lock)
        {
            if (_free == 0)
            {
                return false;
            }

            _free--;
            return true;
        }
    }

    /// <summary>Waits no longer.</summary>
    /// <returns>False when the place has been granted already.</returns>
    internal bool TryGiveUp(ISeeker seeker, long ticket = 0)
    {
        lock (_lock)
        {
            for (LinkedListNode<Ticket>? node = _waiting.First; node is not null; node = node.Next)
            {
                if (ReferenceEquals(node.Value.Seeker, seeker) && (ticket == 0 || node.Value.Number == ticket))
                {
                    _waiting.Remove(node);
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Gives a place back, and tells who has it now.</summary>
    internal void Leave()
    {
        if (Pass() is { } next)
        {
            Tell(next);
        }
    }

    /// <summary>Gives a place back.</summary>
    /// <returns>Who has it now, for the caller to tell; null for nobody.</returns>
    internal ISeeker? Pass()
    {
        lock (_lock)
        {
            if (_waiting.First is not { } next)
            {
                _free++;
                return null;
            }

            _waiting.RemoveFirst();
            return next.Value.Seeker;
        }
    }

    /// <summary>Tells somebody that the place is there. Not on this thread: who leaves is still busy with that.</summary>
    internal static void Tell(ISeeker seeker) => PoolWork.Queue(static seeker => seeker.Granted(), seeker);

    private readonly record struct Ticket(ISeeker Seeker, long Number);
}
