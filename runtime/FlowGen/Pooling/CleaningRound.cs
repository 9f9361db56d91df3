namespace FlowGen.Pooling;

/// <summary>
/// The scopes whose cleaning began between two waits, so that somebody can wait for exactly what has begun and not for what begins later.
/// </summary>
/// <param name="earlier">Completes with the rounds before.</param>
internal sealed class CleaningRound(Task earlier)
{
    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // One more than the scopes under way, until the round is closed.
    private int _open = 1;

    public void Begin(int scopes) => Interlocked.Add(ref _open, scopes);

    public void Settle()
    {
        if (Interlocked.Decrement(ref _open) == 0)
        {
            _settled.SetResult();
        }
    }

    /// <summary>No more begins in it. Completes when everything in it, and in the rounds before, has settled.</summary>
    public async Task CloseAsync()
    {
        Settle();
        await earlier.ConfigureAwait(false);
        await _settled.Task.ConfigureAwait(false);
    }
}
