using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Linking.Drafts;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking.Checks;

/// <summary>The members that policies ask while they are at work (FG6015, FG6016).</summary>
internal static class CheckMembers
{
    private const string Span = "global::System.TimeSpan";
    private const string Progress = "global::FlowGen.EachProgress";

    /// <summary>A bool that decides about another iteration.</summary>
    public static CheckDraft? Condition(WorkflowDraft draft, NodeDraft node, AttributeModel attribute, string property)
        => Find(draft, node, node.Spot, attribute, property, type => draft.Types[type].IsBool, _ => false, "bool", "values");

    /// <summary>A bool that says whether a failure is worth another try.</summary>
    public static CheckDraft? Retry(WorkflowDraft draft, NodeDraft node, AttributeModel attribute)
        => Find(draft, node, node.Spot, attribute, "If", type => draft.Types[type].IsBool, p => TakesFailure(draft, p, attribute), "bool", "the exception and values");

    /// <summary>How long something may take.</summary>
    public static CheckDraft? Limit(WorkflowDraft draft, NodeDraft? node, Spot spot, AttributeModel attribute)
        => Find(draft, node, spot, attribute, "From", type => type.Key == Span, _ => false, "TimeSpan", node is null ? "inputs" : "values");

    /// <summary>The rule of an [Each]: it sees progress and nothing else.</summary>
    public static CheckDraft? EachRule(WorkflowDraft draft, NodeDraft node, Spot spot, AttributeModel each)
    {
        string name = each.Text("Until") ?? "";
        if (draft.FindCheckable(name) is { Kind: PredicateKind.Method, IsStatic: true, IsAmbiguous: false, Type: { IsNullable: false } type, Parameters: [{ Type.Key: Progress }] } rule
            && draft.Types[type].IsBool)
        {
            return draft.AddCheck(rule, node);
        }

        draft.Issues.Add(Rule.EachRule, spot.AtNamed(each, "Until"), name);
        return null;
    }

    private static CheckDraft? Find(
        WorkflowDraft draft,
        NodeDraft? node,
        Spot spot,
        AttributeModel attribute,
        string property,
        Func<TypeRef, bool> isType,
        Func<ParameterModel, bool> isOwn,
        string type,
        string takes)
    {
        string name = attribute.Text(property) ?? "";
        if (draft.FindCheckable(name) is { IsAsynchronous: false, IsAmbiguous: false, Type: { IsNullable: false } actual } member
            && isType(actual)
            && member.Parameters.All(p => isOwn(p) || (IsPlain(p) && (node is not null || IsInput(p)))))
        {
            return draft.AddCheck(member, node);
        }

        draft.Issues.Add(Rule.CheckMember, spot.AtNamed(attribute, property), name, attribute.Written, type, draft.Name, takes);
        return null;
    }

    /// <summary>A value, or what every run has.</summary>
    public static bool IsPlain(ParameterModel parameter)
        => !parameter.IsByRef
            && parameter.Role is ParameterRole.Data or ParameterRole.CancellationToken or ParameterRole.FlowContext
            && parameter.Find(FlowAttribute.Each) is null;

    /// <summary>Before a run has started there is nothing else.</summary>
    private static bool IsInput(ParameterModel parameter)
        => parameter.Role != ParameterRole.FlowContext && parameter.Find(FlowAttribute.From) is null && parameter.Find(FlowAttribute.FromFirst) is null;

    /// <summary>What the attribute retries can be passed to it.</summary>
    private static bool TakesFailure(WorkflowDraft draft, ParameterModel parameter, AttributeModel retry)
        => parameter.Role == ParameterRole.Exception
            && (parameter.Need.Key == "global::System.Exception" || (retry.TypeArgument is { } type && draft.Types.Converts(type, parameter.Need)));
}
