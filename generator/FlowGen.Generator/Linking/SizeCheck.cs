using System.Globalization;
using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking;

/// <summary>
/// Workflows that flatten to more steps than the tables of a run can number (FG5014). Counted from the calls alone, so that a few workflows that call each
/// other twice are found out before anybody lays out millions of steps.
/// </summary>
internal sealed class SizeCheck(Dictionary<string, BindResult> byKey)
{
    /// <summary>Tables refer to nodes by numbers of 16 bits with a sign.</summary>
    public const int MaxSteps = short.MaxValue;

    private readonly Dictionary<string, long> _sizes = new(StringComparer.Ordinal);

    public bool IsTooLarge(string key) => Of(key) > MaxSteps;

    /// <summary>Told of the workflow that is too large, and not of those that call it.</summary>
    public IEnumerable<(string Key, Issue Issue)> Find(List<BindResult> all)
    {
        foreach (BindResult workflow in all)
        {
            long size = Of(workflow.Surface.Key);
            if (size > MaxSteps && !workflow.Calls.Any(c => IsTooLarge(c.Child)))
            {
                yield return (workflow.Surface.Key, new Issue(
                    Rule.TooManySteps,
                    new Spot(workflow.Surface.Key),
                    EquatableArray.Of(workflow.Display, size.ToString("N0", CultureInfo.InvariantCulture), MaxSteps.ToString("N0", CultureInfo.InvariantCulture)),
                    EquatableArray<Spot>.Empty));
            }
        }
    }

    /// <summary>Its nodes and predicates, and for each call where it ends and what it calls.</summary>
    private long Of(string key)
    {
        if (_sizes.TryGetValue(key, out long known))
        {
            return known;
        }

        // What comes back to itself is a cycle, which is reported.
        _sizes[key] = 0;
        if (!byKey.TryGetValue(key, out BindResult? workflow))
        {
            return 0;
        }

        long size = workflow.Nodes.Count + (workflow.Bound?.Predicates.Count ?? 0);
        foreach (WorkflowCall call in workflow.Calls)
        {
            // Beyond the limit nobody cares by how much.
            size = Math.Min(int.MaxValue, size + 1 + Of(call.Child));
        }

        return _sizes[key] = size;
    }
}
