using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Linking.Drafts;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking.Checks;

/// <summary>[DynamicSubWorkflow]: whether its declaration fits what may be chosen (FG5012, FG5013, FG5015).</summary>
internal static class ChoiceCheck
{
    private const string Unit = "global::FlowGen.FlowUnit";

    public static void Run(WorkflowDraft draft, NodeDraft node, ChoiceModel choice)
    {
        if (choice.References is not [{ } reference])
        {
            draft.Issues.Add(Rule.ChoiceReference, node.Spot, node.Name);
            return;
        }

        List<ParameterDraft> data = [.. node.Parameters.Where(p => p.IsData && p.Index != reference.Parameter)];
        List<int>? inputs = Match(draft, data, reference.Input, out bool isTuple);
        if (inputs is null || !TakesResult(draft, node, reference.Output))
        {
            draft.Issues.Add(
                Rule.ChoiceMismatch,
                node.Spot.InParameter(reference.Parameter),
                node.Name, Passed(data), Returned(node), reference.Input.Shown, reference.Output.Shown);
            return;
        }

        CheckCandidates(draft, node, choice, reference);
        node.Dynamic = new BoundDynamic(
            reference.Parameter,
            reference.Input,
            node.Model.Result is null && reference.Output.Key == Unit ? null : reference.Output,
            inputs.ToEquatableArray(),
            isTuple,
            (choice.Candidates?.Select(c => c.FullName) ?? []).ToEquatableArray(),
            node.KindAttribute.Number("MaxDepth", 16),
            node.KindAttribute.Flag("AllowRecursion", otherwise: false));
    }

    /// <summary>For the input, or for each element of it, the argument; null if they do not fit.</summary>
    private static List<int>? Match(WorkflowDraft draft, List<ParameterDraft> data, TypeRef input, out bool isTuple)
    {
        EquatableArray<TupleElement> elements = draft.Types[input].TupleElements;
        isTuple = false;
        if (input.Key == Unit)
        {
            return data.Count == 0 ? [] : null;
        }

        if (data is [var only] && draft.Types.Fits(only.Model.Type, input))
        {
            return [only.Index];
        }

        isTuple = elements.Count > 0;
        return isTuple && data.Count == elements.Count ? MatchElements(draft, data, elements) : null;
    }

    /// <summary>Like a call with named arguments (language.md B12): the same name first, then the only one of a convertible type.</summary>
    private static List<int>? MatchElements(WorkflowDraft draft, List<ParameterDraft> data, EquatableArray<TupleElement> elements)
    {
        List<ParameterDraft> open = [.. data];
        ParameterDraft?[] matched = [.. elements.Select(e => open.Find(p => string.Equals(p.Model.Name, e.Name, StringComparison.OrdinalIgnoreCase)))];
        open.RemoveAll(p => matched.Contains(p));
        for (int i = 0; i < matched.Length; i++)
        {
            if (matched[i] is null && open.FindAll(p => draft.Types.Fits(p.Model.Type, elements[i].Type)) is [var only])
            {
                matched[i] = only;
                open.Remove(only);
            }
        }

        return matched.Zip(elements, (p, e) => p is not null && draft.Types.Fits(p.Model.Type, e.Type)).All(fits => fits)
            ? [.. matched.Select(p => p!.Index)]
            : null;
    }

    private static bool TakesResult(WorkflowDraft draft, NodeDraft node, TypeRef output)
        => node.Model.IsAsynchronous && (node.Model.Result is not { } result || draft.Types.Fits(output, result));

    private static void CheckCandidates(WorkflowDraft draft, NodeDraft node, ChoiceModel choice, FlowRefModel reference)
    {
        for (int i = 0; i < (choice.Candidates?.Count ?? 0); i++)
        {
            CandidateModel candidate = choice.Candidates!.Value[i];
            bool fits = candidate is { IsWorkflow: true, Input: { } input, Output: { } output }
                && draft.Types.Converts(reference.Input, input)
                && IsSame(reference.Output, output);
            if (!fits)
            {
                draft.Issues.Add(
                    Rule.ChoiceCandidate,
                    node.Spot.AtNamedElement(node.KindAttribute, "Candidates", i),
                    candidate.Display, reference.Input.Shown, reference.Output.Shown);
            }
        }
    }

    /// <summary>What a workflow gives is exactly what the reference says; null is the compiler's business.</summary>
    private static bool IsSame(TypeRef a, TypeRef b) => a.Key == b.Key && (!a.IsValue || a.IsNullable == b.IsNullable);

    private static string Passed(List<ParameterDraft> data)
        => data.Count switch
        {
            0 => "nothing",
            1 => data[0].Model.Type.Shown,
            _ => "(" + string.Join(", ", data.Select(p => $"{p.Model.Type.Shown} {p.Model.Name}")) + ")",
        };

    /// <summary>Whatever runs is awaited.</summary>
    private static string Returned(NodeDraft node)
        => node.Model.IsAsynchronous ? node.Model.Result?.Shown ?? "nothing" : (node.Model.Result?.Shown ?? "nothing") + " without a task";
}
