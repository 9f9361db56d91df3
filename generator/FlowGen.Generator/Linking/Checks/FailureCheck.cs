using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Linking.Drafts;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking.Checks;

/// <summary>[Catch] and [Compensate]: what they handle and undo (FG7001 - FG7004, FG7006, FG7009, FG8009).</summary>
internal static class FailureCheck
{
    private const string AnyException = "global::System.Exception";

    public static void Run(WorkflowDraft draft)
    {
        foreach (NodeDraft node in draft.Nodes.Where(n => n.Model.Find(FlowAttribute.Catch) is not null))
        {
            ReadException(draft, node);
            if (node.Role == NodeRole.Handler)
            {
                ReadHandler(draft, node, node.Model.Find(FlowAttribute.Catch)!);
            }
            else
            {
                CheckResult(draft, node);
            }
        }

        foreach (NodeDraft node in draft.Nodes.Where(n => n.Failure.Handlers.Count > 1))
        {
            NearestFirst(draft, node.Failure.Handlers, $"'{node.Name}'");
        }

        draft.Handlers.AddRange(draft.Nodes.Where(n => n.Role == NodeRole.WorkflowHandler));
        NearestFirst(draft, draft.Handlers, $"workflow '{draft.Name}'");
        foreach (NodeDraft node in draft.Compensations)
        {
            ReadCompensation(draft, node, node.Model.Find(FlowAttribute.Compensate)!);
        }
    }

    /// <summary>The types of exception that leave <paramref name="handler"/> out, because another one of <paramref name="all"/> is nearer.</summary>
    public static IEnumerable<TypeRef> NearerThan(WorkflowDraft draft, NodeDraft handler, IEnumerable<NodeDraft> all)
        => all.Where(other => other != handler && IsNearer(draft, other, handler)).Select(other => other.Failure.Exception!);

    private static void ReadException(WorkflowDraft draft, NodeDraft node)
    {
        List<ParameterDraft> taken = [.. node.Parameters.Where(p => p.Model.Role == ParameterRole.Exception)];
        foreach (ParameterDraft another in taken.Skip(1))
        {
            draft.Issues.Add(Rule.CatchesTwice, another.Spot, node.Name);
        }

        TypeRef? type = taken.FirstOrDefault()?.Model.Need;
        node.Failure.Exception = type?.Key == AnyException ? null : type;
    }

    private static void ReadHandler(WorkflowDraft draft, NodeDraft handler, AttributeModel attribute)
    {
        foreach (Reference caught in OrderCheck.Resolve(draft, handler, attribute))
        {
            if (handler.Failure.Catches.Exists(r => r.Node == caught.Node))
            {
                continue;
            }

            handler.Failure.Catches.Add(caught);
            caught.Node.Failure.Handlers.Add(handler);
            TypeRef? expected = caught.Node.Model.Value;
            TypeRef? actual = handler.Model.Value;
            if (expected is null ? actual is not null : actual is null || !draft.Types.Converts(actual, expected))
            {
                draft.Issues.Add(
                    Rule.HandlerResult,
                    handler.Spot.AtReturnType(),
                    handler.Name, actual?.Shown ?? "nothing", caught.Node.Name, expected?.Shown ?? "nothing");
            }
        }
    }

    /// <summary>A handler of the workflow gives its result or none.</summary>
    private static void CheckResult(WorkflowDraft draft, NodeDraft handler)
    {
        EntryDeclaration entry = draft.Entry;
        if (handler.Model.Value is { } value
            && (entry.Result is not { } result
                || !draft.Types.Converts(value, result)
                || (value.IsNullable && entry.ResultStrength == Strength.Required)))
        {
            draft.Issues.Add(
                Rule.WorkflowHandlerResult,
                handler.Spot.AtReturnType(),
                handler.Name, entry.Result is { } needed ? $"'{needed.Display}' (the result of '{draft.Name}') or nothing" : "nothing");
        }
    }

    /// <summary>Sorts handlers of one node; of two for the same type, the second can never run.</summary>
    private static void NearestFirst(WorkflowDraft draft, List<NodeDraft> handlers, string handled)
    {
        Dictionary<string, NodeDraft> byType = new(StringComparer.Ordinal);
        foreach (NodeDraft handler in handlers)
        {
            if (byType.TryGetValue(handler.Failure.Key, out NodeDraft? first))
            {
                draft.Issues.Add(Rule.Unreachable, handler.Spot, handler.Name, first.Name, handler.Failure.Exception?.Display ?? nameof(Exception), handled);
            }
            else
            {
                byType.Add(handler.Failure.Key, handler);
            }
        }

        // What is nearer is nearer than everything that the other one is nearer than, and than the other one.
        List<NodeDraft> sorted = [.. handlers.OrderByDescending(h => handlers.Count(other => IsNearer(draft, h, other)))];
        handlers.Clear();
        handlers.AddRange(sorted);
    }

    private static bool IsNearer(WorkflowDraft draft, NodeDraft handler, NodeDraft than)
        => handler.Failure.Exception is { } type
            && (than.Failure.Exception is not { } other || (type.Key != other.Key && draft.Types.Converts(type, other)));

    private static void ReadCompensation(WorkflowDraft draft, NodeDraft node, AttributeModel attribute)
    {
        foreach (Reference undone in OrderCheck.Resolve(draft, node, attribute))
        {
            node.Failure.Undoes = undone;
            if (undone.Node.Failure.Compensation is { } first)
            {
                draft.Issues.Add(Rule.CompensatedTwice, undone.Spot, undone.Node.Name, first.Name);
            }
            else
            {
                undone.Node.Failure.Compensation = node;
            }
        }

        foreach (ParameterDraft parameter in node.Parameters)
        {
            if (parameter.Model is { Role: ParameterRole.Exception } reason && reason.Need.Key != AnyException)
            {
                draft.Issues.Add(Rule.CompensationReason, parameter.Spot, parameter.Model.Name, node.Name, reason.Need.Display);
            }
            else if (parameter.Model.State is { Class.IsRunScoped: false } state)
            {
                draft.Issues.Add(Rule.CompensationState, parameter.Spot, node.Name, state.Class.Type.Display);
            }
        }
    }
}
