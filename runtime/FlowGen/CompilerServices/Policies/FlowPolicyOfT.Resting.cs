namespace FlowGen.CompilerServices;

/// <content>What follows a wait: the node counts among those that execute again, when there is room for it.</content>
public abstract partial class FlowPolicy<TResult>
{
    // What comes when there is.
    private Phase _next;

    /// <returns>False when there is none.</returns>
    private bool Retake()
    {
        _phase = Phase.Retaken;
        if (Frame.TryRetakeLeaf(Step, Node, waiting: null, out _))
        {
            return true;
        }

        FlowFrame frame = Frame;
        CancellationToken outer = Outer;
        if (outer.CanBeCanceled)
        {
            _wake = outer.UnsafeRegister(static state => ((FlowPolicy<TResult>)state!).StopRetaking(), this);
        }

        // Once it waits, it may be put to work, on another thread.
        return frame.TryRetakeLeaf(Step, Node, this, out long ticket)
            || (outer.IsCancellationRequested && frame.TryStopRetaking(Step, Node, this, ticket));
    }

    private void Retaken()
    {
        _wake.Unregister();
        _wake = default;
        _phase = _next;
    }

    /// <summary>The run is cancelled and does not wait for room: nothing will execute.</summary>
    private void StopRetaking()
    {
        if (IsCancelled && _phase == Phase.Retaken && Frame.TryStopRetaking(Step, Node, this))
        {
            Resume();
        }
    }
}
