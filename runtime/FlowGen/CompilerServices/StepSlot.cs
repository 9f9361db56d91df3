namespace FlowGen.CompilerServices;

/// <summary>What a suspended step of a parallel frame leaves behind: the callback of its awaiter, or its work item on the thread pool. Made once per frame and step.</summary>
internal sealed class StepSlot : IThreadPoolWorkItem
{
    private readonly FlowFrame _frame;

    internal StepSlot(FlowFrame frame, int step)
    {
        _frame = frame;
        Step = step;
        Callback = Post;
    }

    internal int Step { get; }

    internal Action Callback { get; }

    /// <summary>What the step ended with instead of a result, until the runner takes it.</summary>
    internal Exception? Error { get; set; }

    public void Execute() => _frame.ExecuteOnPool(this);

    private void Post() => _frame.Post(this);
}
