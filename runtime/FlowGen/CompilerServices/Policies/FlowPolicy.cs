using System.ComponentModel;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace FlowGen.CompilerServices;

/// <summary>
/// Watches over one node of one frame: the sections that it needs, the time it may take, how often it is tried. This part knows limits and failures;
/// <see cref="FlowPolicy{TResult}"/> runs the tries. It belongs to its frame and serves one execution at a time.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class FlowPolicy : IAlarmed
{
    private readonly PolicyRules _rules;
    private readonly PolicyTimer _timer;
    private readonly int[] _failures;
    private readonly bool _givesToken;
    private CancellationTokenSource? _source;
    private CancellationTokenSource? _expiring;
    private CancellationTokenRegistration _link;
    private bool _isLinked;
    private bool _isTimed;
    private PolicyAlarm _expired;
    private TimeSpan _attemptLimit;
    private TimeSpan _totalLimit;
    private long _totalDeadline;
    private Exception? _lastError;
    private Exception? _fault;

    /// <summary>Makes the policy of a node.</summary>
    /// <param name="frame">The frame that the node belongs to.</param>
    /// <param name="step">Its step.</param>
    /// <param name="node">The node in the frame's own graph.</param>
    /// <param name="rules">What to watch over.</param>
    private protected FlowPolicy(FlowFrame frame, int step, int node, PolicyRules rules)
    {
        Frame = frame;
        Step = step;
        Node = node;
        _rules = rules;
        _timer = new PolicyTimer(this);
        _givesToken = rules is { HasLimit: true, TakesToken: true };
        _failures = rules.Retries.Length == 0 ? [] : new int[rules.Retries.Length];
    }

    /// <summary>Which try this is, from 1.</summary>
    protected internal int Attempt { get; private set; } = 1;

    /// <summary>Position of the element of an [Each]; -1 for none.</summary>
    protected internal int Item { get; protected set; } = -1;

    internal FlowFrame Frame { get; private protected set; }

    internal int Step { get; }

    internal int Node { get; private protected set; }

    internal PolicyRules Rules => _rules;

    /// <summary>The token around the node: that of its region or run.</summary>
    private protected CancellationToken Outer { get; private set; }

    private protected bool IsCancelled => Outer.IsCancellationRequested;

    private protected TimeProvider Clock => Frame.RunRuntime.TimeProvider;

    /// <summary>Emitted: the number of the retry rule that fits a failure best; -1 for none.</summary>
    protected internal virtual int RuleFor(Exception error) => -1;

    /// <summary>Emitted: whether the workflow finds a failure worth another try.</summary>
    protected virtual bool IsWorthRetrying(int rule, Exception error) => true;

    /// <summary>Emitted: a limit that is read from the workflow.</summary>
    protected virtual TimeSpan ReadLimit(bool ofAllTries) => default;

    /// <summary>Begins an execution within a token, and gives the token that the body is to take.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected CancellationToken Open(CancellationToken outer)
    {
        Outer = outer;
        Attempt = 1;
        return NextToken();
    }

    /// <summary>The first try completed at once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected void Close()
    {
        if (_isLinked)
        {
            Unlink();
        }
    }

    /// <summary>The frame goes back to its pool. Emitted code calls it.</summary>
    public void Forget()
    {
        Close();
        Outer = default;
        if (_isTimed)
        {
            _isTimed = false;
            _timer.Forget();
        }

        if (_source is { } source && !source.TryReset())
        {
            _source = null;
        }
    }

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

    /// <summary>The time for the next try has come, or the run is cancelled and will not wait for it.</summary>
    private protected abstract void Wake();

    /// <summary>The token of the next try.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private protected CancellationToken NextToken() => !_givesToken ? Outer
        : _source is { IsCancellationRequested: false } source && !Outer.CanBeCanceled && !_isLinked ? source.Token
        : OpenSource(Outer);

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

    /// <summary>Wakes it after a delay, or when the total limit is reached. It may have gone on elsewhere when this returns.</summary>
    private protected int WatchDelay(TimeSpan delay)
    {
        long deadline = PolicyTimer.DeadlineAfter(Clock, delay);
        _isTimed = true;
        return _timer.Set(Clock, PolicyAlarm.NextTry, _totalDeadline != 0 ? Math.Min(deadline, _totalDeadline) : deadline);
    }

    private protected bool TryEndDelay(int setting = 0) => _timer.TryTurnOff(PolicyAlarm.NextTry, setting);

    /// <summary>Whether the body has taken too long, and nothing else has ended it: then what it returned does not count.</summary>
    private protected bool HasExpired => _expired != PolicyAlarm.None && !IsCancelled;

    /// <summary>Decides about a failure.</summary>
    /// <param name="error">What the try ended with, null for a value that came too late; what the node ends with.</param>
    /// <param name="delay">How long to wait before the next try.</param>
    /// <returns>Whether there is another try.</returns>
    private protected bool MayRetry([NotNull] ref Exception? error, out TimeSpan delay)
    {
        delay = default;
        bool isOverall = _expired == PolicyAlarm.TotalLimit;
        if (HasExpired)
        {
            error = Expired(error);
            _expired = PolicyAlarm.None;
        }

        // What expired without an error has one now.
        Debug.Assert(error is not null);
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

    [MethodImpl(MethodImplOptions.NoInlining)]
    private CancellationToken OpenSource(CancellationToken outer)
    {
        if (_source is null || _source.IsCancellationRequested)
        {
            Unlink();
            _source = new CancellationTokenSource();
        }

        if (outer.CanBeCanceled && !_isLinked)
        {
            _isLinked = true;
            _link = outer.UnsafeRegister(static state => Cancellation.Request((CancellationTokenSource)state!), _source);
        }

        return _source.Token;
    }

    private void Unlink()
    {
        if (!_isLinked)
        {
            return;
        }

        // A callback that ran or is running right now may still touch the source: it must not be used again.
        if (!_link.Unregister())
        {
            _source = null;
        }

        _link = default;
        _isLinked = false;
    }
}
