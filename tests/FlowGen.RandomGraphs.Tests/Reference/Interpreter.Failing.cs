namespace RandomGraphs.Reference;

/// <summary>Failures, their handling and the end of activations: language.md 5, runtime.md 3 and its rulings.</summary>
internal sealed partial class Interpreter
{
    /// <summary>
    /// "Cancelled is an OperationCanceledException while the node's token is cancelled by anything but a [Timeout]; any other is a failure.
    /// Cancellation is never retried, caught, best-efforted or collected."
    /// </summary>
    private bool IsCancellationOf(Execution execution, TraceEvent ended)
        => ended.Error is OperationCanceledException && execution is not Undo && (ended.TokenIsCancelled ?? (IsCancelled || execution.Within.IsFailing || execution.IsGivenUp));

    private void Fail(Execution execution, Exception error, bool isCancellation)
    {
        switch (execution)
        {
            case Undo undo:
                // "One that fails is recorded and the others still run."
                undo.Progress = Progress.Failed;
                break;
            case Element element:
                FailElement(element, error, isCancellation);
                break;
            case Item item when IsAsideOf(item):
                (item.Progress, item.IsCancellation) = (Progress.Failed, isCancellation);
                if (!isCancellation)
                {
                    item.Within.Failure = error;
                }

                break;
            case Item item:
                FailItem(item, error, isCancellation);
                break;
        }
    }

    private static void Settle(Execution execution, Progress progress, string text)
    {
        (execution.Progress, execution.Text) = (progress, text);
        if (execution is Item item)
        {
            item.IsCancellation = progress == Progress.Failed;
        }
    }

    private void FailItem(Item item, Exception error, bool isCancellation)
    {
        item.Error = error;
        item.FailedAt = _position;
        item.IsCancellation = isCancellation;
        item.Progress = Progress.Failed;
        if (item.IsDropped)
        {
            // A loser: whatever becomes of it is of no interest.
            item.Progress = Progress.Dropped;
        }
        else if (isCancellation)
        {
            Fail(item.Within, error, isCancellation: true);
        }
        else if (NearestHandler(item.Within.Flow.HandlersOf(item.Node), error) is { } handler)
        {
            item.StandIn = item.Within.Items[handler.Name];
        }
        else
        {
            GoUnhandled(item);
        }
    }

    /// <summary>"Failure: retries, handlers, [BestEffort] or Outcome consumers, the run fails."</summary>
    private void GoUnhandled(Item item)
    {
        if (item.Node.BestEffort)
        {
            // "Failure counts as skipped."
            item.Progress = Progress.Skipped;
        }
        else if (item.Within.Flow.RaceOf(item.Node) is not null)
        {
            Drop(item);
        }
        else if (!item.IsHandled)
        {
            Fail(item.Within, item.Error!, isCancellation: false);
        }
    }

    private void FailElement(Element element, Exception error, bool isCancellation)
    {
        // "The first element that fails cancels the others, which are awaited, and fails the node."
        Item item = element.Owner;
        element.Error = error;
        if (!item.LoopFails && (item.Node.OnError == EachError.Stop || isCancellation))
        {
            _alternatives.UnionWith(FailedUnseen(item).Select(ErrorOf));
            (item.LoopFails, item.Error, item.IsCancellation) = (true, error, isCancellation);
        }

        if (!IsPostponed(element, () => element.Progress = Progress.Failed))
        {
            element.Progress = Progress.Failed;
        }
    }

    /// <summary>
    /// "The first failure that nobody handles decides." A cancellation that the caller did not ask for follows from a failure that is known
    /// already, or about to be, and decides nothing.
    /// </summary>
    private void Fail(Activation activation, Exception error, bool isCancellation)
    {
        // Once a node has ended it, what becomes of the others is of no interest.
        if (activation is { Failure: null, End: null } && (IsCancelled || !isCancellation))
        {
            IsAmbiguous |= Live().Any(a => a != activation && a.Outwards.Contains(activation) && a.Items.Values.Any(IsDroppedUnseen));
            _alternatives.UnionWith(Failing().Where(failing => KnownIn(failing).Contains(activation)).Select(ErrorOf));
            _alternatives.UnionWith(FailingLoops().Where(loop => KnownIn(loop.Within).Contains(activation)).Select(loop => loop.Error!));
            (activation.Failure, activation.IsCancelled) = (error, isCancellation);
        }
        else if (activation is { Failure: { } first, LetsFinish: true } && !isCancellation && _activations.Exists(inner => inner.Failure == first && inner.Parent?.Within == activation))
        {
            // Those that execute finish undisturbed, so that nobody sees when the failure of a sub-workflow arrived: this one may have come before.
            _alternatives.Add(error);
        }
    }

