using System.ComponentModel;

namespace FlowGen.CompilerServices;

/// <summary>What the scheduler must know of a step.</summary>
[Flags]
[EditorBrowsable(EditorBrowsableState.Never)]
public enum StepTraits : byte
{
    /// <summary>Nothing special.</summary>
    None = 0,

    /// <summary>Somebody handles its failure: it is best effort, or its outcome is observed.</summary>
    Handled = 1,

    /// <summary>The entry boundary of a sub-workflow.</summary>
    Enter = 2,

    /// <summary>The exit boundary of a sub-workflow; it runs whatever happened inside.</summary>
    Exit = 4,

    /// <summary>It executes a node's body and counts against MaxParallelism.</summary>
    Leaf = 8,

    /// <summary>It can become impossible before everything it waits for has settled.</summary>
    Early = 16,

    /// <summary>It runs a sub-workflow in a frame of its own.</summary>
    Linked = 32,

    /// <summary>Its completion does more than let others start, so that emitted code has to see it.</summary>
    Acts = 64,

    /// <summary>It may start before everything it waits for has settled.</summary>
    Any = 128,
}

/// <summary>The compiled shape of a workflow: static data, made once per emitted frame class.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class StepTable
{
    private readonly short[] _nodes;
    private readonly ushort[] _exits;
    private readonly StepTraits[] _traits;
    private readonly int[] _enters;

    /// <summary>A table for steps that run one after the other.</summary>
    /// <param name="nodes">Per step, the node in the workflow's graph, or -1.</param>
    /// <param name="exits">Per step, the exit step of the innermost sub-workflow that encloses it.</param>
    /// <param name="traits">Per step, its <see cref="StepTraits"/>.</param>
    public StepTable(ReadOnlySpan<short> nodes, ReadOnlySpan<ushort> exits, ReadOnlySpan<byte> traits)
        : this(nodes, exits, traits, [], [], [], [])
    {
    }

    /// <summary>A table for steps that may overlap.</summary>
    /// <param name="nodes">As above.</param>
    /// <param name="exits">As above.</param>
    /// <param name="traits">As above.</param>
    /// <param name="edges">Triples: predecessor, successor, kind (1: its settling may make the successor impossible; 2: order only; 4: one of several that are enough; may be combined).</param>
    /// <param name="regions">Per step, the region that it belongs to; empty when there is only the whole run.</param>
    /// <param name="bounds">Pairs per region: its enter step and its parent region; the first pair is the whole run.</param>
    /// <param name="limits">Pairs per sub-workflow with a MaxParallelism of its own: its enter step and the limit.</param>
    public StepTable(
        ReadOnlySpan<short> nodes,
        ReadOnlySpan<ushort> exits,
        ReadOnlySpan<byte> traits,
        ReadOnlySpan<ushort> edges,
        ReadOnlySpan<ushort> regions,
        ReadOnlySpan<ushort> bounds,
        ReadOnlySpan<ushort> limits)
    {
        _nodes = nodes.ToArray();
        _exits = exits.ToArray();
        _traits = new StepTraits[traits.Length];
        for (int i = 0; i < traits.Length; i++)
        {
            _traits[i] = (StepTraits)traits[i];
        }

        HasAny = Array.Exists(_traits, static trait => (trait & StepTraits.Any) != StepTraits.None);
        HasEarly = HasAny || Array.Exists(_traits, static trait => (trait & StepTraits.Early) != StepTraits.None);
        Regions = regions.IsEmpty ? new ushort[nodes.Length] : regions.ToArray();
        Bounds = bounds.IsEmpty ? [0, 0] : bounds.ToArray();
        Waits = new ushort[nodes.Length];
        OrderWaits = new ushort[nodes.Length];
        AnyWaits = HasAny ? new ushort[nodes.Length] : [];
        Offsets = new int[nodes.Length + 1];
        Successors = new ushort[edges.Length / 3];
        Kinds = new byte[edges.Length / 3];
        _enters = MatchBoundaries();
        Connect(edges);
        Starts = new ScheduleStart?[nodes.Length];
        Limits = new StepLimit[limits.Length / 2];
        for (int i = 0; i < Limits.Length; i++)
        {
            int enter = limits[2 * i];
            Limits[i] = new StepLimit(enter, _enters[enter], limits[(2 * i) + 1]);
        }
    }

    /// <summary>Sub-workflows with a MaxParallelism of their own.</summary>
    internal StepLimit[] Limits { get; }

    /// <summary>Whether any step can become impossible, or ready, early.</summary>
    internal bool HasEarly { get; }

    /// <summary>Whether any step can become ready early.</summary>
    internal bool HasAny { get; }

    internal int Count => _nodes.Length;

    /// <summary>
    /// Per step with which a run was suspended for the first time: what its scheduler started with, once known. All runs share it; two that
    /// find out at once write the same.
    /// </summary>
    internal ScheduleStart?[] Starts { get; }

    /// <summary>Predecessors of each step.</summary>
    internal ushort[] Waits { get; }

    /// <summary>Predecessors of each step that only order it.</summary>
    internal ushort[] OrderWaits { get; }

    /// <summary>Predecessors of each step of which one is enough.</summary>
    internal ushort[] AnyWaits { get; }

    /// <summary>Where the successors of each step begin in <see cref="Successors"/> and <see cref="Kinds"/>.</summary>
    internal int[] Offsets { get; }

    internal ushort[] Successors { get; }

    internal byte[] Kinds { get; }

    internal ReadOnlySpan<ushort> SuccessorsOf(int step) => Successors.AsSpan(Offsets[step], Offsets[step + 1] - Offsets[step]);

    internal ushort[] Regions { get; }

    internal ushort[] Bounds { get; }

    internal int RegionCount => Bounds.Length / 2;

    internal int NodeOf(int step) => _nodes[step];

    /// <summary>The step that executes a node.</summary>
    internal int LeafOf(int node)
    {
        int step = 0;
        while (_nodes[step] != node || (_traits[step] & StepTraits.Leaf) == StepTraits.None)
        {
            step++;
        }

        return step;
    }

    internal int ExitOf(int step) => _exits[step];

    internal StepTraits TraitsOf(int step) => _traits[step];

    internal bool IsLinked(int step) => (_traits[step] & StepTraits.Linked) != StepTraits.None;

    internal bool IsHandled(int step) => (_traits[step] & StepTraits.Handled) != StepTraits.None;

    /// <summary>The enter step that belongs to an exit step; -1 for the exit of the run itself.</summary>
    internal int EnterOf(int exit) => _enters[exit];

    /// <summary>The exit step that belongs to an enter step.</summary>
    internal int ExitOfScope(int enter) => _enters[enter];

    private int[] MatchBoundaries()
    {
        var partners = new int[Count];
        var open = new Stack<int>();
        for (int step = 0; step < Count; step++)
        {
            partners[step] = -1;
            if ((_traits[step] & StepTraits.Enter) != StepTraits.None)
            {
                open.Push(step);
            }
            else if ((_traits[step] & StepTraits.Exit) != StepTraits.None && open.TryPop(out int enter))
            {
                partners[step] = enter;
                partners[enter] = step;
            }
        }

        return partners;
    }

    private void Connect(ReadOnlySpan<ushort> edges)
    {
        for (int i = 0; i < edges.Length; i += 3)
        {
            Offsets[edges[i] + 1]++;
            Waits[edges[i + 1]]++;
            if ((edges[i + 2] & 2) != 0)
            {
                OrderWaits[edges[i + 1]]++;
            }

            if ((edges[i + 2] & 4) != 0)
            {
                AnyWaits[edges[i + 1]]++;
            }
        }

        for (int i = 0; i < Count; i++)
        {
            Offsets[i + 1] += Offsets[i];
        }

        int[] next = (int[])Offsets.Clone();
        for (int i = 0; i < edges.Length; i += 3)
        {
            int position = next[edges[i]]++;
            Successors[position] = edges[i + 1];
            Kinds[position] = (byte)edges[i + 2];
        }
    }
}

/// <summary>How many leaf nodes of one sub-workflow may execute at once.</summary>
internal readonly record struct StepLimit(int Enter, int Exit, int Leaves)
{
    internal bool Covers(int step) => step > Enter && step < Exit;
}
