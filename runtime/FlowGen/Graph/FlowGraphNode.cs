namespace FlowGen;

/// <summary>A node of a <see cref="FlowGraph"/>. Immutable but for its place, which the graph it is given to sets once.</summary>
public sealed class FlowGraphNode
{
    private FlowGraph? _graph;
    private int _index = -1;

    /// <summary>Describes a node. <see cref="FlowGraph.Validate"/> checks what is said here.</summary>
    /// <param name="path">Its place in the flattened workflow, segments joined by dots (<c>Cold.Label.Print</c>); unique.</param>
    /// <param name="kind">What implements it.</param>
    /// <param name="owner">Id of the workflow that declares it.</param>
    /// <param name="parent">Index of the sub-workflow node that contains it; -1 in the main workflow.</param>
    /// <param name="depth">How many sub-workflow nodes enclose it; 0 in the main workflow.</param>
    /// <param name="condition">When it runs, for people (<c>Classify = Billing</c>); empty for always.</param>
    /// <param name="description">What its author says about it; may be empty.</param>
    /// <param name="repeats">Whether one activation of its workflow may run it several times.</param>
    /// <param name="compensation">The method that undoes it; empty for none.</param>
    /// <param name="effect">What its completion does to other nodes, for people (<c>cancels Ask</c>); empty for nothing.</param>
    /// <exception cref="ArgumentNullException">A text is null.</exception>
    public FlowGraphNode(
        string path,
        FlowNodeKind kind,
        string owner,
        int parent,
        int depth,
        string condition,
        string description,
        bool repeats = false,
        string compensation = "",
        string effect = "")
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(owner);
        ArgumentNullException.ThrowIfNull(condition);
        ArgumentNullException.ThrowIfNull(description);
        Path = path;
        Kind = kind;
        Owner = owner;
        Parent = parent;
        Depth = depth;
        Condition = condition;
        Description = description;
        Repeats = repeats;
        Compensation = compensation ?? throw new ArgumentNullException(nameof(compensation));
        Effect = effect ?? throw new ArgumentNullException(nameof(effect));
    }

    /// <summary>Its place in the flattened workflow, segments joined by dots (<c>Cold.Label.Print</c>).</summary>
    public string Path { get; }

    /// <summary>The last segment of <see cref="Path"/>.</summary>
    public string Name => Path[(Path.LastIndexOf('.') + 1)..];

    /// <summary>What implements it.</summary>
    public FlowNodeKind Kind { get; }

    /// <summary>Id of the workflow that declares it.</summary>
    public string Owner { get; }

    /// <summary>Index of the sub-workflow node that contains it; -1 in the main workflow.</summary>
    public int Parent { get; }

    /// <summary>How many sub-workflow nodes enclose it; 0 in the main workflow.</summary>
    public int Depth { get; }

    /// <summary>When it runs, for people (<c>Classify = Billing</c>); empty for always.</summary>
    public string Condition { get; }

    /// <summary>What its author says about it; may be empty.</summary>
    public string Description { get; }

    /// <summary>Whether one activation of its workflow may run it several times: [Each], [Repeat] or [Retry].</summary>
    public bool Repeats { get; }

    /// <summary>The method that undoes it when the run does not complete; empty for none.</summary>
    public string Compensation { get; }

    /// <summary>What its completion does to other nodes, beyond starting them, for people (<c>cancels Ask</c>); empty for nothing.</summary>
    public string Effect { get; }

    /// <summary>Its place in <see cref="FlowGraph.Nodes"/>; -1 until a graph has it.</summary>
    public int Index => _index;

    /// <summary>Where it stands among the nodes of its level; Internal until a graph has it.</summary>
    public FlowNodeRole Role => _graph?.RoleOf(_index) ?? FlowNodeRole.Internal;

    /// <summary>What a drawing says below the name, line by line.</summary>
    internal IEnumerable<string> Remarks
    {
        get
        {
            if (Condition.Length > 0)
            {
                yield return Condition;
            }

            if (Repeats)
            {
                yield return "may repeat";
            }

            if (Compensation.Length > 0)
            {
                yield return "undone by " + Compensation;
            }

            if (Effect.Length > 0)
            {
                yield return Effect;
            }
        }
    }

    /// <summary>The path.</summary>
    public override string ToString() => Path;

    /// <summary>A copy that stands inside of a sub-workflow node of another graph.</summary>
    internal FlowGraphNode MovedInto(FlowGraphNode boundary, int parent) =>
        new(boundary.Path + "." + Path, Kind, Owner, parent, boundary.Depth + 1 + Depth, Condition, Description, Repeats, Compensation, Effect);

    /// <summary>Gives the node its place. A second graph would take it from the first, so that is refused.</summary>
    internal void Attach(FlowGraph graph, int index)
    {
        if (Interlocked.CompareExchange(ref _graph, graph, comparand: null) is not null)
        {
            throw new ArgumentException($"Node '{Path}' already belongs to a graph; make a new node for each graph.", nameof(graph));
        }

        _index = index;
    }
}
