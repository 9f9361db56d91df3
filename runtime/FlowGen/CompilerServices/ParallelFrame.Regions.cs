using System.Runtime.CompilerServices;

namespace FlowGen.CompilerServices;

/// <content>What fails together: the whole run, and each sub-workflow whose failure its parent handles.</content>
public abstract partial class ParallelFrame<TResult>
{
    private readonly FlowRegion?[] _regions;

    /// <summary>Makes a frame with its failure regions.</summary>
    /// <param name="regions">1 for the run, and 1 for each sub-workflow whose failure its parent handles.</param>
    protected ParallelFrame(int regions) => _regions = new FlowRegion?[regions];

    /// <summary>The token of the nodes in a region: cancelled by the caller, and by the first failure in the region.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected CancellationToken RegionToken(int region) =>
        _regions[region] is { Token: { CanBeCanceled: true } token } ? token : OpenToken(region);

    /// <summary>
    /// Whether the sub-workflow that <paramref name="exit"/> closes is failing, or was cancelled by what fails around it. One of which everything has completed by then has
    /// completed, so that it will be compensated.
    /// </summary>
    protected bool IsFailing(int exit)
    {
        for (int region = Steps.Regions[exit]; ; region = Steps.Bounds[(2 * region) + 1])
        {
            if (_regions[region] is { IsFailing: true })
            {
                return _scheduler.HasAbandoned(Steps.EnterOf(exit), exit - 1);
            }

            if (region == 0)
            {
                return false;
            }
        }
    }

    /// <summary>The failure or cancellation that <paramref name="exit"/> is left with; null when only something around it is failing.</summary>
    protected (RunStatus Status, Exception? Error) OutcomeOf(int exit)
    {
        for (int region = Steps.Regions[exit]; ; region = Steps.Bounds[(2 * region) + 1])
        {
            if (_regions[region] is { Error: { } error } found)
            {
                // What fails elsewhere cancels what goes on here.
                bool isHere = found.FailedStep > Steps.EnterOf(exit) && found.FailedStep <= exit;
                return (StatusOf(error, found.IsCancelled || !isHere), isHere ? error : null);
            }

            if (region == 0)
            {
                return (RunStatus.Completed, null);
            }
        }
    }

    /// <summary>Leaves a sub-workflow that fails: its parent handles that, or the failure goes on outwards. What comes next?</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    protected int LeaveFailing(int exit)
    {
        int region = Steps.Regions[exit];
        if (_regions[region] is { Error: { } error } failed && region != 0 && Steps.ExitOfScope(Steps.Bounds[2 * region]) == exit)
        {
            bool cancelled = failed.IsCancelled;
            failed.Close();
            int parent = Steps.Bounds[(2 * region) + 1];
            if (cancelled)
            {
                FailRegion(parent, exit, error, cancelled: true);
            }
            else if (!Handles(exit, error))
            {
                FailRegion(parent, exit, error, cancelled: false);
            }
            else if (_regions[parent] is not { IsFailing: true })
            {
                Absorb(exit, error);
            }
        }

        return Settle(exit);
    }

    /// <summary>A loop makes no further iteration where something has failed or withdrawn it. What may finish undisturbed does.</summary>
    /// <exception cref="OperationCanceledException">It must end.</exception>
    protected void ThrowIfStopping(int step)
    {
        for (int region = Steps.Regions[step]; ; region = Steps.Bounds[(2 * region) + 1])
        {
            if (_regions[region] is { IsFailing: true } failing && (failing.IsCancelled || !WaitsForSiblings))
            {
                throw new OperationCanceledException();
            }

            if (region == 0)
            {
                return;
            }
        }
    }

    /// <summary>Leaves a region that succeeded.</summary>
    protected void CloseRegion(int region) => _regions[region]?.Close();

    /// <summary>The region of the whole run stays open until the frame is given back; those of sub-workflows may open again.</summary>
    private protected override bool IsStanding(CancellationToken token) => _regions[0] is { } run && token == run.Token;

    private void FailRegion(int region, int step, Exception error, bool cancelled)
    {
        FlowRegion failing = _regions[region] ??= new FlowRegion();
        bool first = WaitsForSiblings && !cancelled ? failing.Record(error, cancelled) : failing.Fail(error, cancelled);
        if (first)
        {
            failing.FailedStep = step;
            if (region == 0)
            {
                RecordError(error, cancelled);
            }

            int enter = region == 0 ? 0 : Steps.Bounds[2 * region];
            _scheduler.Abandon(enter, region == 0 ? Steps.Count - 1 : Steps.ExitOfScope(enter));
        }
    }

    private bool IsCancellationRequested(int region)
    {
        for (; ; region = Steps.Bounds[(2 * region) + 1])
        {
            // A failure whose siblings may finish cancels nothing.
            if (_regions[region] is { IsCancellationRequested: true } || (_regions[region] is { IsFailing: true } failing && (failing.IsCancelled || !WaitsForSiblings)))
            {
                return true;
            }

            if (region == 0)
            {
                return Token.IsCancellationRequested;
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private CancellationToken OpenToken(int region)
    {
        CancellationToken outer = region == 0 ? Token : RegionToken(Steps.Bounds[(2 * region) + 1]);
        return (_regions[region] ??= new FlowRegion()).TokenWithin(outer);
    }
}
