namespace RandomGraphs.Shrinking;

/// <summary>All graphs that are one step smaller or plainer than a graph. Some of them are wrong; the compiler says which.</summary>
internal static class Smaller
{
    public static IEnumerable<Flow> Than(Flow root)
    {
        List<Flow> flows = [.. root.SelfAndDescendants.Reverse()];
        foreach (Flow flow in flows)
        {
            foreach (IReadOnlyList<Node> chunk in Chunks(flow))
            {
                if (Without(flow, [.. chunk.Select(node => node.Name)], isRoot: flow == root) is { } smaller)
                {
                    yield return Replace(root, flow.Name, smaller);
                }
            }
        }

        foreach (Flow flow in flows)
        {
            foreach (Flow plainer in Plainer(flow))
            {
                yield return Replace(root, flow.Name, plainer);
            }

            foreach (Node node in flow.Nodes)
            {
                foreach (Node plainer in Plainer(node))
                {
                    yield return Replace(root, flow.Name, flow with { Nodes = [.. flow.Nodes.Select(n => n == node ? plainer : n)] });
                }
            }
        }
    }

    /// <summary>Halves and quarters first, then single nodes, the last first.</summary>
    private static IEnumerable<IReadOnlyList<Node>> Chunks(Flow flow)
    {
        List<Node> nodes = [.. flow.Nodes.Where(node => node.Kind != NodeKind.Input).Reverse()];
        for (int size = nodes.Count / 2; size > 1; size /= 2)
        {
            for (int i = 0; i < nodes.Count; i += size)
            {
                yield return [.. nodes.Skip(i).Take(size)];
            }
        }

        foreach (Node node in nodes)
        {
            yield return [node];
        }
    }

    /// <summary>The flow without some nodes and all that names them; null where callers need what would go.</summary>
    private static Flow? Without(Flow flow, HashSet<string> gone, bool isRoot)
    {
        // Whoever needs a place, or an input, goes with the node that provides it, and the other way round.
        for (int before = -1; before != gone.Count;)
        {
            before = gone.Count;
            gone.UnionWith(flow.Nodes.Where(n => n.PlaceSource is { } source && gone.Contains(source)).Select(n => n.Name));
            gone.UnionWith(flow.Nodes.Where(n => n.PlaceFor is { } user && gone.Contains(user)).Select(n => n.Name));
            gone.UnionWith(flow.Nodes.Where(n => n.Kind == NodeKind.Call && n.Parameters.Any(p => gone.Contains(p.Sources[0]))).Select(n => n.Name));

            // A handler goes with what it handles, a compensation with what it undoes.
            gone.UnionWith(flow.Nodes.Where(n => (n.Catches ?? n.Compensates) is { } named && gone.Contains(named)).Select(n => n.Name));
        }

        bool losesResult = flow.Result is { } result && gone.Contains(result);
        if (losesResult && !isRoot)
        {
            return null;
        }

        return flow with
        {
            Result = losesResult ? null : flow.Result,
            ResultStrength = losesResult ? Strength.Required : flow.ResultStrength,
            Nodes = [.. flow.Nodes.Where(n => !gone.Contains(n.Name)).Select(n => Without(n, gone))],
        };
    }

    private static Node Without(Node node, HashSet<string> gone)
    {
        List<string> any = [.. node.NeedsAny.Where(name => !gone.Contains(name))];
        List<string>? rule = node.ReadyWhen?.Nodes.Where(name => !gone.Contains(name)).ToList();
        return node with
        {
            Parameters = [.. node.Parameters.Select(p => Without(p, gone)).Where(p => p.Sources.Count > (p.IsGather ? 1 : 0))],
            Repeat = node.Parameters.Any(p => p.IsCarry && p.Sources.All(gone.Contains)) ? null : node.Repeat,
            AfterAny = [.. node.AfterAny.Select(group => group.Where(name => !gone.Contains(name)).ToList()).Where(group => group.Count > 0)],
            ReadyWhen = rule is null or [] ? null : node.ReadyWhen! with { Nodes = rule, Enough = Math.Min(rule.Count, node.ReadyWhen.Enough) },
            Conditions = [.. node.Conditions.Where(c => !gone.Contains(c.Source))],
            Cancels = [.. node.Cancels.Where(name => !gone.Contains(name))],
            After = [.. node.After.Where(name => !gone.Contains(name))],
            Needs = [.. node.Needs.Where(name => !gone.Contains(name)), .. any.Count == 1 ? any : []],
            NeedsAny = any.Count > 1 ? any : [],
        };
    }

