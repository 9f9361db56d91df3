namespace FlowGen.CompilerServices;

/// <summary>What happens to one element, and what an observer is told of it.</summary>
public abstract partial class EachLoop<TItem, TResult>
{
    /// <summary>Whether each element is an activation of a sub-workflow.</summary>
    protected virtual bool IsSubWorkflow => false;

    internal long ElementStarted(int index)
    {
        if (Frame.Observer is null)
        {
            return 0;
        }

        if (IsSubWorkflow)
        {
            Frame.LinkEntered(Node, index);
        }
        else
        {
            Frame.Executing(Node, index);
        }

        return Frame.RunRuntime.TimeProvider.GetTimestamp();
    }

    internal void ElementCompleted(int index, TResult result, long startedAt)
    {
        Store(index, result);
        if (Frame.Observer is null)
        {
            return;
        }

        if (IsSubWorkflow)
        {
            Frame.SubWorkflowLeft(Node, RunStatus.Completed, null, Elapsed(startedAt), index);
        }
        else
        {
            Frame.Completed(Node, index);
        }
    }

    internal void ElementFailed(int index, Exception error, long startedAt)
    {
        bool cancelled = error is OperationCanceledException && Token.IsCancellationRequested;
        if (Frame.Observer is not null && IsSubWorkflow)
        {
            Frame.SubWorkflowLeft(Node, FlowFrame.StatusOf(error, cancelled), error, Elapsed(startedAt), index);
        }
        else
        {
            Frame.NodeFailed(Node, error, cancelled, index);
        }

        Fail(error);
    }

    private TimeSpan Elapsed(long startedAt) => Frame.RunRuntime.TimeProvider.GetElapsedTime(startedAt);
}
