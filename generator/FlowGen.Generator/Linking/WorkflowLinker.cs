using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Emission;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking;

/// <summary>
/// Puts the workflows of an assembly together: what only shows when one knows them all (FG1007, FG5002, FG5003, FG5014, FG5017, FG8007, FG9008), and for each
/// root the workflows that it reaches. The order given decides who is first to have an id; nothing else depends on it.
/// </summary>
internal static class WorkflowLinker
{
    public static LinkResult Link(IReadOnlyList<BindResult> workflows, CancellationToken cancellationToken)
    {
        Dictionary<string, BindResult> byKey = new(StringComparer.Ordinal);
        List<BindResult> all = [];
        foreach (BindResult workflow in workflows)
        {
            // A class with [Workflow] on two parts comes twice; the C# compiler says so.
            if (!byKey.ContainsKey(workflow.Surface.Key))
            {
                byKey.Add(workflow.Surface.Key, workflow);
                all.Add(workflow);
            }
        }

        SizeCheck sizes = new(byKey);
        ILookup<string, Issue> found = FindDuplicateIds(all)
            .Concat(CallGraph.FindCycles(all, byKey))
            .Concat(CallGraph.FindChoiceCycles(all, byKey))
            .Concat(CallGraph.FindWaitsInLoops(all))
            .Concat(FindRestrictions(all, byKey))
            .Concat(sizes.Find(all))
            .ToLookup(f => f.Key, f => f.Issue, StringComparer.Ordinal);
        cancellationToken.ThrowIfCancellationRequested();

        Dictionary<string, EquatableArray<Issue>> issues = all.ToDictionary(
            w => w.Surface.Key, w => CheckStages.Filter(w.Issues.Concat(found[w.Surface.Key])), StringComparer.Ordinal);
        foreach (BindResult derived in all.Where(w => w.Base is not null))
        {
            issues[derived.Surface.Key] = WithoutInherited(derived, issues, byKey);
        }

        HashSet<string> broken = new(
            all.Where(w => (w.Bound is null && !w.InheritsEntry) || issues[w.Surface.Key].Any(i => Rule.IsError(i.Id))).Select(w => w.Surface.Key), StringComparer.Ordinal);
        HashSet<string> children = new(all.SelectMany(w => w.Calls).Select(c => c.Child), StringComparer.Ordinal);
        HashSet<string> reached = new(all.SelectMany(w => w.Calls).Where(c => !c.IsLinked).Select(c => c.Child).Concat(all.Select(w => w.Base).OfType<string>()), StringComparer.Ordinal);

        Dictionary<string, string> files = HintNames.For(byKey.Keys);
        List<LinkedResult> linked = [];
        foreach (BindResult workflow in all)
        {
            cancellationToken.ThrowIfCancellationRequested();
            string key = workflow.Surface.Key;
            SortedSet<string> reachable = Reach(key, byKey);
            string? culprit = broken.Contains(key) ? key
                : reachable.Concat(Ancestors(key, byKey)).FirstOrDefault(k => broken.Contains(k) || !byKey.ContainsKey(k));
            LinkedWorkflow? root = culprit is null && workflow.Bound is not null
                ? new LinkedWorkflow(workflow.Bound!, reachable.Select(k => byKey[k].Bound).OfType<BoundWorkflow>().ToEquatableArray(), children.Contains(key), reached.Contains(key))
                : null;
            string? brokenBy = culprit is null ? null : NameOf(culprit);
            linked.Add(new LinkedResult(workflow.Surface, root, issues[key], workflow.CanEmit, workflow.Display, brokenBy, files[key],
                root is null ? DeclaredGraphBuilder.Build(workflow, byKey, isFlat: sizes.IsTooLarge(key)) : DeclaredGraph.None,
                InheritsEntry: culprit is null && workflow.InheritsEntry)
            {
                BreaksDeclaration = workflow.BreaksDeclaration,
            });
        }

        return new LinkResult(linked.ToEquatableArray());

        string NameOf(string key) => byKey.TryGetValue(key, out BindResult? found) ? found.Display : key;
    }

