namespace FlowGen.Testing;

/// <summary>
/// What the nodes of generated workflows call instead of doing work: it writes down who was called with what, fails or suspends those the
/// test has chosen, and lets the test release them one by one.
/// </summary>
public sealed class Puppet
{
    private readonly Lock _lock = new();
    private readonly List<string> _log = [];
    private readonly List<string> _complaints = [];
    private readonly List<(string Path, Gate Gate)> _waiting = [];

    /// <summary>Paths of nodes that fail.</summary>
    public IReadOnlySet<string> Failing { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Paths of nodes that suspend, if they can, until they are released.</summary>
    public IReadOnlySet<string> Suspending { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary><c>+path(arguments)</c> when a node starts; <c>-path</c>, <c>!path</c> or <c>~path</c> when it completes, fails or is cancelled.</summary>
    public IReadOnlyList<string> Log
    {
        get
        {
            lock (_lock)
            {
                return [.. _log];
            }
        }
    }

    /// <summary>Paths of nodes that are suspended, in the order of their arrival.</summary>
    public IReadOnlyList<string> Waiting
    {
        get
        {
            lock (_lock)
            {
                return [.. _waiting.Select(w => w.Path)];
            }
        }
    }

    /// <summary>What must never happen but might be taken for an ordinary failure if it were thrown.</summary>
    public IReadOnlyList<string> Complaints
    {
        get
        {
            lock (_lock)
            {
                return [.. _complaints];
            }
        }
    }

    /// <summary>A required value was not there.</summary>
    public int Miss(string source)
    {
        Complain($"The value of {source} is missing.");
        return 0;
    }

    public void Complain(string complaint)
    {
        lock (_lock)
        {
            _complaints.Add(complaint);
        }
    }

    /// <summary>A node that cannot suspend.</summary>
    public int Enter(string path, string arguments, int value)
    {
        Write($"+{path}({arguments})");
        return Leave(path, value);
    }

    /// <summary>A node that may.</summary>
    public async ValueTask<int> EnterAsync(string path, string arguments, int value, CancellationToken ct)
    {
        Write($"+{path}({arguments})");
        if (Suspending.Contains(path))
        {
            Gate gate = new();
            lock (_lock)
            {
                _waiting.Add((path, gate));
            }

            try
            {
                // The gate's continuation runs on the thread that releases it, so that a test can go step by step.
                await gate.Wait(ct).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                lock (_lock)
                {
                    _waiting.RemoveAll(w => ReferenceEquals(w.Gate, gate));
                }

                Write($"~{path}");
                throw;
            }
        }

        return Leave(path, value);
    }

    /// <summary>Lets the first waiting node at <paramref name="path"/> go on, on this thread. False when nobody waits there any more.</summary>
    public bool Release(string path)
    {
        Gate gate;
        lock (_lock)
        {
            int index = _waiting.FindIndex(w => w.Path == path);
            if (index < 0)
            {
                return false;
            }

            gate = _waiting[index].Gate;
            _waiting.RemoveAt(index);
        }

        gate.Open();
        return true;
    }

    private int Leave(string path, int value)
    {
        if (Failing.Contains(path))
        {
            Write($"!{path}");
            throw new PuppetException(path);
        }

        Write($"-{path}");
        return value;
    }

    private void Write(string line)
    {
        lock (_lock)
        {
            _log.Add(line);
        }
    }
}

/// <summary>The failure of a puppet's node; its message is the node's path.</summary>
public sealed class PuppetException(string path) : Exception(path);
