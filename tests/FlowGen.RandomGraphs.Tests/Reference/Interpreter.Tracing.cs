namespace RandomGraphs.Reference;

/// <summary>What the trace says, held against what may happen.</summary>
internal sealed partial class Interpreter
{
    private void OnStarted(TraceEvent started)
    {
        if (!MayStart(started))
        {
            // That it starts may show that what was due has happened.
            Rest();
        }

        if (Find(started.Path) is not { } found || (found.Item.Node.IsEach && found.Element is null))
        {
            Late(started, "nothing that it belongs to has been entered");
            return;
        }

        (Item item, Element? element) = found;
        Progress progress = element?.Progress ?? item.Progress;
        if (progress != Progress.Ready || item.Within.IsOver)
        {
            string why = string.Join(", ", item.Node.Predecessors.Select(name => $"{name} {item.Within.Items[name].Progress}"));
            Late(started, progress is Progress.Running or Progress.Completed or Progress.Failed ? "it had started before" : $"it is {progress} ({why})");
            return;
        }

        IReadOnlyList<string> expected = ArgumentsOf(item.Within, item.Node);
        if (!AreAsExpected(started.Arguments, expected))
        {
            Differ($"arguments: {started.Path} was given ({string.Join("; ", started.Arguments)}) instead of ({string.Join("; ", expected)})");
        }

        if (_isSequential && IsCancelled)
        {
            Differ($"late start: {started.Path} started after the caller had cancelled");
        }

        if (_isSequential && (item.Within.IsFailing || item.LoopFails))
        {
            Differ($"late start: {started.Path} started after what it belongs to had failed");
        }

        if (started.TokenIsCancelled == true && !IsCancelled && !item.Within.IsFailing && !item.LoopFails && !MayBeFailing(item.Within))
        {
            Differ($"token: {started.Path} started with a cancelled token though nothing had failed");
        }

        CheckCleaned(item);
        if (element is null)
        {
            item.Progress = Progress.Running;
            item.HasRun = true;
        }
        else
        {
            element.Progress = Progress.Running;
        }

        _running.Add(started.Path, found);
        CheckLimits(item.Within);
    }

    /// <summary>With several threads, it is not certain which of two failures an outcome holds.</summary>
    private bool AreAsExpected(IReadOnlyList<string> given, IReadOnlyList<string> expected)
        => given.Count == expected.Count
            && given.Zip(expected).All(pair => pair.First == pair.Second
                || (!_isSequential && pair.Second.StartsWith('!') && Failures.Exists(error => pair.First == $"!{error.Message}")));

    private bool MayStart(TraceEvent started)
        => Find(started.Path) is { } found && (found.Element?.Progress ?? found.Item.Progress) == Progress.Ready;

    /// <summary>With several threads, a start that was decided before a failure became known.</summary>
    private void Late(TraceEvent started, string otherwise)
    {
        bool mayBeLate = !_isSequential && (IsCancelled || Failures.Count > 0);
        if (!mayBeLate || _running.ContainsKey(started.Path) || !_late.Add(started.Path))
        {
            Differ($"start: {started.Path} started though {otherwise}");
        }
    }

    private void OnEnded(TraceEvent ended)
    {
        if (ended.Error is not null)
        {
            Failures.Add(ended.Error);
        }

        if (_late.Remove(ended.Path) || !_running.Remove(ended.Path, out (Item Item, Element? Element) running))
        {
            return;
        }

        (Item item, Element? element) = running;
        if (ended.TokenIsCancelled == true && !IsCancelled)
        {
            Reveal(item.Within);
        }

        bool isCancellation = IsCancellationOf(item, ended);
        if (ended.Error is { } error)
        {
            Fail(item, element, error, isCancellation);
        }
        else
        {
            Settle(item, element, Progress.Completed, ended.Text!);
        }
    }

    /// <summary>"A predicate is evaluated once per activation", and only when what it takes is there.</summary>
    private void OnDecided(TraceEvent decided)
    {
        if (!_decided.Add(decided.Path))
        {
            Differ($"predicate: {decided.Path} was asked twice");
        }

        (Item Item, Element? Element)? found = Find(decided.Path);
        if (found?.Item.Progress != Progress.Completed)
        {
            if (!IsCancelled && (_isSequential ? found?.Item.Within.IsFailing != true : Failures.Count == 0))
            {
                Differ($"predicate: {decided.Path} was asked before what it takes was there");
            }
        }
        else if ((_isSequential || Failures.Count == 0) && !AreAsExpected(decided.Arguments, ArgumentsOf(found.Value.Item.Within, found.Value.Item.Node)))
        {
            Differ($"arguments: {decided.Path} was given ({string.Join("; ", decided.Arguments)})");
        }
    }

    /// <summary>"Given back when the child finishes, whatever the outcome": not while anything in it runs.</summary>
    private void OnCleaned(TraceEvent cleaned)
    {
        if (!_taken.Remove((cleaned.Path, cleaned.Text!)))
        {
            Differ($"cleanup: {cleaned.Text} of '{cleaned.Path}' was cleaned though nobody had used it");
        }

        if (Running.FirstOrDefault(path => Paths.IsWithin(path, cleaned.Path)) is { } running)
        {
            Differ($"cleanup: {cleaned.Text} of '{cleaned.Path}' was cleaned while {running} was running");
        }
        else if (_activations.Find(a => a.Path == cleaned.Path) is { IsOver: false } activation && !IsCancelled && !activation.IsFailing && !MayBeFailing(activation))
        {
            Differ($"cleanup: {cleaned.Text} of '{cleaned.Path}' was cleaned before everything in it had settled");
        }
    }

    /// <summary>"Immediate: before the parent goes on."</summary>
    private void CheckCleaned(Item starting)
    {
        foreach (Item call in starting.Node.Predecessors.Select(name => starting.Within.Items[name]).Where(i => i.Node.Child is { } child && child.SelfAndDescendants.All(f => f.Cleanup == CleanupMode.Immediate)))
        {
            // What belongs to the run as a whole has no place of its own.
            if (_taken.FirstOrDefault(t => Paths.IsWithin(t.Owner, call.Path)) is { Type: { } type })
            {
                Differ($"cleanup: {starting.Path} started before {type} of '{call.Path}' had been cleaned");
            }
        }
    }

    /// <summary>"MaxParallelism counts the leaf nodes of one activation that execute", those of sub-workflows included.</summary>
    private void CheckLimits(Activation started)
    {
        foreach (Activation limited in started.Outwards.Where(a => a.Flow.MaxParallelism > 0))
        {
            int leaves = _running.Values.Count(running => running.Item.Within.Outwards.Contains(limited));
            if (leaves > limited.Flow.MaxParallelism)
            {
                Differ($"limit: {leaves} nodes of '{limited.Path}' ran at once, {limited.Flow.MaxParallelism} may");
            }
        }
    }

    private (Item Item, Element? Element)? Find(string path)
    {
        string name = path[(path.LastIndexOf('.') + 1)..];
        int bracket = name.IndexOf('[', StringComparison.Ordinal);
        string node = bracket < 0 ? name : name[..bracket];
        Activation? activation = _activations.FindLast(a => a.Path == Paths.Parent(path));
        if (activation is null || !activation.Items.TryGetValue(node, out Item? item))
        {
            return null;
        }

        return (item, bracket < 0 ? null : item.Elements.Find(e => e.Path == path));
    }
}
