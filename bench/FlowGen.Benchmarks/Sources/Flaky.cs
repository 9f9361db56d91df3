namespace FlowGen.Benchmarks.Sources;

/// <summary>Work that fails every <paramref name="period"/>th time; never when that is 0.</summary>
public sealed class Flaky(int period)
{
    private int _calls;

    /// <summary>Completes, or fails, at once.</summary>
    public ValueTask<int> CallAsync(int input, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return period > 0 && ++_calls % period == 0 ? throw new InvalidOperationException("Not this time.") : new ValueTask<int>(input + 1);
    }
}
