namespace FlowGen.CompilerServices;

/// <content>The time that a try, or all of them, may take.</content>
public abstract partial class FlowPolicy
{
    private readonly PolicyTimer _timer;
    private CancellationTokenSource? _expiring;
    private bool _isTimed;
    private PolicyAlarm _expired;
    private TimeSpan _attemptLimit;
    private TimeSpan _totalLimit;
    private long _totalDeadline;
    private Exception? _lastError;
    private Exception? _fault;

    /// <summary>Emitted: a limit that is read from the workflow.</summary>
    protected virtual TimeSpan ReadLimit(bool ofAllTries) => default;

    /// <inheritdoc/>
    void IAlarmed.Expire(PolicyAlarm alarm)
    {
        if (alarm != PolicyAlarm.NextTry)
        {
            _expired = alarm;
            _expiring = _source;
        }
    }

    /// <inheritdoc/>
    void IAlarmed.Ring(PolicyAlarm alarm)
    {
        if (alarm == PolicyAlarm.NextTry)
        {
            Wake();
        }
        else
        {
            Cancellation.Request(Interlocked.Exchange(ref _expiring, null));
        }
    }

    /// <summary>The first suspension, failure or wait of an execution.</summary>
    private protected void Start()
    {
        _expired = PolicyAlarm.None;
        _lastError = null;
        _fault = null;
        Array.Clear(_failures);
        _totalDeadline = 0;
        if (_rules.LimitsAll && TryReadLimit(ofAllTries: true, out _totalLimit))
        {
            _totalDeadline = PolicyTimer.DeadlineAfter(Clock, _totalLimit);
        }
    }

    /// <summary>Why a limit could not be read: the node fails with that, once its body has returned.</summary>
    private protected Exception? TakeFault()
    {
        Exception? fault = _fault;
        _fault = null;
        return fault;
    }

    /// <summary>Whether the total limit is reached before a delay is over.</summary>
    private protected bool Expires(TimeSpan delay) =>
        _totalDeadline != 0 && PolicyTimer.DeadlineAfter(Clock, delay) >= _totalDeadline;

    /// <summary>The body is on its way: from now on it may take too long.</summary>
    private protected void WatchTry()
    {
        if (!_rules.HasLimit)
        {
            return;
        }

        long deadline = long.MaxValue;
        if (_rules.LimitsTries && TryReadLimit(ofAllTries: false, out _attemptLimit))
        {
            deadline = PolicyTimer.DeadlineAfter(Clock, _attemptLimit);
        }

        if (_fault is not null)
        {
            return;
        }

        bool isTotal = _totalDeadline != 0 && _totalDeadline <= deadline;
        _isTimed = true;
        _timer.Set(Clock, isTotal ? PolicyAlarm.TotalLimit : PolicyAlarm.AttemptLimit, isTotal ? _totalDeadline : deadline);
    }

    /// <summary>The body has returned.</summary>
    private protected void UnwatchTry()
    {
        if (_rules.HasLimit && !_timer.TryTurnOff(PolicyAlarm.AttemptLimit) && !_timer.TryTurnOff(PolicyAlarm.TotalLimit) && _expired != PolicyAlarm.None)
        {
            // The alarm may still be about to cancel the source: it must not serve another try.
            Unlink();
            _source = null;
        }
    }

    /// <summary>Whether the body has taken too long: then what it returned does not count, and what it threw is no error of its own, unless something else has cancelled it as well.</summary>
    private protected bool IsTooLate => _expired != PolicyAlarm.None;

    /// <summary>The total limit was reached while it waited for the next try.</summary>
    private protected Exception? ExpiredWaiting()
    {
        Exception? last = _lastError;
        _lastError = null;
        if (last is null || IsCancelled)
        {
            return null;
        }

        Attempt--;
        return TimedOut(ofAllTries: true, last);
    }

    /// <summary>The total limit will be reached before the next try.</summary>
    private protected bool WillExpire => _lastError is not null;

    /// <summary>It is reached already.</summary>
    private protected bool IsOver => WillExpire && Clock.GetTimestamp() >= _totalDeadline;

    private bool TryReadLimit(bool ofAllTries, out TimeSpan limit)
    {
        if (!(ofAllTries ? _rules.ReadsTotalLimit : _rules.ReadsAttemptLimit))
        {
            limit = TimeSpan.FromMilliseconds(ofAllTries ? _rules.TotalLimit : _rules.AttemptLimit);
            return true;
        }

        limit = default;
        try
        {
            limit = ReadLimit(ofAllTries);
            _fault ??= limit > TimeSpan.Zero ? null : new FlowInputException(
                $"The time limit of node '{Frame.PathOf(Node)}' is {limit}.",
                Frame.Root.Descriptor.Id,
                Frame.PathOf(Node),
                Frame.Root.RunId,
                "Give a limit of more than zero.");
        }
        catch (Exception fault)
        {
            _fault ??= fault;
        }

        return _fault is null;
    }

    private TimeoutException Expired(Exception? error) => TimedOut(_expired == PolicyAlarm.TotalLimit, error);

    private TimeoutException TimedOut(bool ofAllTries, Exception? error)
    {
        string what = ofAllTries && _rules.Retries.Length > 0 ? "its tries did" : "it did";
        return new TimeoutException(
            $"Node '{Frame.PathOf(Node)}' of workflow '{Frame.Root.Descriptor.Id}' has a limit of {Words(ofAllTries ? _totalLimit : _attemptLimit)}, in which {what} not complete (run '{Frame.Root.RunId}').",
            error);
    }

    private static string Words(TimeSpan limit) => limit < TimeSpan.FromSeconds(10)
        ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{limit.TotalMilliseconds:0} ms")
        : limit.ToString("c", System.Globalization.CultureInfo.InvariantCulture);
}
