namespace FlowGen.CompilerServices;

/// <summary>
/// What few runs have: a parent, options, an observer, a limit, a failure, an id that somebody asked for. It is kept out of the frame,
/// because a million runs may be suspended at once.
/// </summary>
internal sealed class RunDetails
{
    private Guid _runId;
    private int _runIdState;
    private FlowGraph? _map;

    /// <summary>The run that this one is a part of.</summary>
    internal FlowFrame? Parent { get; set; }

    internal RunOptions? Options { get; set; }

    /// <summary>The node of the parent that this run is; -1 for none.</summary>
    internal int Boundary { get; set; } = -1;

    /// <summary>The graph of the run in which the nodes of the frame's workflow stand, once found; several nodes may find it at once.</summary>
    internal FlowGraph? Map
    {
        get => Volatile.Read(ref _map);
        set => Volatile.Write(ref _map, value);
    }

    /// <summary>Where they begin there. Set before <see cref="Map"/>.</summary>
    internal int MapOffset { get; set; }

    /// <summary>Position of the element of an [Each] that this is; -1 for none.</summary>
    internal int Item { get; set; } = -1;

    /// <summary>Executing leaf nodes allowed at once; 0 for no limit.</summary>
    internal int Limit { get; set; }

    /// <summary>When the call asks for its activation to be cleaned; null for the workflow's own mode.</summary>
    internal CleanupMode? Cleanup { get; set; }

    /// <summary>Chosen when the run started.</summary>
    internal IFlowObserver? Observer { get; set; }

    internal long Started { get; set; }

    /// <summary>State objects of the whole run.</summary>
    internal RunState? States { get; set; }

    /// <summary>Why the run is on its way out.</summary>
    internal Exception? Error { get; set; }

    internal bool IsCancelled { get; set; }

    internal Guid RunIdBy(TimeProvider clock)
    {
        while (Volatile.Read(ref _runIdState) != 2)
        {
            if (Interlocked.CompareExchange(ref _runIdState, 1, 0) == 0)
            {
                _runId = Guid.CreateVersion7(clock.GetUtcNow());
                Volatile.Write(ref _runIdState, 2);
            }
        }

        return _runId;
    }

    /// <summary>What nodes of an observed run are doing; made for the first one.</summary>
    internal NodeState[] NodeStates { get; private set; } = [];

    internal long[] BoundaryStarts { get; private set; } = [];

    internal void Observe(IFlowObserver observer, int nodes)
    {
        Observer = observer;
        if (NodeStates.Length != nodes)
        {
            NodeStates = new NodeState[nodes];
            BoundaryStarts = new long[nodes];
        }

        Array.Clear(NodeStates);
    }

    /// <summary>Makes it ready for the next run of the frame.</summary>
    internal void Forget()
    {
        Parent = null;
        Options = null;
        Boundary = -1;
        Map = null;
        Item = -1;
        Limit = 0;
        Cleanup = null;
        Observer = null;
        States = null;
        Error = null;
        IsCancelled = false;
        _runIdState = 0;
    }
}
