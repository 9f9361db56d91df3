namespace FlowGen.CompilerServices;

/// <summary>What a suspended step of a parallel frame leaves behind: the callback of its awaiter, or its work item on the thread pool. Made once per frame and step.</summary>
internal sealed class StepSlot : IThreadPoolWorkItem
{
    // A thread of the pool belongs to everybody: after so many steps of one run it looks what else there is.
    private const int MostInARow = 32;

    [ThreadStatic]
    private static StepSlot? t_kept;

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

    /// <summary>The step, and those after it that its thread would only hand to another thread.</summary>
    public void Execute()
    {
        StepSlot? next = this;
        for (int steps = 1; next is not null; steps++)
        {
            next = next._frame.ExecuteOnPool(next, mayKeep: steps < MostInARow);
        }
    }

    /// <summary>The thread, which executes another step at the moment, goes on with this one.</summary>
    internal void Keep() => t_kept = this;

    /// <summary>What it goes on with.</summary>
    internal static StepSlot? TakeKept()
    {
        StepSlot? kept = t_kept;
        t_kept = null;
        return kept;
    }

    private void Post() => _frame.Post(this);
}
