namespace FlowGen.CompilerServices;

/// <content>Nodes that wait, and limits of which they are off the count meanwhile.</content>
public abstract partial class ParallelFrame<TResult>
{
    private bool IsLimited => Limit != 0 || Steps.Limits.Length != 0;

    private protected sealed override void ReleaseOwn(int step)
    {
        if (!IsLimited || (Steps.TraitsOf(step) & StepTraits.Leaf) == StepTraits.None)
        {
            return;
        }

        if (!Scheduled)
        {
            // It waits in the first pass, and will be counted as suspended only when that leaves it.
            Schedule(step);
        }

        if (_scheduler.TryReleaseLeaf(step))
        {
            KickLater();
        }
    }

    private protected sealed override bool TryRetakeOwn(int step, IThreadPoolWorkItem? waiting, out long ticket)
    {
        ticket = 0;
        return !IsLimited || _scheduler.TryRetakeLeaf(step, isPart: false, waiting, out ticket);
    }

    private protected sealed override void ReleasePart(int node)
    {
        if (IsLimiting(node))
        {
            _scheduler.ReleasePart(Steps.LeafOf(node));
            KickLater();
        }
    }

    private protected sealed override bool TryRetakePart(int node, IThreadPoolWorkItem? waiting, out long ticket)
    {
        ticket = 0;
        return !IsLimiting(node) || _scheduler.TryRetakeLeaf(Steps.LeafOf(node), isPart: true, waiting, out ticket);
    }

    private protected sealed override bool TryStopWaiting(IThreadPoolWorkItem waiting, long ticket) => Scheduled && _scheduler.TryStopWaiting(waiting, ticket);

    private protected sealed override bool IsLimiting(int node)
    {
        if (Limit != 0 || Steps.Limits.Length == 0)
        {
            return Limit != 0;
        }

        int step = Steps.LeafOf(node);
        return Array.Exists(Steps.Limits, limit => limit.Covers(step));
    }

    private void KickLater()
    {
        _scheduler.ExpectKick();
        PoolWork.Queue(this);
    }
}
