using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking.Drafts;

/// <summary>How far the search for a parameter's sources has come.</summary>
internal enum Decision
{
    Open,
    Bound,

    /// <summary>Reported; nothing more to find.</summary>
    Failed,
}

/// <summary>A parameter of a node, a predicate or a body-less declaration on its way to its sources.</summary>
internal sealed class ParameterDraft(ParameterModel model, Consumer owner, int index)
{
    public ParameterModel Model => model;

    public Consumer Owner => owner;

    public int Index => index;

    public Spot Spot => owner.Spot.InParameter(index);

    public bool IsData => model.Role == ParameterRole.Data;

    public AttributeModel? Each { get; } = model.Find(FlowAttribute.Each);

    /// <summary>It takes one element at a time of what it is bound to.</summary>
    public bool IsElement => Each is not null;

    /// <summary>Without the value its owner is skipped. An element's own <c>?</c> says nothing about the collection.</summary>
    public bool IsRequired => IsElement || model.Strength == Strength.Required;

    /// <summary>[From], [FromFirst], [Each(nameof)] or [Input] says where the value comes from.</summary>
    public bool IsExplicit { get; set; }

    /// <summary>The owner's own [After], [Needs] or [Compensate] decided (language.md B6).</summary>
    public bool IsDecidedByOrder { get; set; }

    public Decision Decision { get; set; }

    public Combination Combination { get; set; }

    public IReadOnlyList<ScopeValue> Candidates { get; set; } = [];

    public IReadOnlyList<ScopeValue> Sources { get; private set; } = [];

    /// <summary>Of a race: the other contestants are withdrawn.</summary>
    public bool CancelsLosers { get; set; }

    /// <summary>In the check of a loop: the value of the iteration that has just ended, which is none of <see cref="Sources"/>.</summary>
    public ScopeValue? Latest { get; private set; }

    public void Bind(IReadOnlyList<ScopeValue> sources, Combination? combination = null)
    {
        Sources = sources;
        Combination = combination ?? (sources.Count > 1 ? Combination.Merge : Combination.Single);
        Decision = Decision.Bound;
    }

    public void BindLatest(ScopeValue value)
    {
        Latest = value;
        Decision = Decision.Bound;
    }

    public void Fail() => Decision = Decision.Failed;
}
