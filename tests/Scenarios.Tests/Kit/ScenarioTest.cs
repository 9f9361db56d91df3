namespace Scenarios.Tests.Kit;

/// <summary>What the tests of every scenario have: a clock that stands still, an observer that notes everything, and the question at the end whether anything has leaked.</summary>
public abstract class ScenarioTest : IAsyncLifetime
{
    private readonly RecordingObserver _observer = new();

    protected ScenarioTest() => Runtime = new FlowRuntime(new FlowRuntimeOptions { Observer = _observer, TimeProvider = Clock, Seed = 1 });

    private protected FakeTimeProvider Clock { get; } = new();

    private protected RecordingObserver Observer => _observer;

    private protected FlowRuntime Runtime { get; }

    /// <summary>What the services were asked for.</summary>
    private protected Journal Journal { get; } = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        FlowMemory memory = (await Runtime.CleanUpAsync().Soon()).After;
        Assert.Equal(0, memory.Parked);
        Assert.Equal(0, memory.InUse);
        await Runtime.DisposeAsync();
    }

    private protected static async Task IsCancelled(Task run, CancellationToken by)
    {
        OperationCanceledException cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(by, cancelled.CancellationToken);
    }
}
