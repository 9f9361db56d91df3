namespace RandomGraphs.Reference;

/// <summary>What the trace says, held against what may happen.</summary>
internal sealed partial class Interpreter
{
    private void OnStarted(TraceEvent started)
    {
        RestUntil(started.Path, () => MayStart(started));
        if (!MayStart(started))
        {
            Rest();
        }

        if (Find(started.Path) is not { } execution || (execution.Node.IsEach && execution is Item))
        {
            DifferStart(started, "nothing that it belongs to has been entered");
            return;
        }

        if (IsUndo(execution, out Undo? undo))
        {
            StartUndo(started, undo);
            return;
        }

        if (IsCancelled && execution is Item { Node.IsWorkflowHandler: true, Progress: Progress.Aside } handler)
        {
            // Whether a failure is still handled when the caller cancels meanwhile is left open.
            handler.Within.Handler = handler;
            handler.Progress = Progress.Ready;
            if (handler.Within.Failure is null)
            {
                // It counts, then: only skips were left of what might have observed it.
                _maySkip = true;
                Rest();
            }
        }

        // A handler that begins though the caller has cancelled keeps its workflow from being over.
        if (execution.Progress != Progress.Ready || (execution.Within.IsOver && !(IsCancelled && IsAsideOf(execution))))
        {
            string why = string.Join(", ", execution.Node.Predecessors.Select(name => $"{name} {execution.Within.At(name).Progress}"));
            DifferStart(started, execution.Progress is Progress.Running or Progress.Completed or Progress.Failed ? "it had started before" : $"it is {execution.Progress} ({why})");
            return;
        }

        CheckArguments(started, execution);
        if (IsCancelled && !IsAsideOf(execution))
        {
            Differ($"late start: {started.Path} started after the caller had cancelled");
        }

        if (IsHeld(execution))
        {
            Differ($"late start: {started.Path} started after what it belongs to had failed");
        }

        if (started.TokenIsCancelled == true && !IsCancelled && !execution.Within.IsFailing && !execution.IsGivenUp && !MayBeFailing(execution.Within))
        {
            Differ($"token: {started.Path} started with a cancelled token though nothing had failed");
        }

        if (started.TokenIsCancelled == true && !IsCancelled && IsAsideOf(execution) && execution.Within.Call is not { IsGivenUp: true } && !execution.Within.Outwards.Skip(1).Any(a => a.IsFailing || MayBeFailing(a)))
        {
            Differ($"token: the handler {started.Path} started with a cancelled token");
        }

        // "Those that execute finish, retries included."
        if (_isPaused && Failures.Count == 0 && execution is Item && !execution.Within.Outwards.Select(a => a.Call).Append(execution).Any(e => e is Element or { Tries.Count: > 0 } or { Iterations: > 0 }))
        {
            Differ($"pause: {started.Path} started though the run is paused");
        }

        if (!HasTurn(execution))
        {
            Differ($"turn: {started.Path} started though others have the turn");
        }

        BeginAround(execution.Within);
        StartClocks(execution);
        CheckCleaned(execution.Owner);
        execution.Progress = Progress.Running;
        if (execution is Item item)
        {
            item.HasRun = true;
        }

        _running.Add(started.Path, execution);
        _turns.Add(execution);
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

    private void CheckArguments(TraceEvent started, Execution execution)
    {
        // What it was given shows what else has ended.
        RestUntil(started.Path, () => started.Arguments.SequenceEqual(ArgumentsOf(execution)));
        IReadOnlyList<string> expected = ArgumentsOf(execution);
        if (!started.Arguments.SequenceEqual(expected))
        {
            Differ($"arguments: {started.Path} was given ({string.Join("; ", started.Arguments)}) instead of ({string.Join("; ", expected)})");
        }
    }

    /// <summary>What is ready in an activation that fails does not start: it is another one's, of the next try.</summary>
    private bool MayStart(TraceEvent started)
        => Find(started.Path) is { } found && (IsUndo(found, out Undo? undo) ? undo.Progress : found.Progress) == Progress.Ready && !IsHeld(found);

    private void DifferStart(TraceEvent started, string otherwise) => Differ($"start: {started.Path} started though {otherwise}");

    private void OnEnded(TraceEvent ended)
    {
        if (!_running.Remove(ended.Path, out Execution? execution))
        {
            return;
        }

        if (ended.TokenIsCancelled == true && !IsCancelled)
        {
            if (!IsDisturbed(execution))
            {
                Rest();
            }

            if (!IsDisturbed(execution))
            {
                Reveal(execution.Within);
            }
        }

        Conclude(execution, ended.Text, ended.Error, IsCancellationOf(execution, ended));
    }

    /// <summary>"A predicate is evaluated once per activation", and only when what it takes is there; that of a loop after each iteration.</summary>
    private void OnDecided(TraceEvent decided)
    {
        if (_script.LoopAt(decided.Path) is { } path)
        {
            RestUntil(path, () => LoopThatAsks(path, decided.Arguments[0]) is { } loop && loop.Asked < loop.Iterations);
            OnAsked(decided, LoopThatAsks(path, decided.Arguments[0]));
            return;
        }

        RestUntil(decided.Path, () => PredicateAt(decided) is { Progress: Progress.Completed });
        Execution? found = PredicateAt(decided);
        if (found is not null && !_decided.Add((found.Within, found.Node.Name)))
        {
            Differ($"predicate: {decided.Path} was asked twice");
        }

        if (found?.Progress != Progress.Completed)
        {
            if (!IsCancelled && found?.Within.IsFailing != true && found?.Within.Outwards.Any(a => a.WasTimedOut) != true)
            {
                Differ($"predicate: {decided.Path} was asked before what it takes was there");
            }
        }
        else if (!decided.Arguments.SequenceEqual(ArgumentsOf(found)))
        {
            Differ($"arguments: {decided.Path} was given ({string.Join("; ", decided.Arguments)})");
        }
    }

    /// <summary>
    /// The predicate in the first activation with that path that has not asked it yet: another try or iteration may have been entered by then. One that had failed before never asks, so
    /// what is asked tells which of them it is.
    /// </summary>
    private Execution? PredicateAt(TraceEvent decided)
    {
        List<Execution> open =
        [
            .. _activations.Where(a => a.Path == Paths.Parent(decided.Path)).Select(a => FindIn(a, decided.Path)).OfType<Execution>()
                .Where(found => found.Progress == Progress.Completed && !_decided.Contains((found.Within, found.Node.Name))),
        ];
        return open.Find(found => decided.Arguments.SequenceEqual(ArgumentsOf(found))) ?? open.FirstOrDefault() ?? Find(decided.Path);
    }

    /// <summary>Of the activations with that path the one that has not asked yet: another iteration around it may have been entered by then.</summary>
    private Execution? LoopThatAsks(string path, string last)
        => _activations.Where(a => a.Path == Paths.Parent(path)).Select(a => FindIn(a, path)).FirstOrDefault(loop => loop is not null && loop.Asked < loop.Iterations && loop.Carried == last) ?? Find(path);

    private void OnAsked(TraceEvent asked, Execution? loop)
    {
        if (loop is null || ++loop.Asked > loop.Iterations)
        {
            // Whether an [End] still counts in what a failure around it has cancelled is left open.
            if (loop is not null && !IsHeld(loop))
            {
                Differ($"loop: {asked.Path} was asked {loop.Asked} times after {loop.Iterations} iterations");
            }
        }
        else if (asked.Arguments[0] != loop.Carried)
        {
            Differ($"loop: {asked.Path} was shown {asked.Arguments[0]} instead of {loop.Carried}");
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

    private Execution? Find(string path) => FindIn(_activations.FindLast(a => a.Path == Paths.Parent(path)), path);

    private static Execution? FindIn(Activation? activation, string path)
    {
        string name = path[(path.LastIndexOf('.') + 1)..];
        int bracket = name.IndexOf('[', StringComparison.Ordinal);
        string node = bracket < 0 ? name : name[..bracket];
        return activation is null || !activation.Items.TryGetValue(node, out Item? item) ? null
            : bracket < 0 ? item : item.Elements.Find(e => e.Path == path);
    }
}
