using System.Diagnostics.CodeAnalysis;

namespace FlowGen.CompilerServices;

/// <content>Which failures are followed by another try, and when.</content>
public abstract partial class FlowPolicy
{
    private readonly int[] _failures;

    /// <summary>Emitted: the number of the retry rule that fits a failure best; -1 for none.</summary>
    protected internal virtual int RuleFor(Exception error) => -1;

    /// <summary>Emitted: whether the workflow finds a failure worth another try.</summary>
    protected virtual bool IsWorthRetrying(int rule, Exception error) => true;

    /// <summary>The time for the next try has come, or the run is cancelled and will not wait for it.</summary>
    private protected abstract void Wake();

    /// <summary>Wakes it after a delay, or when the total limit is reached. It may have gone on elsewhere when this returns.</summary>
    private protected int WatchDelay(TimeSpan delay)
    {
        long deadline = PolicyTimer.DeadlineAfter(Clock, delay);
        _isTimed = true;
        return _timer.Set(Clock, PolicyAlarm.NextTry, _totalDeadline != 0 ? Math.Min(deadline, _totalDeadline) : deadline);
    }

    private protected bool TryEndDelay(int setting = 0) => _timer.TryTurnOff(PolicyAlarm.NextTry, setting);

    /// <summary>Decides about a failure.</summary>
    /// <param name="error">What the try ended with, null for a value that came too late; what the node ends with.</param>
    /// <param name="delay">How long to wait before the next try.</param>
    /// <returns>Whether there is another try.</returns>
    private protected bool MayRetry([NotNull] ref Exception? error, out TimeSpan delay)
    {
        delay = default;
        bool isOverall = _expired == PolicyAlarm.TotalLimit;
        if (error is null || (IsTooLate && !IsCancelled))
        {
            error = Expired(error);
            _expired = PolicyAlarm.None;
        }

        int rule = isOverall || IsCancelled ? -1 : RuleFor(error);
        if (rule < 0 || _failures[rule] >= _rules.Retries[rule].Retries || !Likes(rule, ref error))
        {
            return false;
        }

        delay = Jittered(rule, _rules.Retries[rule].DelayAfter(++_failures[rule]));
        if (Expires(delay))
        {
            // There will be no next try: what the node ends with is said when its time is over.
            _lastError = error;
        }

        Attempt++;
        return true;
    }

    private protected void Tell(NodeState state, Exception? error)
    {
        if (Frame.IsWatched && !_rules.IsUndo)
        {
            Frame.Report(Node, state, error, Item, Attempt);
        }
    }

    /// <summary>Another try begins.</summary>
    private protected virtual void TellAgain()
    {
        if (Frame.IsWatched && _rules.IsSubWorkflow)
        {
            Frame.LinkEntered(Node, Item, Attempt);
        }
        else
        {
            Tell(NodeState.Executing, error: null);
        }
    }

    /// <summary>A try has failed, and there will be another.</summary>
    private protected virtual void TellFailed(Exception error)
    {
        if (Frame.IsWatched && _rules.IsSubWorkflow)
        {
            Frame.SubWorkflowLeft(Node, RunStatus.Failed, error);
        }
    }

    private bool Likes(int rule, ref Exception error)
    {
        try
        {
            return IsWorthRetrying(rule, error);
        }
        catch (Exception fault)
        {
            Suppression.Add(fault, error);
            error = fault;
            return false;
        }
    }

    private TimeSpan Jittered(int rule, TimeSpan delay) =>
        _rules.Retries[rule].Jitter ? delay * (0.5 + (0.5 * Frame.RunRuntime.Chance(Node, Item, Attempt))) : delay;
}
