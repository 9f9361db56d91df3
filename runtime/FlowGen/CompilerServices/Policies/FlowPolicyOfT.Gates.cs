using System.Runtime.CompilerServices;

namespace FlowGen.CompilerServices;

/// <content>What comes before the first try: a turn that is waited for, and the delay between two iterations of a loop.</content>
public abstract partial class FlowPolicy<TResult> : ISeeker
{
    private PolicyGates? _gates;

    /// <summary>Emitted where executions are counted in all runs: the workflow object.</summary>
    protected virtual object? Owner => null;

    /// <inheritdoc/>
    void ISeeker.Granted() => Resume();

    /// <summary>Runs the node where something has to happen before the first try: a turn to wait for, a limit to be set.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    protected ValueTask<TResult> Begin()
    {
        Start();
        _phase = Phase.Enter;
        return Drive(hook: false);
    }

    /// <summary>The same for a further iteration of a loop, after the delay between two of them.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    protected ValueTask<TResult> BeginLater()
    {
        Start();
        _delay = TimeSpan.FromMilliseconds(Rules.IterationDelay);
        _isIteration = true;
        _phase = Phase.Delay;
        return Drive(hook: false);
    }

    /// <returns>False when a turn has to be waited for.</returns>
    private bool Enter()
    {
        if (Rules.Gates == 0)
        {
            _phase = Phase.Try;
            return true;
        }

        PolicyGates gates = _gates ??= new PolicyGates(this, Rules);
        while (!gates.IsDone)
        {
            if (gates.Next(Owner) is not { } places)
            {
                gates.Enter(isHeld: false);
            }
            else if (!Seek(gates, places))
            {
                return false;
            }
            else if (_phase != Phase.Enter)
            {
                return true;
            }
        }

        _phase = Phase.Try;
        return true;
    }

    private bool Seek(PolicyGates gates, Places places)
    {
        CancellationToken outer = Outer;
        if (outer.IsCancellationRequested)
        {
            _phase = Phase.Refused;
            return true;
        }

        if (places.TryEnter())
        {
            gates.Enter(isHeld: true);
            return true;
        }

        Tell(NodeState.Waiting, error: null);
        Frame.ReleaseLeaf(Step, Node);
        _phase = Phase.Entered;
        if (outer.CanBeCanceled)
        {
            _wake = outer.UnsafeRegister(static state => ((FlowPolicy<TResult>)state!).StopSeeking(), this);
        }

        if (places.TryEnter(this, out long ticket))
        {
            return true;
        }

        // From here on the turn may have come, on another thread.
        if (!outer.IsCancellationRequested || !places.TryGiveUp(this, ticket))
        {
            return false;
        }

        _phase = Phase.Refused;
        return true;
    }

    private void Entered()
    {
        _wake.Unregister();
        _wake = default;
        _gates!.Enter(isHeld: true);
        _phase = Phase.GoOn;
    }

    /// <returns>False when the run is paused meanwhile.</returns>
    private bool GoOn()
    {
        if (Frame.IsOnHold && Frame.Handle!.Park(this, Outer) != FlowRun.Parking.Refused)
        {
            return false;
        }

        Tell(NodeState.Executing, error: null);
        _next = Phase.Enter;
        _phase = Phase.Retake;
        return true;
    }

    /// <summary>The run is cancelled and does not wait for its turn.</summary>
    private void StopSeeking()
    {
        if (IsCancelled && _phase == Phase.Entered && _gates!.Next(Owner) is { } places && places.TryGiveUp(this))
        {
            _phase = Phase.Refused;
            Resume();
        }
    }
}
