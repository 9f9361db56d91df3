namespace RandomGraphs.Reference;

/// <summary>[Wait], from the outside: runtime.md 3, Handle.</summary>
internal sealed partial class Interpreter
{
    private readonly Dictionary<string, Queue<string>> _early = new(StringComparer.Ordinal);

    /// <summary>Waits that ask, by path, and what.</summary>
    public IReadOnlyDictionary<string, string> Pending
        => IsCancelled ? new Dictionary<string, string>(StringComparer.Ordinal)
            : Live().SelectMany(a => a.Items.Values).Where(item => item is { Node.Kind: NodeKind.Wait, Progress: Progress.Running } && !IsHeld(item))
                .ToDictionary(item => item.Path, item => ArgumentsOf(item) is { Count: > 0 } arguments ? arguments[0] : "", StringComparer.Ordinal);

    /// <summary>Whether an answer is taken: "an early TrySet is kept unless the wait is declared transient"; what becomes of further ones is not certain (null).</summary>
    public bool? TakesAnswer(string path)
    {
        bool isAnswered = _early.TryGetValue(path, out Queue<string>? kept) && kept.Count > 0;
        if (isAnswered || Find(path) is not Item item)
        {
            return null;
        }

        return item.IsSettled || item.Within.IsOver || IsHeld(item) ? null : item.Progress == Progress.Running || !item.Node.IsTransient;
    }

    private void Answer(TraceEvent answered)
    {
        if (Find(answered.Path) is Item { Progress: Progress.Running, Within.IsOver: false } asking && !IsHeld(asking))
        {
            Conclude(asking, answered.Text, null, isCancellation: false);
        }
        else if (!_script.NodeAt(answered.Path).IsTransient)
        {
            if (!_early.TryGetValue(answered.Path, out Queue<string>? kept))
            {
                _early.Add(answered.Path, kept = []);
            }

            kept.Enqueue(answered.Text!);
        }
    }

    /// <summary>It asks, unless the answer is there already.</summary>
    private void Ask(Item item)
    {
        item.HasRun = true;
        item.Progress = Progress.Running;
        BeginAround(item.Within);
        StartClocks(item);
        if (_early.TryGetValue(item.Path, out Queue<string>? kept) && kept.TryDequeue(out string? answer))
        {
            Conclude(item, answer, null, isCancellation: false);
        }
    }
}
