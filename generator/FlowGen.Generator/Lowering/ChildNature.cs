using FlowGen.Generator.Model;

namespace FlowGen.Generator.Lowering;

/// <summary>
/// What it is about a workflow that keeps it from being laid out in its parent. What concerns an activation as a whole (its time limit, its own handlers, an early end, what goes on to the last) is
/// kept by a frame, so such a workflow runs in one of its own.
/// </summary>
internal sealed class ChildNature(IReadOnlyDictionary<string, BoundWorkflow> workflows, GraphBuilder graph)
{
    /// <summary>Beyond this, code that is used again is called rather than repeated.</summary>
    private const int MaxRepeatedNodes = 64;

    private readonly Dictionary<string, bool> _compensations = new(StringComparer.Ordinal);

    /// <summary>Whether an activation needs a frame of its own, whoever calls it.</summary>
    public static bool NeedsFrame(BoundWorkflow child) =>
        child.Settings.Timeout is not null
        || child.Settings.WaitsForSiblings
        || child.Handlers.Count > 0
        || child.Nodes.Any(node => node.Joins.Ends)
        || Lingers(child);

    /// <summary>Whether elements may still be in flight when their node has completed: an activation must not end before them.</summary>
    public static bool Lingers(BoundWorkflow workflow) => workflow.Nodes.Any(node => node.Each is { Until: >= 0, Rest: EachRest.Ignore });

    /// <summary>Whether completed activations may leave something to be undone later.</summary>
    public bool HasCompensations(BoundWorkflow workflow)
    {
        string key = workflow.Surface.Key;
        if (!_compensations.TryGetValue(key, out bool known))
        {
            known = workflow.Compensations.Count > 0 || MayHoldCompensations(workflow);
            _compensations[key] = known;
        }

        return known;
    }

    /// <summary>Whether it calls something that may leave something to be undone. What comes from elsewhere may.</summary>
    public bool MayHoldCompensations(BoundWorkflow workflow) => workflow.Nodes.Any(node =>
        node.Dynamic is not null
        || (node.ChildTarget is { } child && (child.Link == ChildLink.External || child.Entry.IsOverridable || HasCompensations(workflows[child.Key]))));

    /// <summary>Whether laying it out at each of its calls would repeat much code.</summary>
    public bool IsTooLarge(BoundWorkflow parent, BoundNode call)
    {
        string key = call.ChildTarget!.Key;
        int size = graph.SizeOf(workflows[key]);
        return size > MaxRepeatedNodes && parent.Nodes.Count(node => node.Each is null && node.ChildTarget?.Key == key) > 1;
    }
}
