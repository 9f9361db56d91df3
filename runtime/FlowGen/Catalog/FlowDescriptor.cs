namespace FlowGen;

/// <summary>What can be known about a workflow without running it: static data that its class publishes. Immutable and thread-safe.</summary>
public sealed class FlowDescriptor
{
    private readonly Func<FlowGraph> _makeGraph;
    private readonly Func<object>? _make;
    private FlowGraph? _graph;

    /// <summary>Takes what the compiler knows.</summary>
    /// <param name="id">The workflow's id.</param>
    /// <param name="version">Its version.</param>
    /// <param name="type">Its class.</param>
    /// <param name="enabled">Whether it accepts runs.</param>
    /// <param name="inputs">Its entry's inputs in order. The array becomes the descriptor's.</param>
    /// <param name="output">Type of its result; null for nothing.</param>
    /// <param name="children">The sub-workflows it calls itself, one per call. The array becomes the descriptor's.</param>
    /// <param name="graph">Gives its graph; called when the graph is first asked for.</param>
    /// <param name="record">What a recorder is to keep of its runs.</param>
    /// <param name="make">Makes an object of its class; null where that takes arguments.</param>
    /// <exception cref="ArgumentNullException">An argument other than <paramref name="output"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="id"/> is empty.</exception>
    public FlowDescriptor(
        string id,
        int version,
        Type type,
        bool enabled,
        FlowInput[] inputs,
        Type? output,
        FlowChild[] children,
        Func<FlowGraph> graph,
        RecordMode record = RecordMode.Nodes,
        Func<object>? make = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(children);
        ArgumentNullException.ThrowIfNull(graph);
        Id = id;
        Version = version;
        Type = type;
        Enabled = enabled;
        Inputs = Array.AsReadOnly(inputs);
        Output = output;
        Children = Array.AsReadOnly(children);
        _makeGraph = graph;
        Record = record;
        _make = make;
    }

    /// <summary>The workflow's id: <see cref="WorkflowAttribute.Id"/> or the full type name.</summary>
    public string Id { get; }

    /// <summary>The version of its contract.</summary>
    public int Version { get; }

    /// <summary>Its class.</summary>
    public Type Type { get; }

    /// <summary>Whether it accepts runs.</summary>
    public bool Enabled { get; }

    /// <summary>What a recorder is to keep of its runs.</summary>
    public RecordMode Record { get; }

    /// <summary>Its entry's inputs, in order.</summary>
    public IReadOnlyList<FlowInput> Inputs { get; }

    /// <summary>Type of its result; null for nothing.</summary>
    public Type? Output { get; }

    /// <summary>The sub-workflows that it calls itself, one per call, in declaration order; not those that they call.</summary>
    public IReadOnlyList<FlowChild> Children { get; }

    /// <summary>Its graph with everything its sub-workflows contain; made when first asked for.</summary>
    /// <exception cref="InvalidOperationException">The function given to the constructor returned null.</exception>
    public FlowGraph Graph
    {
        get
        {
            if (Volatile.Read(ref _graph) is { } graph)
            {
                return graph;
            }

            FlowGraph made = _makeGraph() ?? throw new InvalidOperationException($"The descriptor of '{Id}' has no graph.");
            return Interlocked.CompareExchange(ref _graph, made, comparand: null) ?? made;
        }
    }

    /// <summary>The same of a workflow that derives from this one and inherits its entry.</summary>
    /// <param name="id">The derived workflow's id.</param>
    /// <param name="version">Its version.</param>
    /// <param name="type">Its class.</param>
    /// <param name="make">Makes an object of it; null where that takes arguments.</param>
    /// <exception cref="ArgumentNullException"><paramref name="type"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="id"/> is empty.</exception>
    public FlowDescriptor DerivedAs(string id, int version, Type type, Func<object>? make = null) =>
        new(id, version, type, Enabled, [.. Inputs], Output, [.. Children], () => Graph, Record, make);

    /// <summary>An object of its class; null where that takes arguments.</summary>
    internal object? Make() => _make?.Invoke();

    /// <summary>The id and the version.</summary>
    public override string ToString() => $"{Id} v{Version}";
}

/// <summary>An input of a workflow's entry.</summary>
/// <param name="Name">The parameter's name.</param>
/// <param name="Type">The parameter's type.</param>
public sealed record FlowInput(string Name, Type Type);

/// <summary>A call of a sub-workflow.</summary>
/// <param name="NodePath">The calling node, within the workflow that declares it.</param>
/// <param name="WorkflowId">The called workflow.</param>
public sealed record FlowChild(string NodePath, string WorkflowId);
