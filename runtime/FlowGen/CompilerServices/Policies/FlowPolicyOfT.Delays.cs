namespace FlowGen.CompilerServices;

/// <content>The delay before another try.</content>
public abstract partial class FlowPolicy<TResult>
{
    private protected override void Wake() => Resume();

    private bool BeginDelay()
    {
        _phase = Phase.EndDelay;
        if (IsOver)
        {
            return true;
        }

        Frame.ReleaseLeaf(Step, Node);
        CancellationToken outer = Outer;
        if (outer.CanBeCanceled)
        {
            _wake = outer.UnsafeRegister(static state => ((FlowPolicy<TResult>)state!).StopWaiting(), this);
        }

        // Once the alarm is set, it may go on elsewhere. A cancellation before that has found no alarm to turn off.
        int setting = WatchDelay(_delay);
        return outer.IsCancellationRequested && TryEndDelay(setting);
    }

    /// <summary>The run is cancelled and does not wait for the next try.</summary>
    private void StopWaiting()
    {
        if (IsCancelled && TryEndDelay())
        {
            Resume();
        }
    }

    private bool EndDelay()
    {
        _wake.Unregister();
        _wake = default;
        if (ExpiredWaiting() is { } expired)
        {
            _error = expired;
            _phase = Phase.Done;
            return true;
        }

        // Between two iterations nothing has been entered yet.
        _next = _isIteration ? Phase.Enter : Phase.Try;
        _isIteration = false;
        _phase = Phase.Retake;
        return true;
    }
}
