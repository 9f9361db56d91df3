using FlowGen.Generator.Linking.Drafts;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking.Logic;

internal enum VariableKind
{
    /// <summary>The value of a node or predicate that decides conditions.</summary>
    Value,

    /// <summary>Whether that value is there at all.</summary>
    Null,

    /// <summary>Whether a [BestEffort] node succeeds.</summary>
    Success,
}

/// <summary>Something with a few outcomes that decides what runs.</summary>
/// <param name="Name">Of the node or predicate.</param>
internal sealed record Variable(VariableKind Kind, string Name, bool IsBool, EquatableArray<Choice> Outcomes);

/// <summary>The variables of one workflow, in an order that does not depend on declaration.</summary>
internal sealed class VariableTable
{
    /// <summary>Stands for every value that no condition lists.</summary>
    public static readonly Choice Other = new("", "any other value");

    public static readonly Choice Yes = new("yes", "yes");
    public static readonly Choice No = new("no", "no");

    private readonly List<Variable> _variables;
    private readonly Dictionary<(VariableKind, string), int> _index = [];

    public VariableTable(WorkflowDraft draft)
    {
        IEnumerable<Variable> deciders = draft.Nodes.SelectMany(n => n.Conditions)
            .GroupBy(c => c.Decider)
            .SelectMany(g => Decide(draft, g.First(), g.SelectMany(c => c.Values)));
        IEnumerable<Variable> bestEfforts = draft.Nodes.Where(n => n.BestEffort)
            .Select(n => new Variable(VariableKind.Success, n.Name, IsBool: false, EquatableArray.Of(Yes, No)));
        _variables = [.. deciders.Concat(bestEfforts).OrderBy(v => v.Name, StringComparer.Ordinal).ThenBy(v => v.Kind)];
        for (int i = 0; i < _variables.Count; i++)
        {
            _index.Add((_variables[i].Kind, _variables[i].Name), i);
        }
    }

    public IReadOnlyList<Variable> All => _variables;

    public int? Find(VariableKind kind, string name) => _index.TryGetValue((kind, name), out int index) ? index : null;

    private static IEnumerable<Variable> Decide(WorkflowDraft draft, ConditionDraft condition, IEnumerable<ConstantModel> listed)
    {
        TypeFacts type = draft.Types[condition.Type];
        List<Choice> choices = [.. type.Choices];
        foreach (ConstantModel value in listed)
        {
            if (value.Text is { } text && !choices.Exists(c => c.Text == text))
            {
                choices.Add(new Choice(text, value.Display));
            }
        }

        if (type.Choices.Count == 0)
        {
            choices.Sort((a, b) => string.CompareOrdinal(a.Text, b.Text));
            choices.Add(Other);
        }

        yield return new Variable(VariableKind.Value, condition.Source, type.IsBool, choices.ToEquatableArray());
        if (condition.Type.IsNullable)
        {
            yield return new Variable(VariableKind.Null, condition.Source, IsBool: false, EquatableArray.Of(No, Yes));
        }
    }
}
