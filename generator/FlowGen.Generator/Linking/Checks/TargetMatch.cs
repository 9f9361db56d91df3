using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Linking.Drafts;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking.Checks;

/// <summary>
/// Matches a body-less declaration to its target like a call with named arguments (language.md B12): same name first, then the only
/// parameter of a convertible type; defaults may be omitted and special parameters are supplied (FG5007 - FG5010).
/// </summary>
internal static class TargetMatch
{
    public static EquatableArray<TargetParameter> Match(
        WorkflowDraft draft, NodeDraft node, string target, EquatableArray<ParameterModel> parameters, ReturnShape shape, TypeRef? result)
    {
        List<ParameterDraft> open = [.. node.Parameters.Where(p => p.Model.Role is not (ParameterRole.CancellationToken or ParameterRole.FlowContext))];
        ParameterDraft?[] matched = new ParameterDraft?[parameters.Count];
        for (int i = 0; i < parameters.Count; i++)
        {
            matched[i] = open.Find(p => p.Model.Name == parameters[i].Name && p.IsData == (parameters[i].Role == ParameterRole.Data));
            if (matched[i] is { } named)
            {
                open.Remove(named);
            }
        }

        for (int i = 0; i < parameters.Count; i++)
        {
            if (matched[i] is null && parameters[i].Role == ParameterRole.Data)
            {
                List<ParameterDraft> fitting = open.FindAll(p => draft.Types.Fits(p.Model.Type, parameters[i].Type));
                if (fitting is [var only])
                {
                    matched[i] = only;
                    open.Remove(only);
                }
            }
        }

        List<TargetParameter> targets = [];
        for (int i = 0; i < parameters.Count; i++)
        {
            targets.Add(Complete(draft, node, target, parameters[i], matched[i], open));
        }

        CheckSurplus(draft, node, target, parameters, open);
        CheckResult(draft, node, target, shape, result);
        return targets.ToEquatableArray();
    }

    private static TargetParameter Complete(
        WorkflowDraft draft, NodeDraft node, string target, ParameterModel parameter, ParameterDraft? argument, List<ParameterDraft> surplus)
    {
        if (argument is not null)
        {
            if (!draft.Types.Fits(argument.Model.Type, parameter.Type))
            {
                draft.Issues.Add(
                    Rule.TargetParameterType,
                    argument.Spot,
                    argument.Model.Name, argument.Model.Type.Shown, parameter.Name, target, parameter.Type.Shown);
            }

            return new TargetParameter(parameter.Name, parameter.Type, argument.Index, ArgumentKind.Value);
        }

        ArgumentKind kind = parameter.Role switch
        {
            ParameterRole.CancellationToken => ArgumentKind.CancellationToken,
            ParameterRole.FlowContext => ArgumentKind.FlowContext,
            ParameterRole.State => ArgumentKind.State,
            ParameterRole.Service => ArgumentKind.Service,
            ParameterRole.Emitter => ArgumentKind.Emitter,
            ParameterRole.More => ArgumentKind.More,
            _ => ArgumentKind.Default,
        };
        if (kind == ArgumentKind.Default && !parameter.HasDefault && !surplus.Exists(s => draft.Types.Fits(s.Model.Type, parameter.Type)))
        {
            // A surplus argument that would fit has a wrong name, and FG5008 says so.
            draft.Issues.Add(Rule.TargetParameterMissing, node.Spot, node.Name, parameter.Type.Shown, parameter.Name, target);
        }

        if (parameter.State is { HasConstructor: false } state)
        {
            draft.Issues.Add(Rule.StateConstructor, state.Spot ?? node.Spot, state.Class.Type.Display);
        }

        return new TargetParameter(parameter.Name, parameter.Type, Argument: -1, kind);
    }

    private static void CheckSurplus(
        WorkflowDraft draft, NodeDraft node, string target, EquatableArray<ParameterModel> parameters, List<ParameterDraft> open)
    {
        int maximum = node.Each?.Each is { } each ? EachCheck.FindMaximum(node, each) : -1;
        foreach (ParameterDraft surplus in open)
        {
            // The limit of an [Each] need not go on to the target; a [State] that the target takes is the same instance anyway.
            bool isFine = surplus.Index == maximum
                || (!surplus.IsData && parameters.Any(p => p.Role == surplus.Model.Role && p.Type.Key == surplus.Model.Type.Key));
            if (!isFine)
            {
                draft.Issues.Add(Rule.TargetHasNoParameter, surplus.Spot, target, surplus.Model.Name);
            }
        }
    }

    private static void CheckResult(WorkflowDraft draft, NodeDraft node, string target, ReturnShape shape, TypeRef? result)
    {
        bool isTargetSynchronous = shape is ReturnShape.Void or ReturnShape.Value;
        TypeRef? declared = node.Model.Result;
        if (!isTargetSynchronous && !node.Model.IsAsynchronous)
        {
            string task = shape is ReturnShape.Task or ReturnShape.TaskOfT ? "Task" : "ValueTask";
            string returned = result is null ? task : $"{task}<{result.Shown}>";
            draft.Issues.Add(Rule.TargetResult, node.Spot.AtReturnType(), node.Name, declared?.Shown ?? "void", target, returned);
        }
        else if (declared is not null && (result is null || !draft.Types.Fits(result, declared)))
        {
            draft.Issues.Add(Rule.TargetResult, node.Spot.AtReturnType(), node.Name, declared.Shown, target, result?.Shown ?? "nothing");
        }
    }
}
