using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking.Drafts;

/// <summary>What a method of a workflow is in its graph.</summary>
internal enum NodeRole
{
    /// <summary>A step of the run.</summary>
    Forward,

    /// <summary>[Catch(nameof(...))]: a step that runs instead of a failed one.</summary>
    Handler,

    /// <summary>[Catch] without names: runs when everything else has ended.</summary>
    WorkflowHandler,

    /// <summary>[Compensate]: no node of the graph.</summary>
    Compensation,
}

/// <summary>A node, handler or compensation on its way to a <see cref="BoundNode"/>.</summary>
internal sealed class NodeDraft(MethodModel model, AttributeModel kind, int index, NodeRole role) : Consumer(model.NodeName, model.Spot, model.Parameters)
{
    public MethodModel Model => model;

    /// <summary>The attribute that makes it a node.</summary>
    public AttributeModel KindAttribute => kind;

    public int Index => index;

    public NodeRole Role => role;

    public override NodeDraft Self => this;

    /// <summary>A step of the run: others can name it, and what it needs comes before it.</summary>
    public bool IsStep => role is NodeRole.Forward or NodeRole.Handler;

    public NodeKind Kind { get; } = kind.Kind switch
    {
        FlowAttribute.NodeOf => NodeKind.Class,
        FlowAttribute.SubWorkflow or FlowAttribute.SubWorkflowOf => NodeKind.SubWorkflow,
        FlowAttribute.Wait => NodeKind.Wait,
        FlowAttribute.DynamicSubWorkflow => NodeKind.Dynamic,
        _ => NodeKind.Method,
    };

    /// <summary>The attribute that says its Id: a handler that is a node as well may say it with either.</summary>
    public AttributeModel? IdAttribute { get; } = kind.Find("Id") is not null ? kind : model.Attributes.FirstOrDefault(a => a.Kind == FlowAttribute.Catch && a.Find("Id") is not null);

    public string Id => IdAttribute?.Text("Id") ?? model.NodeName;

    public bool BestEffort { get; } = model.Find(FlowAttribute.BestEffort) is not null;

    /// <summary>The node may ask for the thread pool, or its class may.</summary>
    public RunOn RunOn { get; } = (RunOn)Math.Max(kind.Number("RunOn", 0), (int)(model.Target?.Class?.RunOn ?? RunOn.Inline));

    public ParameterDraft? Each => Parameters.FirstOrDefault(p => p.IsElement);

    public List<Reference> After { get; } = [];

    public List<Reference> Needs { get; } = [];

    public List<IReadOnlyList<Reference>> NeedsAny { get; } = [];

    public List<ConditionDraft> Conditions { get; } = [];

    public JoinDraft Joins { get; } = new();

    public FailureDraft Failure { get; } = new();

    public PolicyDraft Policies { get; } = new();

    public ClassTarget? ClassTarget { get; set; }

    public ChildTarget? ChildTarget { get; set; }

    public BoundWait? Wait { get; set; }

    public BoundDynamic? Dynamic { get; set; }

    /// <summary>It, and after it whoever stands in for it: its handlers, the nearest type first, each followed by its own (language.md B6).</summary>
    public IReadOnlyList<NodeDraft> Group => Failure.Handlers.Count == 0 ? [this] : _group ??= [.. Collect(this, [])];

    private List<NodeDraft>? _group;

    /// <summary>What its own [After], [Needs] or [Compensate] name.</summary>
    public IEnumerable<NodeDraft> Named
        => After.Concat(Needs).Select(r => r.Node).Concat(Failure.Undoes is { } undone ? [undone.Node] : []).Distinct();

    /// <summary>Named by its [After], [Needs] or [Compensate].</summary>
    public bool Names(NodeDraft other) => Named.Any(n => n.Group.Contains(other));

    /// <summary>Whether it runs instead of <paramref name="other"/>, or of somebody who does.</summary>
    public bool StandsInFor(NodeDraft other) => this != other && Failure.Catches.Count > 0 && other.Group.Contains(this);

    private static IEnumerable<NodeDraft> Collect(NodeDraft node, HashSet<NodeDraft> seen)
    {
        if (!seen.Add(node))
        {
            return [];
        }

        return node.Failure.Handlers.SelectMany(handler => Collect(handler, seen)).Prepend(node).ToList();
    }
}

/// <summary>An attribute argument that names a node.</summary>
/// <param name="Reason">For people: <c>[After]</c>.</param>
internal sealed record Reference(NodeDraft Node, Spot Spot, string Reason);

/// <summary>[When], [Unless] or [Otherwise].</summary>
/// <param name="Node">The node whose value decides, or null.</param>
/// <param name="Predicate">The predicate that decides, or null.</param>
/// <param name="Type">Of the deciding value.</param>
internal sealed record ConditionDraft(
    AttributeModel Attribute, Spot Spot, string Source, NodeDraft? Node, PredicateDraft? Predicate, TypeRef Type)
{
    /// <summary>The values that the source is compared with; for [Otherwise], those of all [When] on the source.</summary>
    public IReadOnlyList<ConstantModel> Values { get; set; } = [];

    public bool IsNegated => Attribute.Kind != FlowAttribute.When;

    public bool IsOtherwise => Attribute.Kind == FlowAttribute.Otherwise;

    /// <summary>What decides, whichever it is.</summary>
    public Consumer Decider => (Consumer?)Node ?? Predicate!;
}
