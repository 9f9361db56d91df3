namespace FlowGen.CompilerServices;

/// <summary>What happens to one element, and what an observer is told of it.</summary>
public abstract partial class EachLoop<TItem, TResult>
{
    internal long ElementStarted(int index, int attempt = 1)
    {
        if (!Frame.IsWatched)
        {
            return 0;
        }

        if (_rules.IsSubWorkflow)
        {
            Frame.LinkEntered(Node, index, attempt);
        }
        else
        {
            Frame.Report(Node, NodeState.Executing, error: null, index, attempt);
        }

        return Frame.RunRuntime.TimeProvider.GetTimestamp();
    }

    internal void ElementCompleted(int index, TResult result, long startedAt, int attempt)
    {
        if (Frame.IsWatched)
        {
            if (_rules.IsSubWorkflow)
            {
                Frame.SubWorkflowLeft(Node, RunStatus.Completed, null, Elapsed(startedAt), index, attempt);
            }
            else
            {
                Frame.Report(Node, NodeState.Completed, error: null, index, attempt);
            }
        }

        if (_rules.HasGaps)
        {
            NoteCompleted(index, result);
        }
        else
        {
            Store(index, result);
        }
    }

    internal void ElementFailed(int index, Exception error, long startedAt, int attempt)
    {
        TryFailed(index, error, startedAt, attempt);
        if (_rules.HasGaps)
        {
            NoteFailed(index, error);
        }
        else
        {
            Fail(error);
        }
    }

    /// <summary>One try of an element has failed, and perhaps not the last.</summary>
    internal void TryFailed(int index, Exception error, long startedAt, int attempt)
    {
        if (!Frame.IsWatched)
        {
            return;
        }

        bool cancelled = error is OperationCanceledException && Token.IsCancellationRequested;
        if (_rules.IsSubWorkflow && startedAt != 0)
        {
            Frame.SubWorkflowLeft(Node, FlowFrame.StatusOf(error, cancelled), error, Elapsed(startedAt), index, attempt);
        }
        else
        {
            Frame.NodeFailed(Node, error, cancelled, index, attempt);
        }
    }

    private TimeSpan Elapsed(long startedAt) => Frame.RunRuntime.TimeProvider.GetElapsedTime(startedAt);
}
