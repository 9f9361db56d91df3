using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking;

/// <summary>What shows when one follows the calls from workflow to workflow: cycles, and loops around waits.</summary>
internal static class CallGraph
{
    /// <summary>For every participant the shortest cycle through it, told from there (FG5002).</summary>
    public static IEnumerable<(string Key, Issue Issue)> FindCycles(List<BindResult> all, Dictionary<string, BindResult> byKey)
    {
        foreach (BindResult workflow in all)
        {
            if (FindPath(workflow, workflow.Calls, workflow.Surface.Key, byKey, withChoices: false) is { } cycle)
            {
                yield return (workflow.Surface.Key, Describe(Rule.WorkflowCycle, workflow, cycle));
            }
        }
    }

    /// <summary>A dynamic call that may come back to its own workflow (FG5003).</summary>
    public static IEnumerable<(string Key, Issue Issue)> FindChoiceCycles(List<BindResult> all, Dictionary<string, BindResult> byKey)
    {
        foreach (BindResult workflow in all)
        {
            foreach (IGrouping<Spot, WorkflowCall> node in workflow.Choices.GroupBy(c => c.Spot))
            {
                if (FindPath(workflow, node, workflow.Surface.Key, byKey, withChoices: true) is { } cycle)
                {
                    yield return (workflow.Surface.Key, Describe(Rule.ChoiceCycle, workflow, cycle));
                }
            }
        }
    }

    /// <summary>A wait within an [Each] within an [Each]: the position of an element does not tell it from others (FG9008).</summary>
    public static IEnumerable<(string Key, Issue Issue)> FindWaitsInLoops(List<BindResult> all)
    {
        if (!all.Exists(w => w.Waits.Any(wait => !wait.IsKeyed)))
        {
            yield break;
        }

        ILookup<string, (BindResult From, WorkflowCall Call)> callers = all
            .SelectMany(w => w.Calls.Select(call => (From: w, Call: call)))
            .ToLookup(c => c.Call.Child, StringComparer.Ordinal);
        Dictionary<string, IReadOnlyList<Spot>> around = new(StringComparer.Ordinal);
        foreach (BindResult workflow in all)
        {
            foreach (WaitPlace wait in workflow.Waits.Where(w => !w.IsKeyed))
            {
                IEnumerable<Spot> outer = LoopsAround(workflow.Surface.Key, callers, around);
                List<Spot> loops = [.. wait.Each is { } own ? outer.Prepend(own) : outer];
                if (loops.Count > 1)
                {
                    yield return (workflow.Surface.Key, new Issue(
                        Rule.WaitKey,
                        wait.Spot,
                        EquatableArray.Of(wait.Node, "it runs in an [Each] within an [Each], where the position of an element does not tell it from others"),
                        loops.Take(2).ToEquatableArray()));
                }
            }
        }
    }

    /// <summary>Where a workflow is called with the most loops around it: these loops, the innermost first, two of them at most.</summary>
    private static IReadOnlyList<Spot> LoopsAround(
        string key, ILookup<string, (BindResult From, WorkflowCall Call)> callers, Dictionary<string, IReadOnlyList<Spot>> known)
    {
        if (known.TryGetValue(key, out IReadOnlyList<Spot>? most))
        {
            return most;
        }

        // What comes back to itself is a cycle, which is reported.
        known.Add(key, []);
        most = [];
        foreach ((BindResult from, WorkflowCall call) in callers[key])
        {
            IEnumerable<Spot> outer = LoopsAround(from.Surface.Key, callers, known);
            List<Spot> loops = [.. (call.Each is { } each ? outer.Prepend(each) : outer).Take(2)];
            most = loops.Count > most.Count ? loops : most;
        }

        return known[key] = most;
    }

    private static Issue Describe(string rule, BindResult workflow, List<(BindResult From, WorkflowCall Call)> cycle)
    {
        string path = string.Join(" -> ", cycle.Select(c => c.From.Display).Append(workflow.Display));
        string calls = string.Join(", ", cycle.Select(c => $"{c.From.Display}.{c.Call.Node}"));
        return new Issue(rule, cycle[0].Call.Spot, EquatableArray.Of(path, calls), cycle.Skip(1).Select(c => c.Call.Spot).ToEquatableArray());
    }

    /// <summary>A shortest way from some calls of a workflow to a workflow.</summary>
    private static List<(BindResult From, WorkflowCall Call)>? FindPath(
        BindResult start, IEnumerable<WorkflowCall> first, string end, Dictionary<string, BindResult> byKey, bool withChoices)
    {
        Dictionary<string, (BindResult From, WorkflowCall Call)> reachedBy = new(StringComparer.Ordinal);
        Queue<string> open = new();
        Follow(start, first);
        while (open.Count > 0 && !reachedBy.ContainsKey(end))
        {
            if (byKey.TryGetValue(open.Dequeue(), out BindResult? from))
            {
                Follow(from, withChoices ? from.Calls.Concat(from.Choices) : from.Calls);
            }
        }

        if (!reachedBy.TryGetValue(end, out (BindResult From, WorkflowCall Call) last))
        {
            return null;
        }

        List<(BindResult From, WorkflowCall Call)> path = [last];
        while (path[0].From != start)
        {
            path.Insert(0, reachedBy[path[0].From.Surface.Key]);
        }

        return path;

        void Follow(BindResult from, IEnumerable<WorkflowCall> calls)
        {
            foreach (WorkflowCall call in calls)
            {
                if (!reachedBy.ContainsKey(call.Child))
                {
                    reachedBy.Add(call.Child, (from, call));
                    open.Enqueue(call.Child);
                }
            }
        }
    }
}
