namespace FlowGen.CompilerServices;

/// <content>What watches over each element.</content>
public abstract partial class EachLoop<TItem, TResult>
{
    /// <summary>Emitted where executions are counted in all runs: the workflow object.</summary>
    protected internal virtual object? Owner => null;

    /// <summary>Emitted: the number of the retry rule that fits a failure best; -1 for none.</summary>
    protected internal virtual int RuleFor(Exception error) => -1;

    /// <summary>Emitted: whether the workflow finds a failure worth another try.</summary>
    protected internal virtual bool IsWorthRetrying(int rule, Exception error) => true;

    /// <summary>Emitted: a limit that is read from the workflow.</summary>
    protected internal virtual TimeSpan ReadLimit(bool ofAllTries) => default;

    /// <summary>Whoever holds the run has paused it.</summary>
    /// <returns>True when the worker has to wait; it is put to work when it may go on, and must not be touched before.</returns>
    internal bool IsHeld(EachWorker<TItem, TResult> worker) =>
        Frame.IsOnHold && !IsStopping && !_hasEnough && Frame.Handle!.Park(worker, Token) != FlowRun.Parking.Refused;
}
