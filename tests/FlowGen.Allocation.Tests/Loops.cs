namespace Allocation;

[Workflow]
internal sealed partial class Loop(Func<int, ValueTask<int>> step)
{
    public partial ValueTask<int[]> RunAsync(int[] numbers, CancellationToken ct = default);

    [Node] ValueTask<int> Work([Each(MaxParallelism = 8)] int numbers) => step(numbers);
}

/// <summary>Without a value there is no result array either.</summary>
[Workflow]
internal sealed partial class LoopForEffect(Func<int, ValueTask<int>> step)
{
    public partial ValueTask RunAsync(int[] numbers, CancellationToken ct = default);

    [Node] async ValueTask Work([Each] int numbers) => _ = await step(numbers);
}

[Workflow]
internal sealed partial class LoopOverChild(Child child)
{
    public partial ValueTask<int[]> RunAsync(int[] numbers, CancellationToken ct = default);

    [Node] int[] Same(int[] numbers) => numbers;

    [SubWorkflow(nameof(child))]
    private partial ValueTask<int> Work([Each(nameof(Same), MaxParallelism = 4)] int number);

    [Node] int[] Pass([From(nameof(Work))] int[] all) => all;
}
