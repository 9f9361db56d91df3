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
    private WaitTable? _waits;
    private Sections? _sections;
    private Lingering? _lingering;
    private bool _isSourceOpen;

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

    /// <summary>Where the run has a place that it gives back when it ends.</summary>
    internal RunGate? Gate { get; set; }

    /// <summary>The context of a run that waits for its place.</summary>
    internal ExecutionContext? WaitingContext { get; set; }

    internal CancellationTokenRegistration WaitingLink { get; set; }

    /// <summary>The critical sections of the whole run.</summary>
    internal Sections MakeSections()
    {
        var made = new Sections();
        return Interlocked.CompareExchange(ref _sections, made, null) ?? made;
    }

    internal Sections? Sections => Volatile.Read(ref _sections);

    /// <summary>What goes on in the frame although nobody wants its result; stays with the frame once it is there.</summary>
    internal Lingering? Lingering
    {
        get => Volatile.Read(ref _lingering);
    }

    /// <summary>Several nodes may need it at once.</summary>
    internal Lingering MakeLingering()
    {
        var made = new Lingering();
        return Interlocked.CompareExchange(ref _lingering, made, null) ?? made;
    }

    /// <summary>State objects of the whole run.</summary>
    internal RunState? States { get; set; }

    /// <summary>Why the run is on its way out.</summary>
    internal Exception? Error { get; set; }

    internal bool IsCancelled { get; set; }

    /// <summary>The failure that decides came after the time of the run was over.</summary>
    internal bool IsLate { get; set; }

    /// <summary>The result is there, whatever became of the rest: a node has ended the workflow, or a handler has handled its failure.</summary>
    internal bool HasEnded { get; set; }

    /// <summary>The node of the handler that is at work.</summary>
    internal int HandlerNode { get; set; } = -1;

    /// <summary>It has completed, and nobody has to be told.</summary>
    internal bool IsUneventful => Error is null && !HasEnded && !IsWatched && !_isSourceOpen && Gate is null;

    internal Guid RunIdBy(TimeProvider clock)
    {
        if (Handle is not null)
        {
            return Handle.RunId;
        }

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

    /// <summary>What nodes of a watched run are doing; made for the first one.</summary>
    internal NodeState[] NodeStates { get; private set; } = [];

    internal long[] BoundaryStarts { get; private set; } = [];

    private int[] _attempts = [];

    /// <summary>Which try of a node somebody is told of: the one that was told last, unless it is said.</summary>
    internal int AttemptOf(int node, int attempt)
    {
        if (attempt > 0)
        {
            _attempts[node] = attempt;
        }

        return _attempts[node];
    }

    /// <summary>Somebody wants to know what nodes do: an observer, or whoever holds the run.</summary>
    internal bool IsWatched { get; private set; }

    /// <summary>Whoever holds the run; the same in all parts of it.</summary>
    internal FlowRun? Handle { get; set; }

    /// <summary>What cancels the run from the inside; stays with the frame once it is there.</summary>
    internal RunSource? Source { get; private set; }

    /// <summary>What passes the caller's cancellation on to the nodes of a first pass; stays with the frame until it is given up.</summary>
    internal TokenRelay? Relay { get; set; }

    /// <summary>Where its [Wait] nodes meet the outside; stays with the frame once it is there.</summary>
    internal WaitTable? Waits
    {
        get => Volatile.Read(ref _waits);
    }

    internal WaitTable MakeWaits(FlowGraph graph)
    {
        var made = new WaitTable(graph);
        return Interlocked.CompareExchange(ref _waits, made, null) ?? made;
    }

    /// <summary>A token that the run itself can cancel.</summary>
    internal CancellationToken OpenSource(CancellationToken caller)
    {
        if (_isSourceOpen)
        {
            return Source!.Token;
        }

        _isSourceOpen = true;
        return (Source ??= new RunSource()).Open(caller);
    }

    /// <summary>Whether its time is limited.</summary>
    internal bool HasTimeLimit { get; set; }

    /// <summary>The token of what handles a failure: the run's own, unless that is cancelled because its time is over.</summary>
    internal CancellationToken TokenOfHandlers(CancellationToken token) => _isSourceOpen && Source!.IsExpired ? Source.Caller : token;

    /// <summary>Of the nodes of the frame's own graph.</summary>
    internal NodeTraits[] Traits { get; private set; } = [];

    internal void Watch(FlowGraph graph)
    {
        IsWatched = true;
        Traits = graph.Traits;
        int nodes = Traits.Length;
        if (NodeStates.Length != nodes)
        {
            NodeStates = new NodeState[nodes];
            BoundaryStarts = new long[nodes];
            _attempts = new int[nodes];
        }

        Array.Clear(NodeStates);
        Array.Clear(_attempts);
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
        Handle = null;
        IsWatched = false;
        States = null;
        Error = null;
        IsCancelled = false;
        IsLate = false;
        HasEnded = false;
        HasTimeLimit = false;
        HandlerNode = -1;
        WaitingContext = null;
        WaitingLink = default;
        _runIdState = 0;
        _waits?.Reset();
        if (_isSourceOpen)
        {
            _isSourceOpen = false;
            Source!.Close();
        }
    }
}
