using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Linking.Drafts;
using FlowGen.Generator.Linking.Logic;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking.Checks;

/// <summary>Policies, handlers and waits that do less than they seem to (FG6011, FG6012, FG7007, FG7008, FG9002, FG9004).</summary>
internal sealed class PolicyAdvice(WorkflowDraft draft, PresenceModel presence)
{
    public void Run()
    {
        foreach (NodeDraft node in draft.NodesAndCompensations)
        {
            CheckRetry(node);
            CheckToken(node);
            CheckBestEffort(node);
        }

        foreach (NodeDraft compensation in draft.Compensations.Where(c => c.Model.Result is not null))
        {
            draft.Issues.Add(Rule.CompensationResult, compensation.Spot.AtReturnType(), compensation.Name);
        }

        CheckWaits();
    }

    private void CheckRetry(NodeDraft node)
    {
        foreach (RetryDraft retry in node.Kind == NodeKind.Wait ? node.Policies.Retries : [])
        {
            draft.Issues.Add(Rule.RetryOfWait, node.Spot.At(retry.Attribute), node.Name);
        }
    }

    /// <summary>What FlowGen runs itself it can always interrupt.</summary>
    private void CheckToken(NodeDraft node)
    {
        bool takesToken = node.Kind switch
        {
            NodeKind.Method => node.Parameters.Any(p => p.Model.Role == ParameterRole.CancellationToken),
            NodeKind.Class => node.Model.Target!.Class!.Parameters.Any(p => p.Role == ParameterRole.CancellationToken),
            _ => true,
        };
        if (!takesToken && (node.Policies.Attempt ?? node.Policies.Total) is { } timeout)
        {
            draft.Issues.Add(Rule.TimeoutWithoutToken, node.Spot.At(timeout.Attribute), node.Name);
        }
    }

    /// <summary>A handler of everything leaves nothing over, unless it may be skipped itself.</summary>
    private void CheckBestEffort(NodeDraft node)
    {
        if (node.BestEffort
            && node.Failure.Handlers is [.., { Failure.Exception: null } last]
            && presence.LeavesNothing(node))
        {
            draft.Issues.Add(Rule.BestEffortInVain, node.Spot.At(node.Model.Find(FlowAttribute.BestEffort)!), last.Name, node.Name);
        }
    }

    private void CheckWaits()
    {
        List<NodeDraft> waits = [.. draft.Steps.Where(n => n.Kind == NodeKind.Wait)];
        foreach (NodeDraft wait in waits.Where(w => draft.Timeout is null && w.Policies.Attempt is null && w.Policies.Total is null))
        {
            draft.Issues.Add(Rule.WaitForever, wait.Spot, wait.Name);
        }

        if (waits.Count > 0)
        {
            draft.Issues.Add(Rule.WaitBehindRun, draft.EntryModel.Spot, draft.Name);
        }
    }
}
