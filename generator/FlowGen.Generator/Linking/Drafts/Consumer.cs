using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking.Drafts;

/// <summary>Something with parameters to bind: a node or a predicate.</summary>
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
}

/// <summary>A member that decides conditions (language.md B11).</summary>
internal sealed class PredicateDraft(PredicateModel model, int index) : Consumer(model.Name, model.Spot, model.Parameters)
{
    public PredicateModel Model => model;

    public int Index => index;
}
