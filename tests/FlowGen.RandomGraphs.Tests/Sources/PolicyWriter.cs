using System.Text;

namespace RandomGraphs.Sources;

/// <summary>Prints the policies of a node, and the members that they name.</summary>
internal static class PolicyWriter
{
    private const string IfBang = "IsBang";

    public static void Write(Node node, StringBuilder text)
    {
        foreach (RetryRule rule in node.Retries)
        {
            string type = rule.Fault is { } fault ? $"<{fault}>" : "";
            string backoff = rule.DelayMs == 0 ? "" : $", Backoff = Backoff.{rule.Backoff}, Jitter = false";
            text.Append($"    [Retry{type}({rule.Retries}, DelayMs = {rule.DelayMs}{backoff}{(rule.IfBang ? $", If = nameof({IfBang})" : "")})]\n");
        }

        if (node.Repeat is { } repeat)
        {
            string condition = $"{(repeat.IsUntil ? "Until" : "While")} = nameof({RepeatRule.ConditionOf(node.Name)})";
            string limit = repeat.StopsAtLimit ? ", AtLimit = RepeatLimit.Stop" : "";
            text.Append($"    [Repeat({condition}, MaxIterations = {repeat.Most}{limit}{(repeat.DelayMs == 0 ? "" : $", DelayMs = {repeat.DelayMs}")})]\n");
        }

        if (node.ReadyWhen is { } rule2)
        {
            string nodes = string.Join(", ", rule2.Nodes.Select(name => $"nameof({name})"));
            text.Append($"    [ReadyWhen(nameof({ReadyRule.NameOf(node.Name)}), {nodes}{(rule2.CancelsRest ? ", CancelRest = true" : "")})]\n");
        }

        if (node.Limits is { } limits)
        {
            text.Append(limits.Attempt is { } attempt ? $"    [Timeout(Milliseconds = {attempt})]\n" : "");
            text.Append(limits.Total is { } total ? $"    [Timeout(Milliseconds = {total}, Scope = TimeoutScope.Total)]\n" : "");
        }

        text.Append(node.Cancels.Count == 0 ? "" : $"    [Cancels({string.Join(", ", node.Cancels.Select(name => $"nameof({name})"))})]\n");
        text.Append(node.Section is null ? "" : $"    [Exclusive<{node.Section}>]\n");
        text.Append(node.MaxConcurrent == 0 ? "" : $"    [MaxConcurrent({node.MaxConcurrent})]\n");
        text.Append(node.IsEnd ? "    [End]\n" : "");
    }

    /// <summary>Conditions and rules.</summary>
    public static IEnumerable<string> Members(Flow flow)
    {
        if (flow.Nodes.Any(node => node.Retries.Any(rule => rule.IfBang)))
        {
            yield return $"    static bool {IfBang}(Exception error) => error is Bang;\n";
        }

        foreach (Node node in flow.Nodes.Where(node => node.Repeat is not null))
        {
            string name = RepeatRule.ConditionOf(node.Name);
            yield return $"    bool {name}([Input] Place at, {(node.Kind == NodeKind.Call ? "Value" : Types.Returned(node))} last) => at.Call(\"{name}\", null, Texts.Of(last)).Decide(bool.Parse);\n";
        }

        foreach (Node node in flow.Nodes.Where(node => node.ReadyWhen is not null))
        {
            yield return $"    static Readiness {ReadyRule.NameOf(node.Name)}(ReadOnlySpan<NodeState> states) => Rules.Enough(states, {node.ReadyWhen!.Enough});\n";
        }
    }
}
