namespace FlowGen.Benchmarks.Sources;

/// <summary>Work that suspends.</summary>
public interface ILater
{
    ValueTask<int> CallAsync(int input, CancellationToken ct);
}

/// <summary>Completes when the pump is drained.</summary>
public sealed class Pumped(Pump pump) : ILater
{
    public ValueTask<int> CallAsync(int input, CancellationToken ct) => pump.Later(input + 1);
}

/// <summary>Never completes; ends when it is cancelled.</summary>
public sealed class Endless : ILater
{
    public async ValueTask<int> CallAsync(int input, CancellationToken ct)
    {
        await Task.Delay(Timeout.Infinite, ct).ConfigureAwait(false);
        return input;
    }
}
