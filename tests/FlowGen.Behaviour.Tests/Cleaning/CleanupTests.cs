namespace Behaviour.Cleaning;

/// <summary>Its cleanup waits at a gate.</summary>
internal sealed class SlowToClean(Census census, Gate cleaning) : IAsyncCleanup
{
    private readonly int _number = census.Create();

    public One Execute(Ask ask)
    {
        census.Use();
        return new One(ask.Number + (_number * 0));
    }

    public async ValueTask CleanupAsync()
    {
        await cleaning.Wait();
        census.Clean();
    }
}

[Workflow]
internal sealed partial class CleansSlowly(Census census, Gate cleaning)
{
    public partial ValueTask<One> RunAsync(Ask ask, CancellationToken ct = default);

    [Node<SlowToClean>]
    private partial One Step(Ask ask);

    [Node]
    void Look(One one) => _ = $"{one.Number} {census.Created} {cleaning.Arrivals}";
}

/// <summary>The same child under every mode of cleanup.</summary>
[Workflow]
internal sealed partial class Immediately(CleansSlowly child, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [SubWorkflow(nameof(child))]
    private partial ValueTask<One> Child(Ask ask);

    [Node]
    Answer Show(One one) => journal.Add("shown", new Answer($"{one.Number}"));
}

[Workflow]
internal sealed partial class DeferredCall(CleansSlowly child)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [SubWorkflow(nameof(child), Cleanup = CleanupMode.Deferred)]
    private partial ValueTask<One> Child(Ask ask);

    [Node]
    Answer Show(One one) => new($"{one.Number}");
}

[Workflow]
internal sealed partial class PeriodicCall(CleansSlowly child)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [SubWorkflow(nameof(child), Cleanup = CleanupMode.Periodic)]
    private partial ValueTask<One> Child(Ask ask);

    [Node]
    Answer Show(One one) => new($"{one.Number}");
}

[Workflow]
internal sealed partial class OnDemandCall(CleansSlowly child)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [SubWorkflow(nameof(child), Cleanup = CleanupMode.OnDemand)]
    private partial ValueTask<One> Child(Ask ask);

    [Node]
    Answer Show(One one) => new($"{one.Number}");
}

[Workflow]
internal sealed partial class OnDemandElements(CleansSlowly child)
{
    public partial ValueTask<IReadOnlyList<One>> RunAsync(IReadOnlyList<Ask> asks, CancellationToken ct = default);

    [SubWorkflow(nameof(child), Cleanup = CleanupMode.OnDemand)]
    private partial ValueTask<One> Child([Each] Ask ask);
}

/// <summary>A workflow says for itself when it is cleaned, as a root too.</summary>
[Workflow(Cleanup = CleanupMode.Deferred)]
internal sealed partial class DeferredRoot(Census census, Gate cleaning)
{
    public partial ValueTask<One> RunAsync(Ask ask, CancellationToken ct = default);

    [Node<SlowToClean>]
    private partial One Step(Ask ask);

    [Node]
    void Look(One one) => _ = $"{one.Number} {census.Created} {cleaning.Arrivals}";
}

/// <summary>Throws when it is cleaned, as often as the test says.</summary>
internal sealed class BreaksOnCleanup(Census census, Journal breaks) : ICleanup
{
    private readonly int _number = census.Create();

    public One Execute(Ask ask) => ask.Number >= 0 ? new One(_number) : throw new BoomException("body");

    public void Cleanup()
    {
        census.Clean();
        if (breaks.Entries.Count > 0)
        {
            throw new BoomException("cleanup");
        }
    }
}

[Workflow]
internal sealed partial class Breaks(Census census, Journal breaks)
{
    public partial ValueTask<Answer> RunAsync(Ask ask);

    [Node<BreaksOnCleanup>]
    private partial One Step(Ask ask);

    [Node]
    Answer Show(One one) => new($"instance {one.Number} of {census.Created} {breaks.Entries.Count}");
}

