using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Linking.Binding;
using FlowGen.Generator.Linking.Drafts;
using FlowGen.Generator.Linking.Logic;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking.Checks;

/// <summary>Values that can be missing where they must be there (FG3007, FG3009, FG3017).</summary>
internal sealed class PresenceCheck(WorkflowDraft draft, PresenceModel presence)
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

        if (draft.Result.Count > 0)
        {
            CheckResult();
        }
    }

    private void CheckExclusive(IReadOnlyList<ScopeValue> sources, Spot spot, AttributeModel attribute)
    {
        for (int j = 1; j < sources.Count; j++)
        {
            ScopeValue? other = sources.Take(j).FirstOrDefault(s => !presence.AreExclusive(s, sources[j]));
            if (other is not null)
            {
                draft.Issues.Add(Rule.NotExclusive, spot.AtArgument(attribute, j), other.Display, sources[j].Display);
                return;
            }
        }
    }

    private void CheckNull(ParameterDraft parameter)
    {
        if (parameter.Decision != Decision.Bound || !parameter.IsRequired)
        {
            return;
        }

        ScopeValue? culprit = parameter.Combination == Combination.Gather
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
        if (draft.Result.Count > 1 && model.ReturnAttributes.FirstOrDefault(a => a.Kind == FlowAttribute.From) is { } from)
        {
            CheckExclusive(draft.Result, model.Spot, from);
        }

        if (entry.ResultStrength != Strength.Required)
        {
            return;
        }

        string names = string.Join(" and ", draft.Result.Select(s => $"'{s.Display}'"));
        Presence here = presence.AnyOf(draft.Result);
        string? problem = null;
        if (draft.Result.FirstOrDefault(s => s.MayBeNull) is { } nullable)
        {
            problem = $"'{nullable.Display}' may return null";
        }
        else if (PresenceText.Counterexample(presence.Algebra, here) is { } when)
        {
            problem = $"{names} {(draft.Result.Count > 1 ? "are" : "is")} skipped when {when}";
        }
        else if (!here.IsAlways)
        {
            problem = $"it cannot be proved that {names} always {(draft.Result.Count > 1 ? "run" : "runs")}";
        }

        if (problem is not null)
        {
            draft.Issues.Add(
                Rule.ResultMissing,
                model.Spot,
                draft.Result.Select(s => s.Producer!.Spot),
                $"{draft.Name}.{model.Name}", entry.Result!.Display, problem);
        }
    }
}