    /// <summary>
    /// A node has seen its token cancelled though nothing around it was known to have failed: what is due has happened, and a failure further in
    /// is already known here. "Siblings get their token cancelled" does not say whether the sub-workflow that fails awaits its own nodes first.
    /// </summary>
    private void Reveal(Activation seen)
    {
        if (Failing().FirstOrDefault(failing => KnownIn(failing).Any(seen.Outwards.Contains)) is { } first)
        {
            foreach (Activation activation in KnownIn(first).ToList())
            {
                Fail(activation, ErrorOf(first), isCancellation: false);
            }
        }
    }

    private IEnumerable<Activation> Failing() => Live().Where(a => a.Failure is not null || a.Due is not null);

    /// <summary>Of other elements of the loop: they have failed and wait for nothing that anybody sees, so that they may have been first.</summary>
    private IEnumerable<Activation> FailedUnseen(Item loop)
        => Failing().Where(failing => failing.Outwards.FirstOrDefault(a => a.Parent == loop) is { } element && KnownIn(failing).Contains(element) && !_running.Values.Any(running => running.Within.Outwards.Contains(element)));

    private IEnumerable<Item> FailingLoops() => Live().SelectMany(a => a.Items.Values).Where(item => item is { LoopFails: true, IsSettled: false });

    private static Exception ErrorOf(Activation failing) => failing.Failure ?? failing.Due!.Error!;

    /// <summary>Itself and what encloses it, as far as nobody handles the failure and no element stands between.</summary>
    private static IEnumerable<Activation> KnownIn(Activation failing)
    {
        for (Activation? activation = failing; activation is not null; activation = activation.Parent is { MayBeHandled: false, Node.IsEach: false } parent && !activation.Flow.WorkflowHandlers.Any() ? parent.Within : null)
        {
            yield return activation;
        }
    }

    /// <summary>
    /// "Outcome&lt;T&gt; handles a failure only if its consumer runs; if somebody requires the same value, the run still fails, after the
    /// observers have run." Reading: who requires the value is who takes it as a plain parameter, whether or not he would have run.
    /// </summary>
    private bool Judge(Activation activation)
    {
        bool changed = false;
        foreach (Item item in activation.Items.Values.Where(i => i is { Progress: Progress.Failed, IsJudged: false, IsCancellation: false, StandIn: null } && i.IsHandled && i.Within.Flow.RaceOf(i.Node) is null))
        {
            List<Item> observers = [.. activation.Flow.ObserversOf(item.Node).Select(node => activation.Items[node.Name])];
            if (!observers.TrueForAll(o => o.IsSettled))
            {
                continue;
            }

            changed = true;
            item.IsJudged = true;
            bool isHandled = activation.Flow.IsObservedByResult(item.Node) || observers.Exists(o => o.HasRun);
            if (!isHandled || activation.Flow.IsRequired(item.Node))
            {
                // Of several, the scheduler may get to any first.
                activation.Due ??= item;
                _alternatives.Add(item.Error!);
            }
        }

        return changed;
    }

