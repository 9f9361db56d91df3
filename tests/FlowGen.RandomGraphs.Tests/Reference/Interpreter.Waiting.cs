namespace RandomGraphs.Reference;

/// <summary>[Wait], from the outside: runtime.md 3, Handle.</summary>
internal sealed partial class Interpreter
{
    private readonly Dictionary<string, Queue<string>> _early = new(StringComparer.Ordinal);

    /// <summary>Waits that ask, and what.</summary>
    public IReadOnlyDictionary<string, string> Pending
        => Root.IsFailing || IsCancelled ? new Dictionary<string, string>()
            : Root.Items.Values.Where(item => item is { Node.Kind: NodeKind.Wait, Progress: Progress.Running })
                .ToDictionary(item => item.Node.Name, item => ArgumentsOf(item) is { Count: > 0 } arguments ? arguments[0] : "", StringComparer.Ordinal);

    /// <summary>Whether an answer is taken: "an early TrySet is kept unless the wait is declared transient"; what becomes of further ones is not certain (null).</summary>
    public bool? TakesAnswer(string node)
    {
        Item item = Root.Items[node];
        bool isAnswered = _early.TryGetValue(node, out Queue<string>? kept) && kept.Count > 0;
        return item.IsSettled || isAnswered ? null : item.Progress == Progress.Running || !item.Node.IsTransient;
    }

    private void Answer(TraceEvent answered)
    {
        Item item = Root.Items[answered.Path];
        if (TakesAnswer(answered.Path) != true)
        {
            return;
        }

        if (item.Progress == Progress.Running)
        {
            Conclude(item, answered.Text, null, isCancellation: false);
        }
        else
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
        StartClocks(item);
        if (_early.TryGetValue(item.Node.Name, out Queue<string>? kept) && kept.TryDequeue(out string? answer))
        {
            Conclude(item, answer, null, isCancellation: false);
        }
    }
}
