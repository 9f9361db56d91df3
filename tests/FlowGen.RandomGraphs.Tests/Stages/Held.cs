namespace RandomGraphs.Stages;

/// <summary>A run that was started through its handle: what the driver does to it from outside.</summary>
public sealed class Held(FlowRun run, Task<string> completion)
{
    private readonly Dictionary<string, HeldSignal> _signals = new(StringComparer.Ordinal);

    public FlowRun Run => run;

    public Task<string> Completion => completion;

    internal IReadOnlyDictionary<string, HeldSignal> Signals => _signals;

    /// <summary>The signal of the [Wait] node of that name.</summary>
    public Held With<TRequest, TResponse>(string node, FlowSignal<TRequest, TResponse> signal, Func<string, TResponse> answer)
    {
        _signals.Add(node, new HeldSignal(
            () => signal.IsPending,
            async limit => await signal.WhenPendingAsync().AsTask().WaitAsync(limit).ConfigureAwait(false),
            () => Texts.Of((object?)signal.Request),
            text => signal.TrySet(answer(text))));
        return this;
    }
}

/// <summary>A signal, whatever its types are.</summary>
internal sealed record HeldSignal(Func<bool> IsPending, Func<TimeSpan, Task<bool>> WhenPending, Func<string> Request, Func<string, bool> TrySet);