    private static IEnumerable<(string Key, Issue Issue)> FindDuplicateIds(List<BindResult> all)
    {
        Dictionary<string, BindResult> owners = new(StringComparer.Ordinal);
        foreach (BindResult workflow in all)
        {
            if (owners.TryGetValue(workflow.Surface.Id, out BindResult? owner))
            {
                EquatableArray<string> arguments = EquatableArray.Of(workflow.Surface.Id, owner.Display);
                yield return (
                    workflow.Surface.Key,
                    new Issue(Rule.DuplicateWorkflowId, workflow.IdSpot, arguments, EquatableArray.Of(owner.IdSpot)));
            }
            else
            {
                owners.Add(workflow.Surface.Id, workflow);
            }
        }
    }

    /// <summary>Types that a child keeps to itself while a parent's flattened code has to name them.</summary>
    private static IEnumerable<(string Key, Issue Issue)> FindRestrictions(List<BindResult> all, Dictionary<string, BindResult> byKey)
    {
        HashSet<Spot> reported = [];
        foreach (BindResult parent in all)
        {
            IEnumerable<string> ancestors = parent.InheritsEntry ? [] : Ancestors(parent.Surface.Key, byKey);
            foreach ((string key, bool isBase) in Reach(parent.Surface.Key, byKey, laidOutOnly: true).Select(k => (k, false)).Concat(ancestors.Select(a => (a, true))))
            {
                if (key == parent.Surface.Key || !byKey.TryGetValue(key, out BindResult? child))
                {
                    continue;
                }

                foreach (NodeRestriction hidden in child.Restrictions.Where(r => !(isBase && r.Restriction.IsInheritable) && reported.Add(r.Restriction.Spot)))
                {
                    Restriction restriction = hidden.Restriction;
                    yield return restriction.IsState
                        ? (key, Describe(Rule.StateTooPrivate, restriction.Type, parent.Display, child.Display))
                        : (key, Describe(Rule.TypeTooPrivate, restriction.Type, $"{child.Display}.{hidden.Node}", parent.Display, child.Display));

                    Issue Describe(string id, params string[] arguments)
                        => new(id, restriction.Spot, EquatableArray.Of(arguments), EquatableArray.Of(new Spot(parent.Surface.Key)));
                }
            }
        }
    }

    /// <summary>The workflows of this assembly that a workflow derives from.</summary>
    private static IEnumerable<string> Ancestors(string key, Dictionary<string, BindResult> byKey)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        while (byKey.TryGetValue(key, out BindResult? workflow) && workflow.Base is { } ancestor && seen.Add(ancestor))
        {
            yield return ancestor;
            key = ancestor;
        }
    }

    /// <summary>What is wrong with an inherited node is said once, where it is declared, and advice about it is not the derived workflow's business.</summary>
    private static EquatableArray<Issue> WithoutInherited(
        BindResult derived, Dictionary<string, EquatableArray<Issue>> issues, Dictionary<string, BindResult> byKey)
    {
        List<string> ancestors = [.. Ancestors(derived.Surface.Key, byKey)];
        HashSet<(string, Spot)> known = [.. ancestors.Where(issues.ContainsKey).SelectMany(a => issues[a]).Select(i => (i.Id, i.Spot))];
        return issues[derived.Surface.Key]
            .Where(i => !ancestors.Contains(i.Spot.Type) || (Rule.IsError(i.Id) && !known.Contains((i.Id, i.Spot))))
            .ToEquatableArray();
    }

    /// <summary>It and everything that it calls, directly or not; by key.</summary>
    private static SortedSet<string> Reach(string start, Dictionary<string, BindResult> byKey, bool laidOutOnly = false)
    {
        SortedSet<string> reached = new(StringComparer.Ordinal) { start };
        Stack<string> open = new([start]);
        while (open.Count > 0)
        {
            if (byKey.TryGetValue(open.Pop(), out BindResult? workflow))
            {
                foreach (WorkflowCall call in workflow.Calls)
                {
                    if (!(laidOutOnly && call.IsLinked) && reached.Add(call.Child))
                    {
                        open.Push(call.Child);
                    }
                }
            }
        }

        return reached;
    }
}