    /// <summary>"A run or child ends, and the parent goes on, only when every node of it has settled."</summary>
    private bool Close(Activation activation)
    {
        if (activation.IsOver)
        {
            return false;
        }

        if (activation.Failure is null && activation.Due is { } due && activation.Items.Values.All(item => item.IsSettled))
        {
            Fail(activation, due.Error!, isCancellation: false);
        }

        bool isDone = !activation.IsEnding && activation.Items.Values.All(item => item is { IsSettled: true, WasCancelled: false });
        // What is in it closes first: it may have completed, and is undone then.
        if (!isDone && activation.IsFailing && Live().Any(inner => inner != activation && inner.Outwards.Contains(activation) && Close(inner)))
        {
            return true;
        }

        bool isRunning = _running.Values.Any(running => running.Within.Outwards.Contains(activation));
        // What fails in it is undone and handled there first.
        isRunning |= Live().Any(inner => inner != activation && inner.Failure is not null && inner.Outwards.Contains(activation));
        // What has completed in it meanwhile is being cleaned, and completes then.
        isRunning |= Live().Any(inner => inner is { HasSettled: true, Failure: null } && inner != activation && inner.Outwards.Contains(activation) && IsBeingCleaned(inner.Path));
        isRunning |= activation is { IsEnding: true, LetsFinish: true } && !IsCancelled && GoesOn(activation);
        if (!isDone && (!activation.IsFailing || isRunning || !HasRecovered(activation)))
        {
            return false;
        }

        if (!isDone && Live().Any(inner => inner.Outwards.Contains(activation) && EndsUnseen(inner) && !IsSeen(inner.Path)))
        {
            return false;
        }

        activation.HasSettled = true;
        if (IsBeingCleaned(activation.Path))
        {
            return false;
        }

        // What it had called and is not running any more was cancelled with it.
        foreach (Activation inner in Live().Where(a => a.Outwards.Contains(activation)))
        {
            inner.IsOver = true;
        }

        if (activation.Call is null or { IsSettled: true })
        {
            return true;
        }

        if (activation.Recovered is { } recovered)
        {
            Conclude(activation.Call!, recovered, null, isCancellation: false);
        }
        else if (activation.Failure is { } error)
        {
            Conclude(activation.Call!, null, error, activation.IsCancelled);
        }
        else if (isDone || activation.End is not null)
        {
            Conclude(activation.Call!, ResultOf(activation), null, isCancellation: false);
        }
        else if (activation.Call!.IsTimedOut)
        {
            Conclude(activation.Call, null, null, isCancellation: false);
        }
        else if (!activation.Call.IsDropped)
        {
            // What ends unfinished was cancelled by a failure around it, which is known there.
            Settle(activation.Call, Progress.Failed, "");
        }
        else
        {
            activation.Call.Progress = Progress.Dropped;
        }

        return true;
    }

    /// <summary>Something in it was about to start or to take the next element, or waited for the outside, when it failed: when that has been noticed leaves no trace.</summary>
    private static bool EndsUnseen(Activation failing)
        => (failing.Call is Element && !failing.Items.Values.Any(item => item.HasRun))
            || failing.Items.Values.Any(item => (item.Progress == Progress.Ready && StartsUnseen(item)) || item is { Progress: Progress.Running, Node.Kind: NodeKind.Wait } || item is { IsSettled: false, Elements.Count: > 0 });

    /// <summary>It waits for a thread or for its turn: when it has it, and does not start after all, leaves no trace.</summary>
    private static bool StartsUnseen(Item item) => item.Node.OnPool || item.Node.TakesTurns;

    /// <summary>Something in a failing activation has begun and may finish, though it does not execute at the moment.</summary>
    private bool GoesOn(Activation activation)
        => Live().Any(inner => inner != activation && inner.Outwards.Contains(activation) && !WaitsForPlace(inner))
            || activation.Items.Values.Where(item => item.HasRun && !item.IsSettled).SelectMany(item => item.Elements.Count > 0 ? item.Elements : (IEnumerable<Execution>)[item])
                .Any(e => (e.Progress is Progress.Ready or Progress.Delayed || e is { Progress: Progress.Running, Node.Kind: NodeKind.Wait }) && !IsHeld(e));

    /// <summary>It had no place when what is around it failed, so that it never begins: at rest, with places free, it would have.</summary>
    private bool WaitsForPlace(Activation inner) => _isAtRest && _running.Count == 0 && inner.Call is { IsUnbegun: true } call && IsLimited(call.Within);

    /// <summary>The text of what an activation returns, unless it failed.</summary>
    public static string ResultOf(Activation activation)
    {
        Flow flow = activation.Flow;
        string? early = activation.End?.Text ?? activation.Recovered;
        return early is not null ? (flow.ResultStrength == Strength.Outcome ? $"ok:{early}" : early) : flow.Result is null ? "" : ArgumentOf(activation, new Parameter("", [flow.Result], flow.ResultStrength));
    }
}
