using System.Runtime.CompilerServices;

namespace Behaviour.Watching;

/// <summary>Something large that a test can see being collected.</summary>
internal sealed record Cargo(int Number, byte[] Bytes);

internal sealed record Shipped(Cargo Cargo);

[Workflow]
internal sealed partial class Carries(Gate gate)
{
    public partial ValueTask<Answer> RunAsync(Cargo cargo, CancellationToken ct = default);

    [Node]
    ValueTask<Shipped> Ship(Cargo cargo, CancellationToken ct) => gate.Wait(new Shipped(cargo), ct);

    [Node]
    Answer Show(Shipped shipped) => new($"{shipped.Cargo.Number}");
}

[Workflow]
internal sealed partial class CarriesBelow(Carries carries)
{
    public partial ValueTask<Answer> RunAsync(Cargo cargo, CancellationToken ct = default);

    [SubWorkflow(nameof(carries))]
    private partial ValueTask<Answer> Child(Cargo cargo);

    [Node]
    Shipped Again(Cargo cargo, [From(nameof(Child))] Answer answer) => new(cargo with { Number = answer.Text.Length });

    [Node]
    string Text(Shipped shipped) => $"{shipped.Cargo.Number}";

    [Node]
    Answer Show(string text) => new(text);
}

public sealed class MemoryTests
{
    private readonly Gate _gate = new();

    [Theory]
    [InlineData("completed")]
    [InlineData("failed")]
    [InlineData("cancelled")]
    public async Task Pools_retain_nothing_of_a_run(string outcome)
    {
        CarriesBelow workflow = new(new Carries(_gate));
        WeakReference cargo = await RunOnce(workflow, outcome);
        Collect();

        Assert.False(cargo.IsAlive);
        GC.KeepAlive(workflow);
    }

    [Fact]
    public async Task The_runtime_tells_what_is_in_use()
    {
        await using FlowRuntime runtime = new();
        CarriesBelow workflow = new(new Carries(_gate)) { Runtime = runtime };
        Task<Answer>[] runs = [.. Enumerable.Range(0, 3).Select(i => workflow.RunAsync(new Cargo(i, [])).AsTask())];
        string id = CarriesBelow.Descriptor.Id;
        PoolMemory during = runtime.GetMemory().First(pool => pool.WorkflowId == id && pool.InUse > 0);
        Assert.Equal(3, during.InUse);

        _gate.Open();
        await Task.WhenAll(runs).Soon();
        PoolMemory after = runtime.GetMemory().First(pool => pool.WorkflowId == id && pool.Kind == during.Kind);
        Assert.Equal(0, after.InUse);
        Assert.Equal(after.Rented, after.Returned);
        Assert.True(after.Objects >= 3);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private async Task<WeakReference> RunOnce(CarriesBelow workflow, string outcome)
    {
        using CancellationTokenSource cts = new();
        (Task run, WeakReference cargo) = Start(workflow, cts.Token);
        switch (outcome)
        {
            case "completed":
                _gate.Release();
                break;
            case "failed":
                _gate.Fail(new BoomException("boom"));
                break;
            default:
                await cts.CancelAsync();
                break;
        }

        await run.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).Soon();
        Assert.Equal(outcome == "completed", run.IsCompletedSuccessfully);
        return cargo;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (Task Run, WeakReference Cargo) Start(CarriesBelow workflow, CancellationToken ct)
    {
        Cargo cargo = new(1, new byte[100_000]);
        return (workflow.RunAsync(cargo, ct).AsTask(), new WeakReference(cargo));
    }

    private static void Collect()
    {
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }
}