    private static Parameter Without(Parameter parameter, HashSet<string> gone)
    {
        Parameter left = parameter with { Sources = [.. parameter.Sources.Where(name => !gone.Contains(name))] };
        return left.Sources.Count == 1 ? left with { CancelsLosers = null } : left;
    }

    private static IEnumerable<Flow> Plainer(Flow flow)
    {
        Flow[] plainer =
        [
            flow with { MaxParallelism = 0 },
            flow with { OnError = ErrorMode.CancelSiblings },
            flow with { TimeLimit = null },
            flow with { Cleanup = CleanupMode.Immediate },
            flow with { Shuffle = 0 },
            flow with { IsSealed = true },
            flow with { Holding = Holding.Field },
            flow with { ReturnsTask = false },
        ];
        return plainer.Where(p => p != flow);
    }

    private static IEnumerable<Node> Plainer(Node node)
    {
        if (node.Kind != NodeKind.Call)
        {
            foreach (Parameter parameter in node.Parameters)
            {
                yield return node with { Parameters = [.. node.Parameters.Where(p => p != parameter)], Repeat = parameter.IsCarry ? null : node.Repeat };
            }
        }

        foreach (Condition condition in node.Conditions)
        {
            yield return node with { Conditions = [.. node.Conditions.Where(c => c != condition)] };
        }

        Node[] plainer =
        [
            node with { After = node.After.Count == 0 ? node.After : [] },
            node with { Needs = node.Needs.Count == 0 ? node.Needs : [] },
            node with { NeedsAny = node.NeedsAny.Count == 0 ? node.NeedsAny : [] },
            node with { BestEffort = false },
            node with { OnPool = false },
            node with { TakesToken = false },
            node with { TakesContext = false },
            node with { TakesState = false },
            node with { TakesRunState = false },
            node with { TakesTag = false },
            node with { Degree = 1 },
            node.Retries.Count == 0 ? node : node with { Retries = [.. node.Retries.Skip(1)] },
            node with { Repeat = null, Parameters = node.Repeat is null ? node.Parameters : [.. node.Parameters.Select(p => p with { IsCarry = false })] },
            node with { OnError = EachError.Stop },
            node with { Limits = null },
            node.AfterAny.Count == 0 ? node : node with { AfterAny = [] },
            node with { ReadyWhen = null },
            node.Cancels.Count == 0 ? node : node with { Cancels = [] },
            node with { Section = null },
            node with { MaxConcurrent = 0 },
            node with { TakesFault = null },
            node with { IsEnd = false },
            node.Parameters.Any(p => p.IsRace) ? node with { Parameters = [.. node.Parameters.Select(p => p.IsRace ? p with { CancelsLosers = true } : p)] } : node,
            node.Kind == NodeKind.Call ? node : node with { MayBeNull = false },
            node with { Collection = "Place[]" },
            node.Kind == NodeKind.Class ? node with { Kind = NodeKind.Method, TakesTag = false } : node,
            node.Kind == NodeKind.Call || !node.IsLeaf ? node : node with { Form = Form.Plain },
        ];
        foreach (Node plain in plainer.Where(p => p != node))
        {
            yield return plain;
        }
    }

    private static Flow Replace(Flow flow, string name, Flow by)
        => flow.Name == name
            ? by
            : flow with { Nodes = [.. flow.Nodes.Select(node => node.Child is { } child ? node with { Child = Replace(child, name, by) } : node)] };
}
