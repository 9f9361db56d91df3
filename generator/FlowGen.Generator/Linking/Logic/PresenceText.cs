using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking.Logic;

/// <summary>Says presence in words.</summary>
internal static class PresenceText
{
    /// <summary>More alternatives than this say less than naming what they depend on.</summary>
    private const int MaxAlternatives = 4;

    /// <summary>One way for <paramref name="presence"/> to fail (<c>Pick = Green</c>), or null if it never does or nobody knows.</summary>
    public static string? Counterexample(PresenceAlgebra algebra, Presence presence)
    {
        if (presence.Root is not { } node || presence.IsAlways)
        {
            return null;
        }

        List<string> facts = [];
        while (node != DecisionDiagram.Never)
        {
            (int variable, IReadOnlyList<int> branches) = algebra.Diagram[node];
            int outcome = IndexOf(branches, b => b == DecisionDiagram.Never);
            outcome = outcome >= 0 ? outcome : IndexOf(branches, b => b != DecisionDiagram.Always);
            facts.Add(Say(algebra.Variables[variable], [outcome]));
            node = branches[outcome];
        }

        return string.Join(" and ", facts);
    }

    /// <summary>The whole condition (<c>Classify = Billing and IsAngry</c>); empty for always.</summary>
    public static string Describe(PresenceAlgebra algebra, Presence presence)
    {
        if (presence.IsAlways)
        {
            return "";
        }

        if (presence.Root is not { } root)
        {
            return "sometimes";
        }

        if (presence.IsNever)
        {
            return "never";
        }

        List<string> alternatives = [];
        Collect(algebra, root, [], alternatives);
        return alternatives.Count <= MaxAlternatives
            ? string.Join(" or ", alternatives)
            : "depends on " + string.Join(", ", algebra.Diagram.Support(root).Select(v => algebra.Variables[v].Name).Distinct());
    }

    private static void Collect(PresenceAlgebra algebra, int node, List<string> facts, List<string> alternatives)
    {
        if (alternatives.Count > MaxAlternatives || node == DecisionDiagram.Never)
        {
            return;
        }

        if (node == DecisionDiagram.Always)
        {
            alternatives.Add(string.Join(" and ", facts));
            return;
        }

        (int variable, IReadOnlyList<int> branches) = algebra.Diagram[node];
        foreach (IGrouping<int, int> same in Enumerable.Range(0, branches.Count).GroupBy(i => branches[i]))
        {
            facts.Add(SayShort(algebra.Variables[variable], [.. same]));
            Collect(algebra, same.Key, facts, alternatives);
            facts.RemoveAt(facts.Count - 1);
        }
    }

    /// <summary>Of a question, the question itself.</summary>
    private static string SayShort(Variable variable, IReadOnlyList<int> outcomes)
        => variable is { Kind: VariableKind.Value, IsBool: true }
            ? (variable.Outcomes[outcomes[0]].Text == "True" ? "" : "not ") + variable.Name
            : Say(variable, outcomes);

    private static string Say(Variable variable, IReadOnlyList<int> outcomes)
    {
        bool isYes = outcomes.Count > 0 && variable.Outcomes[outcomes[0]].Text == VariableTable.Yes.Text;
        return variable.Kind switch
        {
            VariableKind.Success => SayEnd(variable, outcomes),
            VariableKind.Null => isYes ? $"{variable.Name} is null" : $"{variable.Name} is not null",
            VariableKind.Withdrawn => isYes ? $"{variable.Name} is withdrawn" : $"{variable.Name} is not withdrawn",
            VariableKind.Rule => isYes ? $"the rule of {variable.Name} says Run" : $"the rule of {variable.Name} says Skip",
            _ => $"{variable.Name} = {string.Join(" or ", outcomes.Select(o => variable.Outcomes[o].Display))}",
        };
    }

    /// <summary><c>Book succeeds or fails with NoCarException</c>.</summary>
    private static string SayEnd(Variable variable, IReadOnlyList<int> outcomes)
    {
        List<Choice> ends = [.. outcomes.Select(o => variable.Outcomes[o])];
        List<string> failures = [.. ends.Where(e => e != VariableTable.Yes && e != VariableTable.No && e.Display.Length > 0).Select(e => e.Display)];
        bool failsAnyhow = ends.Exists(e => e == VariableTable.No || e.Display.Length == 0);
        List<string> said = [];
        if (ends.Contains(VariableTable.Yes))
        {
            said.Add("succeeds");
        }

        if (failures.Count > 0)
        {
            said.Add("fails with " + string.Join(" or ", failures));
        }

        if (failsAnyhow)
        {
            said.Add(failures.Count > 0 ? "anything else" : "fails");
        }

        return $"{variable.Name} {string.Join(" or ", said)}";
    }

    private static int IndexOf(IReadOnlyList<int> branches, Func<int, bool> isIt)
    {
        for (int i = 0; i < branches.Count; i++)
        {
            if (isIt(branches[i]))
            {
                return i;
            }
        }

        return -1;
    }
}
