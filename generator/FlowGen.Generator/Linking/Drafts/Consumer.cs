using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking.Drafts;

/// <summary>Something with parameters to bind: a node, a predicate or a check.</summary>
internal abstract class Consumer
{
    protected Consumer(string name, Spot spot, EquatableArray<ParameterModel> parameters)
    {
        Name = name;
        Spot = spot;
        Parameters = [.. parameters.Select((p, i) => new ParameterDraft(p, this, i))];
    }

    public string Name { get; }

    public Spot Spot { get; }

    public IReadOnlyList<ParameterDraft> Parameters { get; }

    /// <summary>The node whose own value it cannot take: itself, or the one that asks it.</summary>
    public virtual NodeDraft? Self => null;

    /// <summary>It is asked before any node has run.</summary>
    public virtual bool TakesOnlyInputs => false;
}

/// <summary>A member that decides conditions (language.md B11).</summary>
internal sealed class PredicateDraft(PredicateModel model, int index) : Consumer(model.Name, model.Spot, model.Parameters)
{
    public PredicateModel Model => model;

    public int Index => index;
}

/// <summary>One use of a member that a policy asks while it is at work.</summary>
/// <param name="node">The node that the policy surrounds; null for the workflow.</param>
/// <param name="index">Among all checks of the workflow.</param>
internal sealed class CheckDraft(PredicateModel model, NodeDraft? node, int index) : Consumer(model.Name, model.Spot, model.Parameters)
{
    public PredicateModel Model => model;

    public int Index => index;

    public override NodeDraft? Self => node;

    public override bool TakesOnlyInputs => node is null;
}
