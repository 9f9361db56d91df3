using FlowGen.Generator.Model;

namespace FlowGen.Generator.Lowering;

/// <summary>The races of a workflow: those who take the same value of the same race share it.</summary>
internal sealed class Races
{
    private readonly List<BoundValue> _all = [];
    private readonly Dictionary<BoundValue, int> _indices = [];

    public Races(BoundWorkflow workflow)
    {
        IEnumerable<BoundValue?> values = workflow.Nodes.SelectMany(node => node.Arguments)
            .Concat(workflow.Predicates.SelectMany(predicate => predicate.Arguments))
            .Select(argument => argument.Value)
            .Append(workflow.Result);
        foreach (BoundValue value in values.OfType<BoundValue>().Where(value => value.Combination == Combination.First))
        {
            BoundValue key = KeyOf(value);
            if (!_indices.ContainsKey(key))
            {
                _indices.Add(key, _all.Count);
                _all.Add(value);
            }
        }
    }

    public IReadOnlyList<BoundValue> All => _all;

    public int IndexOf(BoundValue value) => _indices[KeyOf(value)];

    /// <summary>Whoever observes a race is told of its failure, and whoever does not lets it fail the run: these are two races.</summary>
    private static BoundValue KeyOf(BoundValue value) => value with { Strength = value.Strength == Strength.Outcome ? Strength.Outcome : Strength.Required };
}
