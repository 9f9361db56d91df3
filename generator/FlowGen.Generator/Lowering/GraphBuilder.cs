using FlowGen.Generator.Model;

namespace FlowGen.Generator.Lowering;

/// <summary>Flattens the graph that users see: nodes in declaration order, each sub-workflow's nodes right behind it.</summary>
internal sealed class GraphBuilder(IReadOnlyDictionary<string, BoundWorkflow> workflows)
{
    private readonly Dictionary<string, int> _sizes = new(StringComparer.Ordinal);
    private readonly List<GraphNodePlan> _nodes = [];
    private readonly List<GraphEdgePlan> _edges = [];
    private readonly List<GraphChildPlan> _children = [];
    private readonly List<GraphLinkPlan> _links = [];
    private NodeIdentifiers _identifiers = new([]);
    private StreamCollector _streams = new(EquatableArray<Confine>.Empty);
    private EquatableArray<Confine> _handle = EquatableArray<Confine>.Empty;

    /// <summary>What the nodes send out, once the graph is built.</summary>
    public EquatableArray<StreamPlan> Streams => _streams.Streams;

    public GraphPlan Build(BoundWorkflow root)
    {
        _handle = root.Surface.HandleConfines;
        _streams = new StreamCollector(_handle);
        _identifiers = new NodeIdentifiers(root.Nodes.Select(node => node.Name));
        Add(root, "", "", new Around(-1, 0, -1, IsInEach: false));
        return new GraphPlan(_nodes.ToEquatableArray(), _edges.ToEquatableArray(), _children.ToEquatableArray(), _links.ToEquatableArray());
    }

    /// <summary>Nodes of a workflow, its children's included.</summary>
    public int SizeOf(BoundWorkflow workflow)
    {
        if (!_sizes.TryGetValue(workflow.Surface.Key, out int size))
        {
            foreach (BoundNode node in workflow.Nodes)
            {
                size += 1 + DescendantsOf(node);
            }

            _sizes[workflow.Surface.Key] = size;
        }

        return size;
    }

    public int DescendantsOf(BoundNode node) => node.ChildTarget is { Link: not ChildLink.External } child ? SizeOf(workflows[child.Key]) : 0;

    private void Add(BoundWorkflow workflow, string path, string identifier, Around around)
    {
        int first = _nodes.Count;
        var positions = new int[workflow.Nodes.Count];
        int next = first;
        for (int i = 0; i < positions.Length; i++)
        {
            positions[i] = next;
            next += 1 + DescendantsOf(workflow.Nodes[i]);
        }

        for (int i = 0; i < positions.Length; i++)
        {
            BoundNode node = workflow.Nodes[i];
            string nodePath = path.Length == 0 ? node.Id : path + "." + node.Id;
            string nodeIdentifier = identifier.Length == 0 ? node.Name : _identifiers.Within(identifier, node.Name);
            bool repeats = node.Each is not null || node.Policies.Repeat is not null || node.Policies.Retries.Count > 0;
            int repeated = around.Repeated >= 0 ? around.Repeated : repeats ? positions[i] : -1;
            bool isInEach = around.IsInEach || node.Each is not null;
            _nodes.Add(new GraphNodePlan(
                nodePath,
                nodeIdentifier,
                node.Kind.ToString(),
                workflow.Surface.Id,
                around.Node,
                around.Depth,
                node.Presence,
                node.Documentation,
                repeats,
                workflow.Compensations.FirstOrDefault(compensation => compensation.Undoes == i)?.Body.Name ?? "",
                EffectOf(node, workflow),
                SignalOf(node, isInEach)));
            _streams.Add(workflow, node, path, identifier, repeated >= 0 ? repeated : positions[i]);
            if (node.ChildTarget is { } child)
            {
                if (around.Depth == 0)
                {
                    _children.Add(new GraphChildPlan(nodePath, IdOf(child)));
                }

                if (child.Link == ChildLink.External)
                {
                    _links.Add(new GraphLinkPlan(positions[i], child.FullName));
                    continue;
                }

                BoundWorkflow called = workflows[child.Key];
                Add(called, nodePath, nodeIdentifier, new Around(positions[i], around.Depth + 1, repeated, isInEach));
            }
        }

        for (int i = 0; i < positions.Length; i++)
        {
            AddEdges(workflow, workflow.Nodes[i], positions[i], positions);
        }
    }

