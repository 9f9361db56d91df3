using System.Runtime.CompilerServices;
using FlowGen.CompilerServices;

namespace RandomGraphs.Stages;

/// <summary>Awaited by code that goes on elsewhere: on the thread pool, or in a driven run when the driver gets to it.</summary>
internal readonly struct Hop : ICriticalNotifyCompletion
{
    public bool IsCompleted => false;

    public Hop GetAwaiter() => this;

    public void GetResult()
    {
    }

    public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

    public void UnsafeOnCompleted(Action continuation) => PoolWork.Queue(static goOn => goOn(), continuation);
}
