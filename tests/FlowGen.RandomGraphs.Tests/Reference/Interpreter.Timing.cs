namespace RandomGraphs.Reference;

/// <summary>Limits of time and delays, under a clock that stands still until the driver moves it: runtime.md 3.</summary>
internal sealed partial class Interpreter
{
    private List<Exception>? _tick;

    /// <summary>When something is due that waits for the clock alone, in milliseconds; none once the run is cancelled.</summary>
    public IReadOnlyList<long> Due
        => IsCancelled ? [] :
        [
            .. Timed().Where(e => e.Progress == Progress.Delayed && !IsHeld(e) && (!MayBeFailing(e.Within) || e.Within.Outwards.Any(a => a is { IsEnding: true, LetsFinish: true }))).Select(e => e.DelayedUntil),
            // A question that what is around it has cancelled has no limit any more.
            .. Timed().Where(e => e.Node.Kind != NodeKind.Wait || !IsHeld(e)).SelectMany(LimitsOf).Where(end => end > _now),
            .. Live().Where(a => a is { Failure: null, EndsAt: not null } && !a.IsFailing && !MayBeFailing(a)).Select(a => a.EndsAt!.Value),
        ];

    /// <summary>Whether the run has to have set a timer for what is due then: a node that cannot be interrupted is looked at when it returns.</summary>
    public bool NeedsTimer(long due)
        => Timed().Any(e => (e.Progress == Progress.Delayed && e.DelayedUntil == due) || (LimitsOf(e).Contains(due) && (e.Node.TakesToken || e.Node.Kind is NodeKind.Call or NodeKind.Wait || e.Progress == Progress.Delayed)))
            || Live().Any(a => a is { Failure: null } && a.EndsAt == due);

    private static IEnumerable<long> LimitsOf(Execution execution)
        => execution.Progress is Progress.Running or Progress.Delayed && !execution.IsTimedOut
            ? new[] { execution.Progress == Progress.Running ? execution.AttemptEnds : null, execution.TotalEnds }.OfType<long>()
            : [];

    private IEnumerable<Execution> Timed()
        => Live().SelectMany(a => a.Items.Values).SelectMany(item => item.Elements.Count > 0 ? item.Elements : (IEnumerable<Execution>)[item]).Concat(_undoing).ToList();

    /// <summary>"The limit cancels the token and waits until the body has returned."</summary>
    private void Tick(long now)
    {
        _now = now;
        // Which of two that are due at the same time comes first is left open.
        _tick = [];
        foreach (Execution execution in Timed().Where(e => LimitsOf(e).Any(end => end <= now)))
        {
            execution.IsTimedOut = true;
            execution.IsTotalTimedOut = execution.TotalEnds <= now;
            if (execution.Progress == Progress.Delayed || execution.Node.Kind == NodeKind.Wait)
            {
                Expire(execution);
            }
        }

        foreach (Execution execution in Timed().Where(e => e.Progress == Progress.Delayed && e.DelayedUntil <= now && !IsHeld(e)))
        {
            Attempt(execution);
        }

        foreach (Activation activation in Live().Where(a => a.Failure is null && a.EndsAt <= now))
        {
            Exception error = new Foreseen(typeof(TimeoutException), "");
            Failures.Add(error);
            _tick.Add(error);
            activation.IsOverTime = true;
            Fail(activation, error, isCancellation: false);
        }

        if (_tick.Count > 1)
        {
            _alternatives.UnionWith(_tick);
        }

        _tick = null;
    }

    /// <summary>"Then it is a TimeoutException, whatever the body returned"; the limit of an attempt may be followed by another.</summary>
    private void Expire(Execution execution)
    {
        bool isFinal = execution.IsTotalTimedOut;
        Exception error = new Foreseen(typeof(TimeoutException), execution.Path);
        (execution.IsTimedOut, execution.AttemptEnds) = (false, null);
        if (isFinal || !TryAgain(execution, error))
        {
            Failures.Add(error);
            _tick?.Add(error);
            Fail(execution, error, isCancellation: false);
        }
    }

    /// <summary>The clocks of an execution that starts.</summary>
    private void StartClocks(Execution execution)
    {
        execution.IsUnbegun = false;
        if (execution.Node.Limits is { } limits)
        {
            execution.AttemptEnds = _now + limits.Attempt;
            execution.TotalEnds ??= _now + limits.Total;
        }

        if (execution is { Node.Child: { } child, Inner: { } inner })
        {
            inner.EndsAt = _now + child.TimeLimit;
        }
    }

    /// <summary>Something starts, and with it the calls around it that had not.</summary>
    private void BeginAround(Activation started)
    {
        foreach (Execution call in started.Outwards.Select(a => a.Call).OfType<Execution>().Where(call => call.IsUnbegun))
        {
            StartClocks(call);
        }
    }

    /// <summary>What the pause has held back begins, but for what waits for a place.</summary>
    private void BeginPaused()
    {
        foreach (Activation inner in Live().Where(a => a.Call is { IsUnbegun: true } call && !IsLimited(call.Within)))
        {
            StartClocks(inner.Call!);
        }
    }

    private static bool IsLimited(Activation activation) => activation.Outwards.Any(a => a.Flow.MaxParallelism > 0);
}