    private static string EffectOf(BoundNode node, BoundWorkflow workflow)
    {
        if (node.Joins.Ends)
        {
            return "ends the workflow";
        }

        IEnumerable<string> cancelled = node.Joins.Cancels.Select(index => workflow.Nodes[index].Name);
        return node.Joins.Cancels.Count == 0 ? "" : "cancels " + string.Join(", ", cancelled);
    }

    private SignalPlan? SignalOf(BoundNode node, bool isInEach) => node.Wait is { } wait
        ? SignalPlan.Of(wait, node.Result?.Annotated ?? Emission.Known.Unit, wait.KeyArgument >= 0 ? node.Arguments[wait.KeyArgument].Type : null, isInEach, _handle)
        : null;

    private string IdOf(ChildTarget child) => child.Link == ChildLink.None
        ? Emission.Known.Literal(workflows[child.Key].Surface.Id)
        : child.FullName + ".Descriptor.Id";

    private void AddEdges(BoundWorkflow workflow, BoundNode node, int position, int[] positions)
    {
        var seen = new HashSet<(int, string, string)>();
        void Edge(int from, string kind, string reason)
        {
            if (seen.Add((from, kind, reason)))
            {
                _edges.Add(new GraphEdgePlan(positions[from], position, kind, reason));
            }
        }

        void Values(EquatableArray<BoundArgument> arguments, string prefix, bool isCondition)
        {
            foreach (BoundArgument argument in arguments)
            {
                if (argument.Value is not { } value)
                {
                    continue;
                }

                string kind = isCondition ? "Conditional"
                    : value.Combination == Combination.First ? "Race"
                    : value.Combination == Combination.Merge ? "Merge"
                    : value.Strength != Strength.Required ? "Optional"
                    : "Data";
                foreach (BoundSource source in value.Sources)
                {
                    if (source.Kind == SourceKind.Node)
                    {
                        Edge(source.Index, kind, prefix + "parameter '" + argument.Parameter + "'");
                    }
                }
            }
        }

        Values(node.Arguments, "", isCondition: false);
        foreach (BoundCondition condition in node.Conditions)
        {
            if (condition.IsPredicate)
            {
                BoundPredicate predicate = workflow.Predicates[condition.Index];
                Values(predicate.Arguments, condition.Display + ": ", isCondition: true);
            }
            else
            {
                Edge(condition.Index, "Conditional", condition.Display);
            }
        }

        foreach (int after in node.After)
        {
            Edge(after, "Sequence", "[After]");
        }

        foreach (int needed in node.Needs)
        {
            Edge(needed, "Sequence", "[Needs]");
        }

        foreach (IndexGroup group in node.NeedsAny)
        {
            foreach (int any in group.Indices)
            {
                Edge(any, "Merge", "[NeedsAny]");
            }
        }

        foreach (int any in node.Joins.AfterAny.SelectMany(group => group.Indices))
        {
            Edge(any, "Sequence", "[AfterAny]");
        }

        foreach (int asked in node.Joins.ReadyWhen?.Nodes ?? EquatableArray<int>.Empty)
        {
            Edge(asked, "Sequence", "[ReadyWhen]");
        }

        foreach (BoundCaught caught in node.Catch?.Nodes ?? EquatableArray<BoundCaught>.Empty)
        {
            Edge(caught.Node, "Catch", node.Catch!.Exception is { } type ? "[Catch] " + type.Display : "[Catch]");
        }
    }

    /// <summary>What is around the nodes of one workflow.</summary>
    /// <param name="Node">The sub-workflow node; -1 for the workflow itself.</param>
    /// <param name="Repeated">The outermost node around them that may run several times; -1 for none.</param>
    /// <param name="IsInEach">They may run several times at once.</param>
    private readonly record struct Around(int Node, int Depth, int Repeated, bool IsInEach);
}
