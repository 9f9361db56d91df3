namespace RandomGraphs.Reference;

/// <summary>A failure that FlowGen makes itself, known by its type and by the node that it names.</summary>
internal sealed class Foreseen(Type type, string path) : Exception($"{type.Name} of '{path}'")
{
    public Type Type => type;

    public string Path => path;
}

/// <summary>
/// How one execution of a node ends, "policy order, outside in: Catch / BestEffort, Each or Repeat, total timeout, Retry, attempt timeout,
/// node": language.md 5.
/// </summary>
internal sealed partial class Interpreter
{
    private void Conclude(Execution execution, string? text, Exception? error, bool isCancellation)
    {
        if (execution.IsTimedOut)
        {
            if (execution.Inner is { } inner)
            {
                inner.WasTimedOut = true;
            }

            if (error is not null)
            {
                // Where a sibling has failed, or the caller has cancelled, at the same time, it may count as that.
                Failures.Add(error);
            }

            Expire(execution);
        }
        else if (error is null)
        {
            Iterate(execution, text!);
        }
        else if (isCancellation || !TryAgain(execution, error))
        {
            if (!Failures.Contains(error))
            {
                Failures.Add(error);
            }

            Fail(execution, error, isCancellation);
        }
    }

    /// <summary>"With several of them the nearest type decides; each has its own number of tries. What no attribute fits is not retried."</summary>
    private bool TryAgain(Execution execution, Exception error)
    {
        if (RuleFor(execution.Node, error) is not { } rule)
        {
            return false;
        }

        int used = execution.Tries.GetValueOrDefault(rule);
        if (used == rule.Retries || IsHeld(execution))
        {
            return false;
        }

        execution.Tries[rule] = used + 1;
        Retried.Add(error);
        Again(execution, DelayOf(rule, used + 1));
        return true;
    }

    private static RetryRule? RuleFor(Node node, Exception error)
        => node.Retries.Where(rule => Fits(rule.Fault ?? Fault.Exception, error)).MaxBy(rule => rule.Fault ?? Fault.Exception) is { } nearest && (!nearest.IfBang || error is Bang)
            ? nearest
            : null;

    private static long DelayOf(RetryRule rule, int tries) => rule.Backoff switch
    {
        Backoff.Constant => rule.DelayMs,
        Backoff.Linear => rule.DelayMs * tries,
        _ => rule.DelayMs << (tries - 1),
    };

    private static bool Fits(Fault fault, Exception error) => fault switch
    {
        Fault.Boom => error is Boom,
        Fault.Bang => error is Bang,
        Fault.TimeoutException => error is Foreseen { Type: var type } && type == typeof(TimeoutException),
        _ => true,
    };

    /// <summary>
    /// "At least once, and on while [While] holds, or until [Until] does. The value of one iteration is the [Carry] parameter of the next; that of
    /// the last is the node's."
    /// </summary>
    private void Iterate(Execution execution, string text)
    {
        if (execution.Node.Repeat is not { } repeat)
        {
            Complete(execution, text);
            return;
        }

        execution.Iterations++;
        (execution.TotalEnds, execution.IsTotalTimedOut) = (null, false);
        execution.Carried = text;
        execution.Tries.Clear();
        if (!_script.GoesOn(execution.Path, repeat, text))
        {
            Complete(execution, text);
        }
        else if (execution.Iterations == repeat.Most)
        {
            // "What happens when the condition asks for more than that."
            if (repeat.StopsAtLimit)
            {
                Complete(execution, text);
            }
            else
            {
                Exception error = new Foreseen(typeof(FlowLimitException), execution.Path);
                Failures.Add(error);
                Fail(execution, error, isCancellation: false);
            }
        }
        else if (IsHeld(execution))
        {
            // It would go on, but nothing starts any more.
            OperationCanceledException cancelled = new();
            Failures.Add(cancelled);
            Fail(execution, cancelled, isCancellation: true);
        }
        else
        {
            Again(execution, repeat.DelayMs);
        }
    }

    /// <summary>Another try or iteration. "A sub-workflow is a new activation."</summary>
    private void Again(Execution execution, long delay)
    {
        execution.AttemptEnds = null;
        if (delay > 0)
        {
            execution.DelayedUntil = _now + delay;
            execution.Progress = Progress.Delayed;
        }
        else
        {
            Attempt(execution);
        }
    }

    private void Attempt(Execution execution)
    {
        if (execution.Node.Child is { } child)
        {
            execution.Progress = Progress.Running;
            execution.Inner = Enter(child, execution.Path, execution, InputsOf(execution));
            execution.IsUnbegun = _isPaused || IsLimited(execution.Within);
            if (!execution.IsUnbegun)
            {
                StartClocks(execution);
            }
        }
        else if (execution.Node.Kind == NodeKind.Wait)
        {
            Ask((Item)execution);
        }
        else
        {
            execution.Progress = Progress.Ready;
        }
    }

    /// <summary>Nothing around it may start any more.</summary>
    private bool IsHeld(Execution execution)
        => execution is not Undo && (IsCancelled || execution.IsGivenUp || (execution.Within.IsFailing && !MayFinish(execution))) && !IsAsideOf(execution);

    /// <summary>What it belongs to fails, but lets it finish.</summary>
    private static bool MayFinish(Execution execution)
        => execution.Within is { LetsFinish: true } within && !within.Outwards.Skip(1).Any(a => a is { IsEnding: true, LetsFinish: false }) && !within.Outwards.Any(a => a.Call is { IsGivenUp: true })
            && (execution is Element || execution.Owner.HasRun || execution.Node.OnPool);

    /// <summary>The handler of a failing workflow runs because it fails.</summary>
    private static bool IsAsideOf(Execution execution) => execution.Owner == execution.Within.Handler;

    private void Complete(Execution execution, string text)
    {
        if (execution is Element element && IsPostponed(element, () => Complete(execution, text)))
        {
            return;
        }

        Settle(execution, execution is Item { IsDropped: true } ? Progress.Dropped : Progress.Completed, text);
        if (execution is Item item)
        {
            Arm(item);
            Win(item);
            if (!item.IsDropped && !item.Within.IsFailing)
            {
                Withdraw(item.Within, item.Node.Cancels);
            }

            if (item.Node.IsEnd && !item.Within.IsFailing)
            {
                // "When it completes, nothing else starts, what executes is cancelled and awaited, and the node's value is the result."
                item.Within.End = item;
                IsAmbiguous |= Failing().Any() || FailingLoops().Any();
            }
        }
    }
}
