namespace FlowGen.CompilerServices;

/// <content>How the nodes of a first pass that have a token of their own hear that the caller cancels.</content>
public abstract partial class FlowFrame
{
    internal TokenRelay Relay => Details.Relay ??= new TokenRelay();

    /// <summary>Emitted: the pass has ended, or goes on here, where each node that has a token of its own listens for itself.</summary>
    /// <returns>False when the caller's cancellation has come, or may still be on its way to a node.</returns>
    protected bool TryCloseRelay()
    {
        if (_details is not { Relay: { IsOpen: true } relay } details)
        {
            return true;
        }

        relay.Close();
        if (!relay.IsGivenUp)
        {
            return true;
        }

        details.Relay = null;
        return false;
    }
}
