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
        bool mayGoOn = RunsSeveralTimes(node);
        if (!HasName(node))
        {
            // What follows from its end follows all the same.
        }
        else if (isOneOfMany)
        {
            // Written within the gate: who counted first must not write last.
            using Held held = Hold();
            state = KnownCounters.Count(node, state, started, mayGoOn);
            Volatile.Write(ref NodeStates[node], (byte)state);
        }
        else
        {
            Volatile.Write(ref NodeStates[node], (byte)state);
        }

        if (!mayGoOn && IsFinal(state))
        {
            NodeSettled(node);
        }
    }

    /// <summary>The same for a node of the run's own workflow that runs once.</summary>
    internal void NoteOnce(int node, NodeState state, NodeTraits traits)
    {
        Span<byte> states = NodeStates;
        if (node < states.Length)
        {
            Volatile.Write(ref states[node], (byte)state);
        }

        // A wait that was answered has told everybody already, and nothing else hangs on it.
        if (IsFinal(state) && !((traits & NodeTraits.Wait) != NodeTraits.None && state == NodeState.Completed && _frame?.KnownWaits?.Known(node) is { IsOver: true }))
        {
            NodeSettled(node);
        }
    }

    /// <summary>A node that may run several times will not run again.</summary>
    internal void Settle(int node)
    {
        if (HasName(node))
        {
            using Held held = Hold();
            NodeState state = KnownCounters.Settle(node);
            if (IsFinal(state))
            {
                Volatile.Write(ref NodeStates[node], (byte)state);
            }
        }

        NodeSettled(node);
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
    internal bool RunsSeveralTimes(int node) => (Graph.Traits[node] & NodeTraits.Repeats) != NodeTraits.None;

    /// <summary>Whether it is in the graph of the handle: the nodes of linked assemblies stand behind all others, without a name here.</summary>
    private bool HasName(int node) => node < NodeStates.Length;

    private Counters KnownCounters => _counters ??= new Counters(NodeStates.Length);

    /// <summary>Whether the node has come to an end, and will not begin again within what is around it.</summary>
    private bool HasSettled(int node) => IsFinal(StateOf(node)) && (!RunsSeveralTimes(node) || HasCounterSettled(node));

    private bool HasCounterSettled(int node)
    {
        using Held held = Hold();
        return KnownCounters.HasSettled(node);
    }

    private static bool IsFinal(NodeState state) =>
        state is NodeState.Completed or NodeState.Skipped or NodeState.Failed or NodeState.Cancelled or NodeState.Compensated;

    private sealed class Counters(int nodes)
    {
        private readonly int[] _active = new int[nodes];
        private readonly byte[] _worst = new byte[nodes];
        private readonly bool[] _hasSettled = new bool[nodes];

        internal bool HasSettled(int node) => _hasSettled[node];

        internal NodeState Settle(int node)
        {
            _hasSettled[node] = true;
            return _active[node] == 0 ? (NodeState)_worst[node] : NodeState.Executing;
        }

        internal NodeState Count(int node, NodeState state, int started, bool mayGoOn)
        {
            // Begins in another activation of what is around it.
            _hasSettled[node] &= started <= 0;
            int active = Math.Max(0, _active[node] + started);
            _active[node] = active;
            if (IsFinal(state) && Weight(state) > Weight((NodeState)_worst[node]))
            {
                _worst[node] = (byte)state;
            }

            // Between two of its executions it has not ended.
            return active == 0 ? (mayGoOn && !_hasSettled[node] ? NodeState.Executing : (NodeState)_worst[node]) : state is NodeState.Waiting && active == 1 ? NodeState.Waiting : NodeState.Executing;
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