public sealed class CleanupTests
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(60);

    private readonly Census _census = new();
    private readonly Gate _cleaning = new();
    private readonly Journal _journal = new();
    private readonly RecordingObserver _observer = new();

    [Fact]
    public async Task Immediate_cleanup_is_awaited_before_the_parent_goes_on()
    {
        ValueTask<Answer> run = new Immediately(Child(), _journal).RunAsync(new Ask(1));
        await _cleaning.Reached;
        Assert.Empty(_journal.Entries);
        Assert.False(run.IsCompleted);

        _cleaning.Open();
        Assert.Equal("1", (await run.Soon()).Text);
        Assert.Equal(1, _census.Cleaned);
    }

    [Fact]
    public async Task A_root_s_immediate_cleanup_is_awaited_before_the_run_ends()
    {
        ValueTask<One> run = Child().RunAsync(new Ask(1));
        await _cleaning.Reached;
        Assert.False(run.IsCompleted);

        _cleaning.Open();
        Assert.Equal(new One(1), await run.Soon());
        Assert.Equal(1, _census.Cleaned);
    }

    [Fact]
    public async Task Deferred_cleanup_never_delays_the_run()
    {
        await using FlowRuntime runtime = _observer.Watch();
        DeferredCall workflow = new(Child()) { Runtime = runtime };
        Assert.Equal("1", (await workflow.RunAsync(new Ask(1)).Soon()).Text);
        await _cleaning.Reached;
        Assert.Equal(0, _census.Cleaned);

        _cleaning.Open();
        await _census.CleanedBy(1);
    }

    [Fact]
    public async Task Deferred_cleanup_of_a_root_never_delays_it_either()
    {
        await using FlowRuntime runtime = _observer.Watch();
        DeferredRoot workflow = new(_census, _cleaning) { Runtime = runtime };
        Assert.Equal(new One(1), await workflow.RunAsync(new Ask(1)).Soon());
        await _cleaning.Reached;

        _cleaning.Open();
        await _census.CleanedBy(1);
    }

    [Fact]
    public async Task Periodic_cleanup_waits_for_the_runtime_s_sweep()
    {
        FakeTimeProvider clock = new();
        await using FlowRuntime runtime = _observer.Watch(clock);
        _cleaning.Open();
        PeriodicCall workflow = new(Child()) { Runtime = runtime };
        await workflow.RunAsync(new Ask(1)).Soon();
        await workflow.RunAsync(new Ask(2)).Soon();
        Assert.Equal(0, _census.Cleaned);
        Assert.Equal(2, _census.Created);

        clock.Advance(s_interval);
        await _census.CleanedBy(2);
    }

    [Fact]
    public async Task Cleanup_on_demand_waits_for_the_demand()
    {
        FakeTimeProvider clock = new();
        await using FlowRuntime runtime = _observer.Watch(clock);
        _cleaning.Open();
        OnDemandCall workflow = new(Child()) { Runtime = runtime };
        await workflow.RunAsync(new Ask(1)).Soon();
        clock.Advance(s_interval * 3);
        Assert.Equal(0, _census.Cleaned);

        runtime.CleanUp();
        await _census.CleanedBy(1);
    }

    [Fact]
    public async Task Disposing_the_runtime_drains_what_is_parked()
    {
        FlowRuntime runtime = _observer.Watch(new FakeTimeProvider());
        _cleaning.Open();
        await new OnDemandCall(Child()) { Runtime = runtime }.RunAsync(new Ask(1)).Soon();
        await new PeriodicCall(Child()) { Runtime = runtime }.RunAsync(new Ask(1)).Soon();
        Assert.Equal(0, _census.Cleaned);

        await runtime.DisposeAsync();
        Assert.Equal(2, _census.Cleaned);
    }

    /// <summary>The object that the elements run on was made without a runtime, and has the default one.</summary>
    [Fact]
    public async Task What_elements_leave_is_parked_with_the_runtime_of_the_run()
    {
        FlowRuntime runtime = _observer.Watch(new FakeTimeProvider());
        _cleaning.Open();
        await new OnDemandElements(Child()) { Runtime = runtime }.RunAsync([new Ask(1), new Ask(2)]).Soon();
        Assert.Equal(0, _census.Cleaned);

        await runtime.DisposeAsync();
        Assert.Equal(2, _census.Cleaned);
    }

    [Fact]
    public async Task Cleaned_instances_serve_again_whatever_the_mode()
    {
        await using FlowRuntime runtime = _observer.Watch(new FakeTimeProvider());
        _cleaning.Open();
        OnDemandCall workflow = new(Child()) { Runtime = runtime };
        for (int i = 1; i <= 3; i++)
        {
            await workflow.RunAsync(new Ask(i)).Soon();
            runtime.CleanUp();
            await _census.CleanedBy(i);
        }

        Assert.InRange(_census.Created, 1, 3);
        Assert.Equal(3, _census.Used);
        Assert.Equal(3, _census.Cleaned);
    }

    [Fact]
    public async Task A_cleanup_that_throws_drops_the_instance_and_the_result_stands()
    {
        Breaks workflow = new(_census, _journal) { Runtime = _observer.Watch() };
        Assert.Equal("instance 1 of 1 0", (await workflow.RunAsync(new Ask(1)).Soon()).Text);
        Assert.DoesNotContain(_observer.Events, e => e.Kind == FlowEventKind.CleanupFailed);

        _journal.Add("break");
        Assert.Equal("instance 1 of 1 1", (await workflow.RunAsync(new Ask(1)).Soon()).Text);
        FlowEvent failed = Assert.Single(_observer.Events, e => e.Kind == FlowEventKind.CleanupFailed);
        Assert.Equal("Step", failed.Path);
        Assert.Equal(nameof(BreaksOnCleanup), failed.Detail);
        Assert.IsType<BoomException>(failed.Error);

        Assert.Equal("instance 2 of 2 1", (await workflow.RunAsync(new Ask(1)).Soon()).Text);
    }

    [Fact]
    public async Task A_cleanup_that_throws_never_hides_the_run_s_own_error()
    {
        _journal.Add("break");
        Breaks workflow = new(_census, _journal) { Runtime = _observer.Watch() };

        BoomException error = await Assert.ThrowsAsync<BoomException>(() => workflow.RunAsync(new Ask(-1)).Soon());
        Assert.Equal("body", error.Message);
        Assert.Single(_observer.Events, e => e.Kind == FlowEventKind.CleanupFailed);
    }

    [Fact]
    public async Task An_asynchronous_cleanup_that_throws_is_reported_too()
    {
        _cleaning.Fail(new BoomException("cleanup"));
        CleansSlowly workflow = new(_census, _cleaning) { Runtime = _observer.Watch() };

        Assert.Equal(new One(1), await workflow.RunAsync(new Ask(1)).Soon());
        Assert.Equal(nameof(SlowToClean), Assert.Single(_observer.Events, e => e.Kind == FlowEventKind.CleanupFailed).Detail);
        Assert.Equal(new One(2), await workflow.RunAsync(new Ask(2)).Soon());
        Assert.Equal(2, _census.Created);
    }

    private CleansSlowly Child() => new(_census, _cleaning);
}
