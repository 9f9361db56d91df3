using FlowGen.Generator.Linking.Drafts;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking.Logic;

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
        _variables = [.. deciders.Concat(draft.Steps.SelectMany(Decide)).OrderBy(v => v.Name, StringComparer.Ordinal).ThenBy(v => v.Kind)];
        for (int i = 0; i < _variables.Count; i++)
        {
            _index.Add((_variables[i].Kind, _variables[i].Name), i);
        }
    }

    public IReadOnlyList<Variable> All => _variables;

    public int? Find(VariableKind kind, string name) => _index.TryGetValue((kind, name), out int index) ? index : null;

    /// <summary>The outcome that means: it fails, and <paramref name="handler"/> handles that.</summary>
    public static string FailureFor(NodeDraft handler) => "!" + handler.Failure.Key;

    private static IEnumerable<Variable> Decide(NodeDraft node)
    {
        if (node.BestEffort || node.Failure.Handlers.Count > 0)
        {
            yield return new Variable(VariableKind.Success, node.Name, IsBool: false, Ends(node).ToEquatableArray());
        }

        if (node.Joins.Withdrawers.Count > 0)
        {
            yield return new Variable(VariableKind.Withdrawn, node.Name, IsBool: false, EquatableArray.Of(No, Yes));
        }

        if (node.Joins.ReadyWhen is not null)
        {
            yield return new Variable(VariableKind.Rule, node.Name, IsBool: false, EquatableArray.Of(Yes, No));
        }
    }

    /// <summary>How it can end, as far as that is not the run's own failure.</summary>
    private static IEnumerable<Choice> Ends(NodeDraft node)
    {
        yield return Yes;
        bool isCaught = false;
        foreach (NodeDraft handler in node.Failure.Handlers)
        {
            isCaught |= handler.Failure.Exception is null;
            yield return new Choice(FailureFor(handler), handler.Failure.Exception?.Display ?? "");
        }

        if (node.BestEffort && !isCaught)
        {
            yield return No;
        }
    }

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
