namespace RandomGraphs.Stages;

/// <summary>A run that was started through its handle: what the driver does to it from outside.</summary>
public sealed class Held(FlowRun run, Task<string> completion)
{
    private readonly Dictionary<string, HeldSignal> _signals = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HeldSignals> _keyed = new(StringComparer.Ordinal);

    public FlowRun Run => run;

    public Task<string> Completion => completion;

    /// <summary>The paths of waits that ask one question at a time.</summary>
    internal IEnumerable<string> Single => _signals.Keys;

    internal bool HasSignals => _signals.Count + _keyed.Count > 0;

    /// <summary>The paths of the waits that ask at the moment, with the places of elements.</summary>
    internal IEnumerable<string> Asking
        => _signals.Where(signal => signal.Value.IsPending()).Select(signal => signal.Key).Concat(_keyed.Values.SelectMany(signals => signals.Pending()));

    /// <summary>The signal of a [Wait] node.</summary>
    public Held With<TRequest, TResponse>(string path, FlowSignal<TRequest, TResponse> signal, Func<string, TResponse> answer)
    {
        _signals.Add(path, Of(signal, answer));
        return this;
    }

    /// <summary>Those of one that asks for each element; its path has brackets where their places go.</summary>
    public Held With<TRequest, TResponse>(string path, FlowSignals<int, TRequest, TResponse> signals, Func<string, TResponse> answer)
    {
        _keyed.Add(path.Replace("[]", "", StringComparison.Ordinal), new HeldSignals(
            () => [.. signals.Pending.Select(pending => path.Replace("[]", $"[{pending.Key}]", StringComparison.Ordinal))],
            key => Of(signals[key], answer)));
        return this;
    }

    internal HeldSignal At(string path) => _signals.TryGetValue(path, out HeldSignal? single) ? single : _keyed[Paths.Flat(path)].At(Paths.Item(path));

    private static HeldSignal Of<TRequest, TResponse>(FlowSignal<TRequest, TResponse> signal, Func<string, TResponse> answer)
        => new(() => signal.IsPending, () => Texts.Of((object?)signal.Request), text => signal.TrySet(answer(text)));
}

/// <summary>A signal, whatever its types are.</summary>
internal sealed record HeldSignal(Func<bool> IsPending, Func<string> Request, Func<string, bool> TrySet);

/// <summary>Those of the elements of an [Each].</summary>
internal sealed record HeldSignals(Func<IReadOnlyList<string>> Pending, Func<int, HeldSignal> At);
