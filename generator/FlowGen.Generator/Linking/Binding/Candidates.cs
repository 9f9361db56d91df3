using FlowGen.Generator.Linking.Drafts;

namespace FlowGen.Generator.Linking.Binding;

/// <summary>The values that a parameter could take at all (language.md B4, B5).</summary>
internal static class Candidates
{
    public static bool Fits(WorkflowDraft draft, ParameterDraft parameter, ScopeValue value)
        => parameter.IsElement
            ? draft.Types.HasElements(value.Type, parameter.Model.Need)
            : draft.Types.Converts(value.Type, parameter.Model.Need);

    public static IReadOnlyList<ScopeValue> Find(WorkflowDraft draft, ParameterDraft parameter, ExplicitOrder order)
    {
        List<ScopeValue> all = draft.Values.FindAll(v => v.Producer != parameter.Owner && Fits(draft, parameter, v));

        // Never backwards: unless everything is declared to run later, and a cycle is to be reported.
        List<ScopeValue> sooner = all.FindAll(v => v.Producer is null || !order.IsLater(v.Producer, parameter.Owner));
        return sooner.Count > 0 ? sooner : all;
    }
}
