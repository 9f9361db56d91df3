namespace FlowGen.CompilerServices;

/// <content>
/// Nodes that wait, for another try or for their turn, and do not count among those that execute. Where a limit is shared, what is inside of a node holds a part of what that
/// node holds: such a part is given back where the outermost of the limits is kept, so that whoever waits anywhere in the run is in nobody's way.
/// </content>
public abstract partial class FlowFrame
{
    /// <summary>A node, or an element of one, waits and does not execute meanwhile.</summary>
    /// <param name="step">Its step; -1 for an element.</param>
    /// <param name="node">The node in the frame's own graph.</param>
    internal void ReleaseLeaf(int step, int node)
    {
        (FlowFrame limiter, int part) = LimiterOf(step, node);
        if (part < 0)
        {
            ReleaseOwn(step);
        }
        else
        {
            limiter.ReleasePart(part);
        }
    }

    /// <summary>It executes again.</summary>
    /// <param name="step">Its step; -1 for an element.</param>
    /// <param name="node">The node in the frame's own graph.</param>
    /// <param name="waiting">Put to work on the thread pool when others have made room; null not to wait for that.</param>
    /// <param name="ticket">With which to stop waiting.</param>
    /// <returns>False when there is no room.</returns>
    internal bool TryRetakeLeaf(int step, int node, IThreadPoolWorkItem? waiting, out long ticket)
    {
        (FlowFrame limiter, int part) = LimiterOf(step, node);
        return part < 0 ? TryRetakeOwn(step, waiting, out ticket) : limiter.TryRetakePart(part, waiting, out ticket);
    }

    /// <summary>It need not execute any more.</summary>
    /// <param name="step">Its step; -1 for an element.</param>
    /// <param name="node">The node in the frame's own graph.</param>
    /// <param name="waiting">Who waits.</param>
    /// <param name="ticket">For which time; 0 for any.</param>
    /// <returns>False when it has been put to work already.</returns>
    internal bool TryStopRetaking(int step, int node, IThreadPoolWorkItem waiting, long ticket = 0) => LimiterOf(step, node).Frame.TryStopWaiting(waiting, ticket);

    /// <summary>Only parallel frames count who executes.</summary>
    private protected virtual void ReleaseOwn(int step)
    {
    }

    private protected virtual bool TryRetakeOwn(int step, IThreadPoolWorkItem? waiting, out long ticket)
    {
        ticket = 0;
        return true;
    }

    private protected virtual void ReleasePart(int node)
    {
    }

    private protected virtual bool TryRetakePart(int node, IThreadPoolWorkItem? waiting, out long ticket)
    {
        ticket = 0;
        return true;
    }

    private protected virtual bool TryStopWaiting(IThreadPoolWorkItem waiting, long ticket) => false;

    /// <summary>Whether it counts who executes in a node.</summary>
    private protected virtual bool IsLimiting(int node) => false;

    /// <summary>
    /// The outermost frame in which a limit holds for a node, and the node there of which it is a part: one that this frame belongs to, or the node of an element; -1 for no
    /// part of anything.
    /// </summary>
    private (FlowFrame Frame, int Part) LimiterOf(int step, int node)
    {
        (FlowFrame, int) limiter = (this, step < 0 ? node : -1);
        for (FlowFrame frame = this; frame.Parent is { } parent; frame = parent)
        {
            if (parent.IsLimiting(frame.Boundary))
            {
                limiter = (parent, frame.Boundary);
            }
        }

        return limiter;
    }
}
