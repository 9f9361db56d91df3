using System.ComponentModel;
using FlowGen.CompilerServices;

namespace FlowGen;

/// <content>Where the nodes of the run stand. One byte for each in the handle itself; counters only for nodes that run several times at once.</content>
public abstract partial class FlowRun
{
    private Counters? _counters;
    private List<FlowFrame>? _parts;

    /// <summary>Emitted: a byte for each node of the workflow's graph.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract Span<byte> NodeStates { get; }

    /// <summary>
    /// Where a node stands; while several executions of it are under way, or there have been several, the most telling of them: executing or waiting, else failed,
    /// cancelled, compensated, completed, skipped.
    /// </summary>
    /// <param name="node">Its index in the graph.</param>
    protected NodeState StateOf(int node) => (NodeState)Volatile.Read(ref NodeStates[node]);

    /// <summary>A node has changed.</summary>
    /// <param name="node">Its index in the graph of the run.</param>
    /// <param name="state">What it is now.</param>
    /// <param name="isOneOfMany">Other executions of it may be under way.</param>
    /// <param name="started">1 when an execution has begun, -1 when one has ended.</param>
    internal void Note(int node, NodeState state, bool isOneOfMany, int started)
    {
        Span<byte> states = NodeStates;
        if (node >= states.Length)
        {
            // A workflow that nobody foresaw: its nodes have no names here.
            return;
        }

        if (isOneOfMany)
        {
            using Held held = Hold();
            state = (_counters ??= new Counters(states.Length)).Count(node, state, started);
        }

        Volatile.Write(ref states[node], (byte)state);
        if (IsFinal(state))
        {
            NodeSettled(node);
        }
    }

    /// <summary>A linked sub-workflow begins.</summary>
    internal void AddPart(FlowFrame part)
    {
        using Held held = Hold();
        (_parts ??= []).Add(part);
    }

    /// <summary>It has ended.</summary>
    internal void RemovePart(FlowFrame part)
    {
        using Held held = Hold();
        _parts?.Remove(part);
    }

    /// <summary>Whether one activation may run the node several times.</summary>
    internal bool RunsSeveralTimes(int node) => Graph.Nodes[node].Repeats;

    private static bool IsFinal(NodeState state) =>
        state is NodeState.Completed or NodeState.Skipped or NodeState.Failed or NodeState.Cancelled or NodeState.Compensated;

    private sealed class Counters(int nodes)
    {
        private readonly int[] _active = new int[nodes];
        private readonly byte[] _worst = new byte[nodes];

        internal NodeState Count(int node, NodeState state, int started)
        {
            int active = Math.Max(0, _active[node] + started);
            _active[node] = active;
            if (IsFinal(state) && Weight(state) > Weight((NodeState)_worst[node]))
            {
                _worst[node] = (byte)state;
            }

            return active == 0 ? (NodeState)_worst[node] : state is NodeState.Waiting && active == 1 ? NodeState.Waiting : NodeState.Executing;
        }

        private static int Weight(NodeState state) => state switch
        {
            NodeState.Failed => 5,
            NodeState.Cancelled => 4,
            NodeState.Compensated => 3,
            NodeState.Completed => 2,
            NodeState.Skipped => 1,
            _ => 0,
        };
    }
}
