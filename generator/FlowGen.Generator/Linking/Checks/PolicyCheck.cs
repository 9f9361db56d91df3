using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Linking.Drafts;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking.Checks;

/// <summary>[Timeout], [Retry], [Repeat] and limits (FG6004 - FG6010, FG6014, FG6015, FG6018).</summary>
internal static class PolicyCheck
{
    private static readonly (string Name, int Milliseconds)[] s_units =
        [("Milliseconds", 1), ("Seconds", 1_000), ("Minutes", 60_000), ("Hours", 3_600_000)];

    public static void Run(WorkflowDraft draft)
    {
        CheckNegative(draft, draft.Model.Spot, draft.Model.Workflow, "MaxConcurrentRuns");
        draft.Timeout = ReadTimeouts(draft, node: null, draft.Model.Spot, draft.Name, draft.Model.Timeouts).ToList().FirstOrDefault();
        foreach (NodeDraft node in draft.NodesAndCompensations)
        {
            foreach (TimeoutDraft timeout in ReadTimeouts(draft, node, node.Spot, node.Name, node.Model.Attributes.Where(a => a.Kind == FlowAttribute.Timeout)))
            {
                if (IsTotal(timeout.Attribute))
                {
                    node.Policies.Total = timeout;
                }
                else
                {
                    node.Policies.Attempt = timeout;
                }
            }

            ReadRetries(draft, node);
            RepeatCheck.Run(draft, node);
            CheckAtLeastOne(draft, node);
        }
    }

    public static void CheckNegative(WorkflowDraft draft, Spot spot, AttributeModel attribute, params string[] properties)
    {
        foreach (string property in properties)
        {
            if (attribute.Number(property, 0) < 0)
            {
                draft.Issues.Add(Rule.Negative, spot.AtNamed(attribute, property), property);
            }
        }
    }

    /// <summary>At most one for each scope; the scope of a run is the run.</summary>
    private static IEnumerable<TimeoutDraft> ReadTimeouts(WorkflowDraft draft, NodeDraft? node, Spot spot, string name, IEnumerable<AttributeModel> attributes)
    {
        HashSet<bool> seen = [];
        foreach (AttributeModel attribute in attributes)
        {
            if (!seen.Add(node is not null && IsTotal(attribute)))
            {
                draft.Issues.Add(Rule.PolicyTwice, spot.At(attribute), "Timeout", name);
            }
            else if (ReadTimeout(draft, node, spot, name, attribute) is { } timeout)
            {
                yield return timeout;
            }
        }
    }

    private static bool IsTotal(AttributeModel timeout) => timeout.Number("Scope", 0) == 1;

    private static TimeoutDraft? ReadTimeout(WorkflowDraft draft, NodeDraft? node, Spot spot, string name, AttributeModel attribute)
    {
        List<(string Name, int Milliseconds)> written = [.. s_units.Where(u => attribute.Find(u.Name) is not null)];
        if (attribute.Find("From") is not null && written.Count == 0)
        {
            return CheckMembers.Limit(draft, node, spot, attribute) is { } check ? new TimeoutDraft(attribute, 0, check) : null;
        }

        long milliseconds = attribute.Find("From") is null && written is [var unit] ? (long)attribute.Number(unit.Name, 0) * unit.Milliseconds : 0;
        if (milliseconds is > 0 and <= int.MaxValue)
        {
            return new TimeoutDraft(attribute, (int)milliseconds, Check: null);
        }

        draft.Issues.Add(Rule.TimeoutUnit, spot.At(attribute), name, milliseconds > 0 ? "; 596 hours are the most" : "");
        return null;
    }

    private static void ReadRetries(WorkflowDraft draft, NodeDraft node)
    {
        List<RetryDraft> retries = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (AttributeModel attribute in node.Model.Attributes.Where(a => a.Kind is FlowAttribute.Retry or FlowAttribute.RetryOf))
        {
            string written = attribute.TypeArgument is { } type ? $"Retry<{type.Display}>" : "Retry";
            if (!seen.Add(attribute.TypeArgument?.Key ?? ""))
            {
                draft.Issues.Add(Rule.PolicyTwice, node.Spot.At(attribute), written, node.Name);
                continue;
            }

            if (attribute.Arguments is not [{ Number: >= 1 }])
            {
                draft.Issues.Add(Rule.RetryNever, attribute.Arguments.Count > 0 ? node.Spot.AtArgument(attribute, 0) : node.Spot.At(attribute), node.Name);
            }

            CheckNegative(draft, node.Spot, attribute, "DelayMs", "MaxDelayMs");
            retries.Add(new RetryDraft(attribute, attribute.Find("If") is null ? null : CheckMembers.Retry(draft, node, attribute)));
        }

        // What is nearer is nearer than everything that the other one is nearer than, and than the other one.
        node.Policies.Retries.AddRange(retries.OrderByDescending(r => retries.Count(other => IsNearer(draft, r, other))));
    }

    private static bool IsNearer(WorkflowDraft draft, RetryDraft retry, RetryDraft than)
        => retry.Attribute.TypeArgument is { } type
            && (than.Attribute.TypeArgument is not { } other || (type.Key != other.Key && draft.Types.Converts(type, other)));

    private static void CheckAtLeastOne(WorkflowDraft draft, NodeDraft node)
    {
        if (node.Model.Find(FlowAttribute.MaxConcurrent) is { } limit && limit.Arguments is not [{ Number: >= 1 }])
        {
            draft.Issues.Add(Rule.AtLeastOne, node.Spot.AtArgument(limit, 0), "[MaxConcurrent]", node.Name);
        }

        if (node.Kind == NodeKind.Dynamic && node.KindAttribute.Number("MaxDepth", 1) < 1)
        {
            draft.Issues.Add(Rule.AtLeastOne, node.Spot.AtNamed(node.KindAttribute, "MaxDepth"), "MaxDepth", node.Name);
        }
    }
}
