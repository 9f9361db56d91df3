namespace FlowGen.CompilerServices;

/// <summary>How FlowGen cancels the tokens that it gives to nodes.</summary>
internal static class Cancellation
{
    /// <summary>Cancels, whatever the callbacks do that nodes have registered.</summary>
    internal static void Request(CancellationTokenSource? source)
    {
        try
        {
            source?.Cancel();
        }
        catch (AggregateException fault)
        {
            // A callback that a node registered has thrown. The node that registered it is still awaited and reports for itself.
            Faults.Ignore(fault);
        }
    }
}
