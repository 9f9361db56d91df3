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

        if (Find(started.Path) is not { } execution || (execution.Node.IsEach && execution is Item))
        {
            Late(started, "nothing that it belongs to has been entered");
            return;
        }

        if (IsUndo(execution, out Undo? undo))
        {
            StartUndo(started, undo);
            return;
        }

        if (IsOfEarlierTry(started, execution))
        {
            _late.Add(started.Path);
            return;
        }

        if (IsCancelled && execution is Item { Node.IsWorkflowHandler: true, Progress: Progress.Aside } handler)
        {
            // Whether a failure is still handled when the caller cancels meanwhile is left open.
            handler.Within.Handler = handler;
            handler.Progress = Progress.Ready;
        }

        if (execution.Progress != Progress.Ready || execution.Within.IsOver)
        {
            string why = string.Join(", ", execution.Node.Predecessors.Select(name => $"{name} {execution.Within.At(name).Progress}"));
            Late(started, execution.Progress is Progress.Running or Progress.Completed or Progress.Failed ? "it had started before" : $"it is {execution.Progress} ({why})");
            return;
        }

        CheckArguments(started, execution);
        if (_isSequential && IsCancelled && !IsAsideOf(execution))
        {
            Differ($"late start: {started.Path} started after the caller had cancelled");
        }

        if (_isSequential && IsHeld(execution))
        {
            Differ($"late start: {started.Path} started after what it belongs to had failed");
        }

        if (started.TokenIsCancelled == true && !IsCancelled && !execution.Within.IsFailing && !execution.IsGivenUp && !MayBeFailing(execution.Within))
        {
            Differ($"token: {started.Path} started with a cancelled token though nothing had failed");
        }

        if (started.TokenIsCancelled == true && !IsCancelled && IsAsideOf(execution) && !execution.Within.Outwards.Skip(1).Any(a => a.IsFailing || MayBeFailing(a)))
        {
            Differ($"token: the handler {started.Path} started with a cancelled token");
        }

        // "Those that execute finish, retries included."
        if (_isPaused && Failures.Count == 0 && execution is Item && !execution.Within.Outwards.Select(a => a.Call).Append(execution).Any(e => e is Element or { Tries.Count: > 0 } or { Iterations: > 0 }))
        {
            Differ($"pause: {started.Path} started though the run is paused");
        }

        StartClocks(execution);
        CheckCleaned(execution.Owner);
        execution.Progress = Progress.Running;
        if (execution is Item item)
        {
            item.HasRun = true;
        }

        _running.Add(started.Path, execution);
        CheckLimits(execution.Within);
    }

    private bool IsUndo(Execution execution, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Undo? undo)
    {
        undo = execution.Node.Kind == NodeKind.Compensation ? FindUndo(execution.Path) : null;
        if (undo is null && execution.Node.Kind == NodeKind.Compensation && IsCancelled)
        {
            // What it undoes has completed, then: only skips were left in it.
            _maySkip = true;
            Advance();
            undo = FindUndo(execution.Path);
        }

        return undo is not null;
    }

    /// <summary>With several threads, a start that was decided before the failure of a try became known, of which there is another by now.</summary>
    private bool IsOfEarlierTry(TraceEvent started, Execution execution)
        => !_isSequential && started.TokenIsCancelled == true && !IsCancelled && !execution.Within.IsFailing && !MayBeFailing(execution.Within)
            && execution.Within.Outwards.Any(a => _activations.Exists(other => other != a && other.Path == a.Path));

    private void CheckArguments(TraceEvent started, Execution execution)
    {
        if (!_isSequential)
        {
            TakeWinners(started, execution);
        }

        IReadOnlyList<string> expected = ArgumentsOf(execution);
        if (!AreAsExpected(started.Arguments, expected, execution))
        {
            Differ($"arguments: {started.Path} was given ({string.Join("; ", started.Arguments)}) instead of ({string.Join("; ", expected)})");
        }
    }

    private bool AreAsExpected(IReadOnlyList<string> given, IReadOnlyList<string> expected, Execution execution)
        => given.Count == expected.Count
            && Enumerable.Range(0, given.Count).All(i => given[i] == expected[i] || (!_isSequential && MayBeGiven(given[i], i, execution)));

    /// <summary>
    /// With several threads, it is not certain which of two failures an outcome holds, which of two contestants was first, and whether a node that has just ended
    /// is there yet for one that waits for any of several.
    /// </summary>
    private bool MayBeGiven(string given, int index, Execution execution)
    {
        if (Failures.Exists(error => given == $"!{ErrorText(error)}" || given == ErrorText(error)))
        {
            return true;
        }

        Parameter? parameter = index < execution.Node.Parameters.Count ? execution.Node.Parameters[index] : null;
        if (parameter is { IsRace: true })
        {
            return parameter.Sources.Any(name => given.StartsWith(Paths.Join(execution.Within.Path, name), StringComparison.Ordinal));
        }

        bool startsEarly = execution.Node.AfterAny.Count > 0 || execution.Node.ReadyWhen is not null;
        return startsEarly && given is Texts.Absent or "~";
    }

    private bool MayStart(TraceEvent started)
        => Find(started.Path) is { } found && (IsUndo(found, out Undo? undo) ? undo.Progress : found.Progress) == Progress.Ready;

    /// <summary>With several threads, a start that was decided before a failure became known.</summary>
    private void Late(TraceEvent started, string otherwise)
    {
        bool isOverdue = Find(started.Path) is { } found && (found.Progress == Progress.Dropped || found.Within.Outwards.Any(a => a.End is not null || a.Call is { IsGivenUp: true }));
        isOverdue |= _activations.SelectMany(a => a.Items.Values).Any(item => item.Progress == Progress.Dropped && Paths.IsWithin(started.Path, item.Path));
        bool mayBeLate = !_isSequential && (IsCancelled || Failures.Count > 0 || isOverdue || _activations.Exists(a => a.End is not null));
        bool isRepeated = _activations.Count(a => a.Path == Paths.Parent(started.Path)) > 1;
        if (!mayBeLate || (!isRepeated && _running.ContainsKey(started.Path)) || !_late.Add(started.Path))
        {
            Differ($"start: {started.Path} started though {otherwise}");
        }
    }

    private void OnEnded(TraceEvent ended)
    {
        if (_late.Remove(ended.Path))
        {
            if (ended.Error is { } late)
            {
                Failures.Add(late);
            }
            else if (Find(ended.Path) is Item item)
            {
                // It has completed, though nobody waits for it.
                Arm(item);
            }

            return;
        }

        if (!_running.Remove(ended.Path, out Execution? execution))
        {
            return;
        }

        if (ended.TokenIsCancelled == true && !IsCancelled)
        {
            Reveal(execution.Within);
        }

        Conclude(execution, ended.Text, ended.Error, IsCancellationOf(execution, ended));
    }

    /// <summary>"A predicate is evaluated once per activation", and only when what it takes is there; that of a loop after each iteration.</summary>
    private void OnDecided(TraceEvent decided)
    {
        if (_script.LoopAt(decided.Path) is { } path)
        {
            OnAsked(decided, Find(path));
            return;
        }

        Execution? found = Find(decided.Path);
        if (found is not null && !_decided.Add((found.Within, found.Node.Name)))
        {
            Differ($"predicate: {decided.Path} was asked twice");
        }

        if (found?.Progress != Progress.Completed)
        {
            if (!IsCancelled && (_isSequential ? found?.Within.IsFailing != true : Failures.Count == 0))
            {
                Differ($"predicate: {decided.Path} was asked before what it takes was there");
            }
        }
        else if ((_isSequential || Failures.Count == 0) && !AreAsExpected(decided.Arguments, ArgumentsOf(found), found))
        {
            Differ($"arguments: {decided.Path} was given ({string.Join("; ", decided.Arguments)})");
        }
    }

    private void OnAsked(TraceEvent asked, Execution? loop)
    {
        if (loop is null || ++loop.Asked > loop.Iterations)
        {
            if (_isSequential || (Failures.Count == 0 && loop is not null && !IsHeld(loop)))
            {
                Differ($"loop: {asked.Path} was asked {loop?.Asked} times after {loop?.Iterations} iterations");
            }
        }
        else if (asked.Arguments[0] != loop.Carried)
        {
            Differ($"loop: {asked.Path} was shown {asked.Arguments[0]} instead of {loop.Carried}");
        }
    }

    /// <summary>One object of a class for each activation and element, and where it cannot be cleaned, for one only.</summary>
    private void OnUsed(TraceEvent used)
    {
        object? owner = _activations.FindLast(a => a.Path == used.Path) ?? (object?)Find(used.Path);
        if (owner is null)
        {
            return;
        }

        if (!_used.TryAdd((owner, used.Text!), used.Object!) && _used[(owner, used.Text!)] != used.Object)
        {
            Differ($"instances: '{used.Path}' was given two objects of {used.Text}");
        }
    }

    /// <summary>"Given back when the child finishes, whatever the outcome": not while anything in it runs.</summary>
    private void OnCleaned(TraceEvent cleaned)
    {
        if (!_taken.Remove((cleaned.Path, cleaned.Text!)))
        {
            Differ($"cleanup: {cleaned.Text} of '{cleaned.Path}' was cleaned though nobody had used it");
        }

        // What is cleaned later may be that of an earlier try or iteration.
        bool isRepeated = _activations.Exists(a => Paths.IsWithin(cleaned.Path, a.Path) && _activations.Exists(other => other != a && other.Path == a.Path));
        if (!isRepeated && Running.FirstOrDefault(path => Paths.IsWithin(path, cleaned.Path)) is { } running)
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
        foreach (Item call in starting.Node.Predecessors.Select(name => starting.Within.At(name)).Where(i => i.Progress == Progress.Completed && !i.IsDropped && i.Node.Child is { } child && child.SelfAndDescendants.All(f => f.Cleanup == CleanupMode.Immediate)))
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
            int leaves = _running.Values.Count(running => running.Within.Outwards.Contains(limited));
            if (leaves > limited.Flow.MaxParallelism)
            {
                Differ($"limit: {leaves} nodes of '{limited.Path}' ran at once, {limited.Flow.MaxParallelism} may");
            }
        }
    }

    private Execution? Find(string path)
    {
        string name = path[(path.LastIndexOf('.') + 1)..];
        int bracket = name.IndexOf('[', StringComparison.Ordinal);
        string node = bracket < 0 ? name : name[..bracket];
        Activation? activation = _activations.FindLast(a => a.Path == Paths.Parent(path));
        return activation is null || !activation.Items.TryGetValue(node, out Item? item) ? null
            : bracket < 0 ? item : item.Elements.Find(e => e.Path == path);
    }
}
