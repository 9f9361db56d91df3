using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Linking.Drafts;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking.Checks;

/// <summary>What keeps a workflow from having a synchronous entry: everything that has to be awaited (FG1005).</summary>
internal static class SynchronousCheck
{
    private const int DefaultRetryDelay = 100;

    /// <summary>The first thing, and where it is; null if there is none.</summary>
    public static (string Reason, Spot Where)? WhyNot(WorkflowModel model)
    {
        if (model.Methods.FirstOrDefault(IsAsynchronous) is { } node)
        {
            return ($"node '{node.NodeName}' is asynchronous", node.Spot);
        }

        foreach (MethodModel method in model.Methods)
        {
            if (method.Attributes.FirstOrDefault(HasToWait) is { } attribute)
            {
                return ($"[{attribute.Written}] of '{method.NodeName}' has to wait", method.Spot.At(attribute));
            }
        }

        return model.Workflow.Number("MaxConcurrentRuns", 0) != 0 ? ("MaxConcurrentRuns has to wait", model.Spot.AtNamed(model.Workflow, "MaxConcurrentRuns"))
            : model.Timeouts is [var timeout, ..] ? ("[Timeout] has to wait", model.Spot.At(timeout))
            : null;
    }

    /// <summary>Elements that have to be awaited; known only once the source is bound.</summary>
    public static void CheckElements(WorkflowDraft draft)
    {
        NodeDraft? node = draft.Entry.IsSynchronous
            ? draft.Nodes.Find(n => n.Each is { Sources.Count: > 0 } each
                && draft.Types[each.Sources[0].Type].Shape == SourceShape.AsyncEnumerable)
            : null;
        if (node is not null)
        {
            draft.Issues.Add(Rule.SynchronousEntry, draft.EntryModel.Spot, [node.Spot], $"node '{node.Name}' is asynchronous");
        }
    }

    /// <summary>It returns a task, or something about it has to be awaited.</summary>
    private static bool IsAsynchronous(MethodModel method)
        => method.Attributes.FirstOrDefault(a => a.IsNodeKind || a.Kind == FlowAttribute.Compensate) is { } kind
            && (method.IsAsynchronous
                || kind.Kind is FlowAttribute.Wait or FlowAttribute.DynamicSubWorkflow
                || kind.Number("RunOn", 0) == (int)RunOn.ThreadPool
                || method.Target?.Class?.RunOn == RunOn.ThreadPool
                || method.Target?.Class?.Cleanup == CleanupKind.Async
                || method.Parameters.Any(p => p.State?.Class.Cleanup == CleanupKind.Async));

    private static bool HasToWait(AttributeModel attribute)
        => attribute.Kind switch
        {
            FlowAttribute.Timeout or FlowAttribute.Exclusive or FlowAttribute.MaxConcurrent => true,
            FlowAttribute.Retry or FlowAttribute.RetryOf => attribute.Number("DelayMs", DefaultRetryDelay) != 0,
            FlowAttribute.Repeat => attribute.Number("DelayMs", 0) != 0,
            _ => false,
        };
}
