using System.Runtime.CompilerServices;

namespace Behaviour.Sagas;

/// <summary>Something large that a test can see being collected.</summary>
internal sealed record Freight(int Number, byte[] Bytes);

[Workflow]
internal sealed partial class LoadsOne(Gate gate)
{
    public partial ValueTask<Loaded> RunAsync(Freight freight, CancellationToken ct = default);

    [Node]
    Loaded Load(Freight freight) => new(freight);

    [Compensate(nameof(Load))]
    void Unload(Loaded loaded) => _ = loaded.Freight.Number;

    [Node]
    ValueTask Check(Loaded loaded, CancellationToken ct) => gate.Wait(loaded.Freight.Number == 0 ? default : ct);
}

internal sealed record Loaded(Freight Freight);

/// <summary>Children laid out, linked, repeated and undone as a whole, all of which keep something until the run ends.</summary>
[Workflow]
internal sealed partial class LoadsAll(LoadsOne child, Gate last)
{
    public partial ValueTask<Answer> RunAsync(Freight freight, IReadOnlyList<Freight> more, CancellationToken ct = default);

    [SubWorkflow(nameof(child))]
    private partial ValueTask<Loaded> LaidOut(Freight freight);

    [SubWorkflow(nameof(child)), Retry(1, DelayMs = 0)]
    private partial ValueTask<Loaded> Linked(Freight freight);

    [SubWorkflow(nameof(child))]
    private partial ValueTask<Loaded> Many([Each(MaxParallelism = 2)] Freight freight);

    [SubWorkflow(nameof(child)), Retry(1, DelayMs = 0)]
    private partial ValueTask<Loaded> AsAWhole(Freight freight);

    [Compensate(nameof(AsAWhole))]
    void Undo([From(nameof(AsAWhole))] Loaded loaded, Exception reason) => _ = $"{loaded.Freight.Number} {reason.Message}";

    [Node]
    ValueTask<Answer> Pay(
        [From(nameof(LaidOut))] Loaded one, [From(nameof(Linked))] Loaded two, [From(nameof(AsAWhole))] Loaded three, Loaded[] more, CancellationToken ct)
        => last.Wait(new Answer($"{one.Freight.Number + two.Freight.Number + three.Freight.Number + more.Length}"), ct);
}

public sealed class SagaMemoryTests
{
    private readonly Gate _gate = new();
    private readonly Gate _last = new();

    [Theory]
    [InlineData("completed")]
    [InlineData("failed")]
    [InlineData("cancelled")]
    [InlineData("failed inside")]
    [InlineData("cancelled inside")]
    public async Task Everything_goes_back_to_its_pool_and_nothing_of_the_run_is_kept(string outcome)
    {
        await using FlowRuntime runtime = new();
        LoadsAll workflow = new(new LoadsOne(_gate), _last) { Runtime = runtime };
        WeakReference freight = await RunOnce(workflow, outcome);
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(freight.IsAlive);
        PoolMemory[] pools = [.. runtime.GetMemory().Where(p => p.WorkflowId == LoadsAll.Descriptor.Id || p.WorkflowId == LoadsOne.Descriptor.Id)];
        Assert.NotEmpty(pools);
        Assert.All(pools, pool => Assert.Equal((pool.WorkflowId, 0), (pool.WorkflowId, pool.InUse)));
        GC.KeepAlive(workflow);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private async Task<WeakReference> RunOnce(LoadsAll workflow, string outcome)
    {
        using CancellationTokenSource cts = new();
        (Task run, WeakReference freight) = Start(workflow, cts.Token);
        switch (outcome)
        {
            case "failed inside":
                _gate.Fail(new BoomException("boom"));
                break;
            case "cancelled inside":
                await cts.CancelAsync();
                break;
            case "cancelled":
                _gate.Open();
                await cts.CancelAsync();
                break;
            case "failed":
                _gate.Open();
                _last.Fail(new BoomException("boom"));
                break;
            default:
                _gate.Open();
                _last.Open();
                break;
        }

        Exception? error = await Record.ExceptionAsync(() => run.Soon());
        Assert.Equal(outcome == "completed", error is null);
        return freight;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (Task Run, WeakReference Freight) Start(LoadsAll workflow, CancellationToken ct)
    {
        Freight freight = new(1, new byte[1_000]);
        Freight[] more = [new(2, []), new(3, [])];
        return (workflow.RunAsync(freight, more, ct).AsTask(), new WeakReference(freight));
    }
}
