using RandomGraphs.Reference;

namespace RandomGraphs.Running;

/// <summary>How the run ended, against how it may: result, failure, cancellation.</summary>
internal sealed class EndComparer(Interpreter reference, Stage stage)
{
    private readonly Activation _root = reference.Root;

    /// <returns>The run status that goes with the ending.</returns>
    public string Compare(Task<string> run, List<string> differences)
    {
        if (reference.Running.Count > 0)
        {
            differences.Add($"end: the run ended while {string.Join(' ', reference.Running)} was running");
        }

        return run.IsCompletedSuccessfully ? CompareResult(run.GetAwaiter().GetResult(), differences) : CompareError(ErrorOf(run), differences);
    }

    private string CompareResult(string result, List<string> differences)
    {
        Flow flow = _root.Flow;
        if (reference.HasUndone && _root.Failure is null && _root.Recovered is null && reference.IsCancelled)
        {
            differences.Add($"undo: the run completed though some of it had been undone");
        }

        if (_root.Recovered is { } recovered)
        {
            if (result != (flow.ResultStrength == Strength.Outcome ? $"ok:{recovered}" : recovered))
            {
                differences.Add($"result: {result} instead of {recovered}");
            }

            return $"{RunStatus.Completed}";
        }

        if (reference.IsCancelled && _root.Items.Values.Any(item => item is { Node.IsEnd: true, Progress: Progress.Completed } && result == (flow.ResultStrength == Strength.Outcome ? $"ok:{item.Text}" : item.Text)))
        {
            // Which of the two was first is left open.
            return $"{RunStatus.Completed}";
        }

        if (_root is { End: not null, Due.Error: { } due } && result == $"!{Interpreter.ErrorText(due)}")
        {
            // A failure that counts once its observers have run, and an end: which was first is left open.
            return $"{RunStatus.Failed}";
        }

        if (_root.Failure is { } failure && flow.ResultStrength == Strength.Outcome && flow.Result is not null)
        {
            // "An entry that returns Outcome<T> gives the failure as a value", but throws on cancellation.
            if (!MayBeThrown().Any(error => result == $"!{Interpreter.ErrorText(error)}"))
            {
                differences.Add($"result: {result} instead of !{failure.Message}");
            }

            return $"{RunStatus.Failed}";
        }

        if (_root.Failure is not null)
        {
            differences.Add($"result: {result} though the run failed with {_root.Failure.Message}");
        }
        else if (!_root.IsOver && !(reference.IsCancelled && reference.OnlySkipsWereLeft()))
        {
            differences.Add($"result: {result} though {(reference.IsCancelled ? "the run was cancelled" : "not everything had settled")}");
        }
        else if (Interpreter.ResultOf(_root) is { } expected && result != expected)
        {
            differences.Add($"result: {result} instead of {expected}");
        }

        return $"{RunStatus.Completed}";
    }

    private string CompareError(Exception error, List<string> differences)
    {
        if (reference.StillArmed.Any())
        {
            differences.Add($"undo: {string.Join(' ', reference.StillArmed)} did not run");
        }

        if (_root.Recovered is { } recovered)
        {
            differences.Add($"exception: {error} though a handler had returned {recovered}");
        }

        string thrown = $"{error.GetType().Name} {error.Message}";
        if (error is OperationCanceledException cancellation && reference.IsCancelled && !(_root is { Failure: OperationCanceledException, IsCancelled: false } && error == _root.Failure))
        {
            if (cancellation.CancellationToken != stage.Token && !stage.IsCancelledOtherwise)
            {
                differences.Add($"exception: {thrown} has not the caller's token");
            }

            if (_root is { IsOver: true, Failure: null, End: null } && reference.Failures.Count == 0 && !reference.HasSilentNodes)
            {
                differences.Add($"exception: {thrown} though everything had settled");
            }

            return $"{RunStatus.Cancelled}";
        }

        if (_root.Failure is null)
        {
            if (reference.IsCancelled && reference.Failures.Contains(error))
            {
                // A failure that would have counted once its observers have run, if the caller had not cancelled: which was first is left open.
                return $"{RunStatus.Failed}";
            }

            differences.Add($"exception: {error} though nothing that counts has failed");
        }
        else if (!MayBeThrown().Any(may => Interpreter.IsSame(may, error)))
        {
            differences.Add($"exception: {thrown} instead of {_root.Failure.Message}");
        }

        return $"{RunStatus.Failed}";
    }

    /// <summary>The first failure; who was first when the caller cancelled is left open.</summary>
    private IReadOnlyCollection<Exception> MayBeThrown()
        => !reference.IsCancelled ? [_root.Failure!, .. reference.Alternatives] : [.. reference.Failures, .. reference.Retried];

    private static Exception ErrorOf(Task run)
    {
        try
        {
            run.GetAwaiter().GetResult();
            throw new InvalidOperationException("The run has not failed.");
        }
        catch (Exception error)
        {
            return error;
        }
    }
}
