namespace RandomGraphs.Reference;

/// <summary>Compensations and handlers of the whole workflow: language.md 5, runtime.md 3 and its rulings.</summary>
internal sealed partial class Interpreter
{
    private readonly List<Undo> _armed = [];

    /// <summary>
    /// "The compensations of a completed sub-workflow stay armed until the root run ends. If the parent declares [Compensate(nameof(Sub))], that
    /// replaces them."
    /// </summary>
    private void Arm(Item item)
    {
        if (item.Within.Flow.CompensationOf(item.Node) is not { } node)
        {
            return;
        }

        if (item.Inner is { } inner)
        {
            _armed.RemoveAll(undo => undo.Undone.Within.Outwards.Contains(inner));
        }

        _armed.Add(new Undo(item, node, _position) { Progress = Progress.Waiting, IsCertain = !IsCancelled || item.Inner is null });
    }

    /// <summary>
    /// "A failing activation first cancels and awaits its own nodes and runs its own compensations"; "order on failure: siblings, compensations,
    /// workflow [Catch]".
    /// </summary>
    /// <returns>Whether nothing of that is left to do.</returns>
    private bool HasRecovered(Activation activation)
    {
        if (activation.Failure is null || (IsCancelled && activation.Handler is null))
        {
            // Who undoes what when the caller cancels is left open.
            return true;
        }

        if (activation.Undoing is null)
        {
            activation.Undoing = [.. _armed.Where(undo => undo.Undone.Within.Outwards.Contains(activation) && !undo.IsSettled && undo.Progress != Progress.Running)];
            activation.Undoing.ForEach(undo => undo.Reason = activation.Failure);
            _undoing.AddRange(activation.Undoing);
            _armed.RemoveAll(activation.Undoing.Contains);
        }

        foreach (Undo next in NextOf(activation.Undoing).Where(undo => undo.Progress == Progress.Waiting))
        {
            next.Progress = Progress.Ready;
        }

        if (!activation.Undoing.TrueForAll(undo => undo.IsSettled))
        {
            return false;
        }

        if (activation.Handler is null && !activation.IsCancelled)
        {
            activation.Handler = NearestHandler(activation.Flow.WorkflowHandlers, activation.Failure) is { } handler ? activation.Items[handler.Name] : null;
            if (activation.Handler is { } begun)
            {
                begun.Progress = Progress.Ready;
            }
        }

        if (activation.Handler is { IsSettled: true, Progress: Progress.Completed, Node.Yields: not Yield.Nothing } recovering)
        {
            // "A handler with a value completes the run; a void handler rethrows; a throwing handler replaces the error."
            activation.Recovered = recovering.Text;
        }

        return activation.Handler is null or { IsSettled: true };
    }

    /// <summary>
    /// "In reverse completion order", one after the other.
    /// </summary>
    private List<Undo> NextOf(List<Undo> undoing)
    {
        List<Undo> left = [.. undoing.Where(undo => !undo.IsSettled)];
        if (left.Count == 0 || left.Exists(undo => undo.Progress is Progress.Running or Progress.Delayed))
        {
            return [];
        }

        return [left.MaxBy(undo => undo.End)!];
    }

    private static Node? NearestHandler(IEnumerable<Node> handlers, Exception error)
        => handlers.Where(handler => Fits(handler.TakesFault ?? Fault.Exception, error)).MaxBy(handler => handler.TakesFault ?? Fault.Exception);

    /// <summary>The compensation that may start at a path.</summary>
    private Undo? FindUndo(string path)
    {
        List<Undo> fitting = [.. _undoing.Concat(_armed.Where(undo => IsCancelled || IsCutShort(undo) || IsFailingAround(undo))).Where(undo => undo.Path == path)];
        return fitting.Find(undo => undo.Progress == Progress.Ready) ?? fitting.FindLast(undo => undo.Progress == Progress.Waiting) ?? fitting.LastOrDefault();
    }

    /// <summary>What was completed and has not been undone though it must be when the run has been cancelled.</summary>
    public IEnumerable<string> StillArmed => _armed.Concat(_undoing).Where(undo => !undo.IsSettled && undo.IsCertain).Select(undo => undo.Path);

    /// <summary>Something was undone because the run was cancelled, and not only what has lost a race or came too late.</summary>
    public bool HasUndone => _undoing.Exists(undo => !undo.Undone.Within.Outwards.Any(a => a.Call is { IsGivenUp: true }));

    private void StartUndo(TraceEvent started, Undo undo)
    {
        bool isDue = undo.Progress == Progress.Ready || ((IsCancelled || IsCutShort(undo) || IsFailingAround(undo)) && undo.Progress == Progress.Waiting && MayBeNext(undo));
        if (!isDue)
        {
            Differ($"undo: {started.Path} started though it is {undo.Progress} (left: {string.Join(' ', StillArmed)})");
            return;
        }

        if (!IsCancelled && undo.Reason is not null && !IsCutShort(undo) && Failures.Count < 2)
        {
            CheckArguments(started, undo);
        }

        if (started.TokenIsCancelled == true)
        {
            Differ($"token: the compensation {started.Path} started with a cancelled token");
        }

        if (_armed.Remove(undo))
        {
            _undoing.Add(undo);
        }

        undo.Progress = Progress.Running;
        _running.Add(started.Path, undo);
    }

    /// <summary>
    /// It belongs to something that a failure around it has cancelled. Reading: whether that undoes what has completed in it by itself, or whoever fails does, is left open.
    /// </summary>
    private static bool IsCutShort(Undo undo) => undo.Undone.Within.Outwards.Any(a => a is { Failure: null, IsFailing: true });

    /// <summary>
    /// Something in what it belongs to fails, and nobody handles that. Reading: "a failing activation runs its own compensations" first, or the run all of them in the order
    /// of completion: which of the two is left open.
    /// </summary>
    private bool IsFailingAround(Undo undo) => Failing().Any(failing => KnownIn(failing).Any(undo.Undone.Within.Outwards.Contains));

    /// <summary>It is being undone because the activation fails, or what the activation belongs to.</summary>
    private static bool IsUndoneWith(Undo undo, Activation failing)
        => undo.Progress is Progress.Running or Progress.Delayed && KnownIn(failing).Any(undo.Undone.Within.Outwards.Contains);

    /// <summary>After a cancellation: something around it has ended, and nothing that has completed in there later is left.</summary>
    private bool MayBeNext(Undo undo)
        => undo.Undone.Within.Outwards.Any(scope => !_running.Values.Any(running => running.Within.Outwards.Contains(scope))
            && !_armed.Concat(_undoing).Any(other => !other.IsSettled && other != undo && other.Undone.Within.Outwards.Contains(scope) && other.End > undo.End));
}
