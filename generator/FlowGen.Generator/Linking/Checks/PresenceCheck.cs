using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Linking.Binding;
using FlowGen.Generator.Linking.Drafts;
using FlowGen.Generator.Linking.Logic;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking.Checks;

/// <summary>Values that can be missing where they must be there (FG3007, FG3009, FG3016, FG3017, FG7005).</summary>
internal sealed class PresenceCheck(WorkflowDraft draft, PresenceModel presence, DraftGraph graph)
{
    public void Run()
    {
        foreach (ParameterDraft parameter in draft.Consumers.SelectMany(c => c.Parameters).Where(p => p.IsData))
        {
            if (parameter.Combination == Combination.Merge && ExplicitSources.NamingAttribute(parameter) is { } attribute)
            {
                CheckExclusive(parameter.Sources, parameter.Spot, attribute);
            }

            CheckNull(parameter);
        }

        foreach (NodeDraft node in draft.Steps)
        {
            CheckEarly(node);
        }

        new CompensationCheck(draft, presence, graph).Run();
        if (draft.Entry.Result is not null)
        {
            CheckResult();
        }
    }

    private void CheckExclusive(IReadOnlyList<ScopeValue> sources, Spot spot, AttributeModel attribute)
    {
        for (int j = 1; j < sources.Count; j++)
        {
            ScopeValue? other = sources.Take(j).FirstOrDefault(s => !presence.AreAlternatives(s, sources[j]));
            if (other is not null)
            {
                draft.Issues.Add(Rule.NotExclusive, spot.AtArgument(attribute, ArgumentOf(attribute, sources[j])), other.Display, sources[j].Display);
                return;
            }
        }
    }

    /// <summary>Which argument names it, or the node that it stands in for; the last one if one is named twice.</summary>
    private int ArgumentOf(AttributeModel attribute, ScopeValue source)
    {
        for (int i = attribute.Arguments.Count - 1; i > 0; i--)
        {
            if (draft.Find(NodeName.Of(attribute.Arguments[i].Text ?? ""))?.Group.Contains(source.Producer!) == true)
            {
                return i;
            }
        }

        return 0;
    }

    /// <summary>FG3016: with [AfterAny] and [ReadyWhen] a node does not wait for those that it names, so it cannot require their values. A list is of those that are there.</summary>
    private void CheckEarly(NodeDraft node)
    {
        HashSet<NodeDraft> early = FindEarly(node);
        foreach (ParameterDraft parameter in early.Count == 0 ? [] : node.Parameters)
        {
            if (parameter is { IsData: true, IsRequired: true, Decision: Decision.Bound, Combination: Combination.Single or Combination.Merge }
                && parameter.Sources.FirstOrDefault(s => s.Producer is not null && early.Contains(s.Producer)) is { } source)
            {
                draft.Issues.Add(Rule.MayBeEarly, parameter.Spot, node.Name, source.Producer!.Name, parameter.Model.Name);
            }
        }
    }

    /// <summary>The nodes that it names and may start before.</summary>
    public static HashSet<NodeDraft> FindEarly(NodeDraft node)
    {
        HashSet<NodeDraft> early = [];
        foreach (IReadOnlyList<Reference> group in node.Joins.AfterAny.Where(g => g.Select(r => r.Node).Distinct().Count() > 1))
        {
            early.UnionWith(group.SelectMany(r => r.Node.Group));
        }

        early.UnionWith((node.Joins.ReadyWhen?.Nodes ?? []).Select(r => r.Node));
        early.ExceptWith(node.After.Concat(node.Needs).Concat(node.NeedsAny.SelectMany(g => g)).SelectMany(r => r.Node.Group));
        return early;
    }

    private void CheckNull(ParameterDraft parameter)
    {
        // A handler of the workflow that misses something is skipped.
        if (parameter.Decision != Decision.Bound || !parameter.IsRequired || parameter.Owner.Self is { Role: NodeRole.WorkflowHandler })
        {
            return;
        }

        ScopeValue? culprit = parameter.Latest is { } latest ? (latest.MayBeNull ? latest : null)
            : parameter.Combination == Combination.Gather
            ? draft.Types[parameter.Model.Need].Element!.IsNullable ? null : parameter.Sources.FirstOrDefault(s => s.MayBeNull)
            : parameter.Sources.FirstOrDefault(s => s.MayBeNull || (parameter.IsElement && ElementMayBeNull(parameter, s)));
        if (culprit is not null)
        {
            draft.Issues.Add(Rule.NullForRequired, parameter.Spot, culprit.Display, parameter.Model.Name, parameter.Owner.Name);
        }
    }

    private bool ElementMayBeNull(ParameterDraft parameter, ScopeValue source)
        => draft.Types[source.Type].Element is { IsNullable: true } && parameter.Model.Strength == Strength.Required;

    private void CheckResult()
    {
        EntryDeclaration entry = draft.Entry;
        MethodModel model = draft.EntryModel;
        AttributeModel? from = model.ReturnAttributes.FirstOrDefault(a => a.Kind == FlowAttribute.From);
        if (draft.Result.Count > 1 && from is not null)
        {
            CheckExclusive(draft.Result, model.Spot, from);
        }

        if (entry.ResultStrength != Strength.Required)
        {
            return;
        }

        // A node that ends the workflow gives the result as well, if it runs.
        List<NodeDraft> ends = [.. draft.Steps.Where(n => n.Joins.Ends)];
        List<NodeDraft> producers = [.. draft.Result.Select(s => s.Producer!).Concat(ends).Distinct()];
        string names = string.Join(" and ", draft.Result.Select(s => $"'{s.Display}'").Concat(ends.Select(n => $"'{n.Name}'")).Distinct());
        Presence here = draft.ResultRace is null ? presence.AnyOf(draft.Result) : presence.Race(draft.Result, draft);
        here = ends.Aggregate(here, (any, end) => presence.Algebra.Or(any, presence.Ends(end)));
        string? problem = null;
        string? nullable = draft.Result.FirstOrDefault(s => s.MayBeNull)?.Display ?? ends.Find(n => n.Model.Value is { IsNullable: true })?.Name;
        if (nullable is not null)
        {
            problem = $"'{nullable}' may return null";
        }
        else if (presence.Counterexample(here) is { } when)
        {
            problem = $"{names} {(producers.Count > 1 ? "are" : "is")} skipped when {when}";
        }
        else if (!presence.IsCertain(here))
        {
            problem = $"it cannot be proved that {names} always {(producers.Count > 1 ? "run" : "runs")}";
        }

        if (problem is not null)
        {
            draft.Issues.Add(
                Rule.ResultMissing,
                model.Spot,
                producers.Select(p => p.Spot),
                $"{draft.Name}.{model.Name}", entry.Result!.Display, problem);
        }
    }
}
