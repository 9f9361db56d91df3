namespace Patterns;

/// <summary>
/// Where the fakes of a pattern's tests play their parts. A part completes at once unless the test holds it, fails if the test says so, and everything is written down:
/// <c>Bake</c> when it begins, <c>Bake.</c> when it completes, <c>Bake!</c> when it fails and <c>Bake~</c> when it is cancelled.
/// </summary>
public sealed class Stage
{
    private readonly Lock _lock = new();
    private readonly Journal _journal = new();
    private readonly Dictionary<string, Gate> _gates = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Exception> _failures = new(StringComparer.Ordinal);

    /// <summary>What has happened, in order.</summary>
    public IReadOnlyList<string> Log => _journal.Entries;

    /// <summary>How often something has happened.</summary>
    public int Count(string entry) => _journal.Count(entry);

    /// <summary>Whether both happened, the first one first.</summary>
    public bool InOrder(string first, string second) => _journal.InOrder(first, second);

    /// <summary>The part waits, each time, until it is released.</summary>
    public Stage Hold(params string[] parts)
    {
        lock (_lock)
        {
            foreach (string part in parts)
            {
                _gates[part] = new Gate();
            }
        }

        return this;
    }

    /// <summary>Lets the longest waiting of a held part go on, on this thread; it stays held for others.</summary>
    public void Release(string part) => Find(part)!.Release();

    /// <summary>Lets all of a held part go on, now and later.</summary>
    public void Open(string part) => Find(part)!.Open();

    /// <summary>Completes when a held part has been reached so many times; throws after 30 s.</summary>
    public Task Reached(string part, int times = 1) => Find(part)!.ReachedBy(times);

    /// <summary>How many are waiting in a held part.</summary>
    public int Waiting(string part) => Find(part)!.Waiting;

    /// <summary>The part fails from now on, once it is let go.</summary>
    public StageException Fail(string part)
    {
        StageException error = new(part);
        lock (_lock)
        {
            _failures[part] = error;
        }

        return error;
    }

    /// <summary>What the fakes call: the part <paramref name="part"/>, which yields <paramref name="value"/>.</summary>
    public async ValueTask<T> Play<T>(string part, T value, CancellationToken ct)
    {
        _journal.Add(part);
        try
        {
            if (Find(part) is { } gate)
            {
                await gate.Wait(ct).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            _journal.Add(part + "~");
            throw;
        }

        Exception? failure;
        lock (_lock)
        {
            _failures.TryGetValue(part, out failure);
        }

        if (failure is not null)
        {
            _journal.Add(part + "!");
            throw failure;
        }

        return _journal.Add(part + ".", value);
    }

    /// <summary>A part that yields nothing.</summary>
    public async ValueTask Play(string part, CancellationToken ct) => await Play(part, value: 0, ct);

    private Gate? Find(string part)
    {
        lock (_lock)
        {
            return _gates.GetValueOrDefault(part);
        }
    }
}

/// <summary>The failure of a part; its message is the part's name.</summary>
public sealed class StageException(string part) : Exception(part);
