using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking.Drafts;

/// <summary>A node on its way to a <see cref="BoundNode"/>.</summary>
internal sealed class NodeDraft(MethodModel model, AttributeModel kind, int index) : Consumer(model.NodeName, model.Spot, model.Parameters)
{
    public MethodModel Model => model;

    /// <summary>The attribute that makes it a node.</summary>
    public AttributeModel KindAttribute => kind;

    public int Index => index;

    public NodeKind Kind { get; } = kind.Kind switch
    {
        FlowAttribute.Node => NodeKind.Method,
        FlowAttribute.NodeOf => NodeKind.Class,
        _ => NodeKind.SubWorkflow,
    };

    public string Id { get; } = kind.Text("Id") ?? model.NodeName;

    public bool BestEffort { get; } = model.Find(FlowAttribute.BestEffort) is not null;

    /// <summary>The node may ask for the thread pool, or its class may.</summary>
    public RunOn RunOn { get; } = (RunOn)Math.Max(kind.Number("RunOn", 0), (int)(model.Target?.Class?.RunOn ?? RunOn.Inline));

    public ParameterDraft? Each => Parameters.FirstOrDefault(p => p.IsElement);

    public List<Reference> After { get; } = [];

    public List<Reference> Needs { get; } = [];

    public List<IReadOnlyList<Reference>> NeedsAny { get; } = [];

    public List<ConditionDraft> Conditions { get; } = [];

    public ClassTarget? ClassTarget { get; set; }

    public ChildTarget? ChildTarget { get; set; }

    /// <summary>Named by its [After] or [Needs].</summary>
    public bool Names(NodeDraft other) => After.Exists(r => r.Node == other) || Needs.Exists(r => r.Node == other);
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
