using FlowGen.Generator.Linking.Checks;
using FlowGen.Generator.Linking.Drafts;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking;

/// <summary>Writes down what surrounds nodes, joins them and handles their failures.</summary>
internal sealed class PolicyBuilder(WorkflowDraft draft)
{
    public BoundSettings Settings()
    {
        AttributeModel settings = draft.Model.Workflow;
        return new BoundSettings(
            Timeout(draft.Timeout),
            settings.Number("OnError", 0) == 1,
            settings.Number("MaxConcurrentRuns", 0),
            settings.Number("WhenFull", 0) == 1,
            settings.Find("Record")?.Display ?? "Nodes");
    }

    public BoundPolicies Policies(NodeDraft node)
    {
        PolicyDraft policies = node.Policies;
        BoundPolicies bound = new(
            policies.Retries.Select(Retry).ToEquatableArray(),
            Timeout(policies.Attempt),
            Timeout(policies.Total),
            policies.Repeat is { } repeat ? Repeat(repeat) : null,
            node.Model.Attributes.Where(a => a.Kind == FlowAttribute.Exclusive)
                .Select(a => a.TypeArgument!)
                .GroupBy(t => t.Key, StringComparer.Ordinal)
                .OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => g.First())
                .ToEquatableArray(),
            node.Model.Find(FlowAttribute.MaxConcurrent) is { Arguments: [{ Number: { } limit }] } ? limit : 0);
        return bound.Equals(BoundPolicies.None) ? BoundPolicies.None : bound;
    }

    public BoundJoins Joins(NodeDraft node)
    {
        JoinDraft joins = node.Joins;
        BoundJoins bound = new(
            joins.AfterAny.Select(g => new IndexGroup(BoundWorkflowBuilder.Indices(g.SelectMany(r => r.Node.Group)))).ToEquatableArray(),
            joins.ReadyWhen is { } rule
                ? new BoundRule(rule.Rule.MemberName, rule.Rule.IsPrivate, rule.Rule.IsHidden, rule.Nodes.Select(r => r.Node.Index).ToEquatableArray(), rule.CancelsRest)
                : null,
            BoundWorkflowBuilder.Indices(joins.Cancels.Select(r => r.Node)),
            joins.KeepsFinished,
            joins.Ends);
        return bound.Equals(BoundJoins.None) ? BoundJoins.None : bound;
    }

    public BoundCatch? Catch(NodeDraft node)
        => node.Role == NodeRole.Handler
            ? new BoundCatch(
                node.Failure.Catches
                    .Select(r => new BoundCaught(r.Node.Index, FailureCheck.NearerThan(draft, node, r.Node.Failure.Handlers).ToEquatableArray()))
                    .OrderBy(c => c.Node)
                    .ToEquatableArray(),
                node.Failure.Exception)
            : null;

    private static BoundRetry Retry(RetryDraft retry)
    {
        AttributeModel attribute = retry.Attribute;
        return new BoundRetry(
            attribute.TypeArgument,
            attribute.Arguments[0].Number!.Value,
            attribute.Number("DelayMs", 100),
            attribute.Number("MaxDelayMs", 30_000),
            (Backoff)attribute.Number("Backoff", (int)Backoff.Exponential),
            attribute.Flag("Jitter", otherwise: true),
            retry.Check?.Index ?? -1);
    }

    private static BoundTimeout? Timeout(TimeoutDraft? timeout)
        => timeout is null ? null : new BoundTimeout(timeout.Milliseconds, timeout.Check?.Index ?? -1);

    private static BoundRepeat Repeat(RepeatDraft repeat)
        => new(
            repeat.Carry?.Index ?? -1,
            repeat.Check.Index,
            repeat.IsWhile,
            repeat.Attribute.Number("MaxIterations", 1_000),
            repeat.Attribute.Number("AtLimit", 0) == 0,
            repeat.Attribute.Number("DelayMs", 0));
}
