using System.Runtime.CompilerServices;

namespace FlowGen.CompilerServices;

/// <content>A top-level run that may have to wait for its place.</content>
public abstract partial class FlowFrame<TResult> : ISeeker
{
    /// <summary>Runs when there is a place.</summary>
    protected ValueTask<TResult> Start(RunGate gate)
    {
        short version = Version;
        return TryBegin(gate) ? Start() : new ValueTask<TResult>(this, version);
    }

    /// <summary>The same for an entry that returns nothing.</summary>
    protected ValueTask StartWithoutResult(RunGate gate)
    {
        short version = Version;
        return TryBegin(gate) ? StartWithoutResult() : new ValueTask(this, version);
    }

    /// <summary>The same for a run that somebody holds.</summary>
    protected void StartHeld(RunGate gate)
    {
        if (TryBegin(gate))
        {
            StartHeld();
        }
    }

    /// <summary>The run has a place already, which it gives back when it ends.</summary>
    protected void HoldPlace(RunGate gate) => Details.Gate = gate;

    /// <inheritdoc/>
    void ISeeker.Granted()
    {
        RunDetails details = Details;
        details.WaitingLink.Unregister();
        BeginLate(details);
    }

    /// <summary>Takes a place, or waits for one.</summary>
    /// <returns>True when the run may start now.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryBegin(RunGate gate)
    {
        ArgumentNullException.ThrowIfNull(gate);
        RunDetails details = Details;
        details.Gate = gate;
        CancellationToken token = Token;
        details.WaitingContext = ExecutionContext.Capture();
        Handle?.Attach(this, RunStatus.Pending);
        if (token.CanBeCanceled)
        {
            details.WaitingLink = token.UnsafeRegister(static state => ((FlowFrame<TResult>)state!).StopSeeking(), this);
        }

        if (gate.Places.TryEnter(this, out long ticket))
        {
            details.WaitingLink.Unregister();
            Handle?.Attach(this, RunStatus.Running);
            return true;
        }

        // From here on the run may have been granted its place, and belong to another thread.
        if (token.IsCancellationRequested && gate.Places.TryGiveUp(this, ticket))
        {
            details.Gate = null;
            Handle?.Attach(this, RunStatus.Running);
            return true;
        }

        return false;
    }

    /// <summary>The run is cancelled before it has begun: it runs without a place, and ends at its first step.</summary>
    private void StopSeeking()
    {
        RunDetails details = Details;
        if (details.Gate is { } gate && Token.IsCancellationRequested && gate.Places.TryGiveUp(this))
        {
            details.Gate = null;
            BeginLate(details);
        }
    }

    private void BeginLate(RunDetails details)
    {
        ExecutionContext? outer = AmbientContext.Enter(details.WaitingContext);
        details.WaitingContext = null;
        Handle?.Attach(this, RunStatus.Running);
        if (FirstPass())
        {
            Complete();
        }

        AmbientContext.Restore(outer);
    }
}
