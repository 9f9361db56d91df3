namespace FlowGen.CompilerServices;

/// <summary>What a suspended step of a parallel frame leaves behind: the callback of its awaiter, or its work item on the thread pool. Made once per frame and step.</summary>
internal sealed class StepSlot : IThreadPoolWorkItem
{
    private readonly IStepHost _host;
    private readonly int _step;

    internal StepSlot(IStepHost host, int step)
    {
        _host = host;
        _step = step;
        Callback = () => host.Post(step);
    }

    internal Action Callback { get; }

    /// <summary>What the body threw on the thread pool, until the runner takes it.</summary>
    internal Exception? Error { get; set; }

    public void Execute() => _host.ExecuteOnPool(_step);
}

/// <summary>A parallel frame as its slots see it.</summary>
internal interface IStepHost
{
    void Post(int step);

    void ExecuteOnPool(int step);
}
