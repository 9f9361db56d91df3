namespace Behaviour.Elements;

/// <summary>Keeps what it saw until it is cleaned, so that a second element in one instance would show.</summary>
internal sealed class Taster : ICleanup
{
    private readonly Census _census;
    private readonly Gate _gate;
    private int _seen;

    public Taster(Census census, Gate gate)
    {
        census.Create();
        (_census, _gate) = (census, gate);
    }

    public ValueTask<Done> ExecuteAsync(Item item, CancellationToken ct)
    {
        _census.Use(dirty: _seen != 0);
        _seen = item.Number;
        return _gate.Wait(new Done(item.Number), ct);
    }

    public void Cleanup()
    {
        _seen = 0;
        _census.Clean();
    }
}

[Workflow]
internal sealed partial class TastesEach(Census census, Gate gate)
{
    public partial ValueTask<Answer> RunAsync(Item[] items, CancellationToken ct = default);

    [Node<Taster>]
    private partial ValueTask<Done> Taste([Each(MaxParallelism = 3)] Item item);

    [Node]
    Answer Show(Done[] done) => new($"{done.Sum(d => d.Number)} {census.Used} {gate.Arrivals}");
}

[State]
internal sealed class Plate : ICleanup
{
    public int Load { get; set; }

    public void Cleanup() => Load = 0;
}

/// <summary>A child with state and a node class, once for every element.</summary>
[Workflow]
internal sealed partial class Serve(Census census, Gate gate)
{
    public partial ValueTask<Done> RunAsync(Item item, int extra, CancellationToken ct = default);

    [Node<Taster>]
    private partial ValueTask<Done> Taste(Item item);

    [Node]
    One Load([From(nameof(Taste))] Done done, Plate plate)
    {
        plate.Load += done.Number;
        return new One(plate.Load + (census.Created * 0) + (gate.Arrivals * 0));
    }

    [Node]
    Done Total(One one, Plate plate, int extra) => new(plate.Load + one.Number + extra);
}

[Workflow]
internal sealed partial class ServesEach(Serve serve)
{
    public partial ValueTask<Answer> RunAsync(IReadOnlyList<Item> items, int extra, CancellationToken ct = default);

    [SubWorkflow(nameof(serve))]
    private partial ValueTask<Done> Course([Each(MaxParallelism = 2)] Item item, int extra);

    [Node]
    Answer Show(Done[] done) => new(string.Join(' ', done.Select(d => d.Number)));
}

/// <summary>Elements within elements.</summary>
[Workflow]
internal sealed partial class Row(Gate gate)
{
    public partial ValueTask<Done> RunAsync(Item[] items, CancellationToken ct = default);

    [Node]
    ValueTask<One> Cell([Each(MaxParallelism = 2)] Item item, CancellationToken ct) => gate.Wait(new One(item.Number), ct);

    [Node]
    Done Sum(One[] ones) => new(ones.Sum(o => o.Number));
}

[Workflow]
internal sealed partial class Table(Row row)
{
    public partial ValueTask<Answer> RunAsync(List<Item[]> rows, CancellationToken ct = default);

    [SubWorkflow(nameof(row))]
    private partial ValueTask<Done> Each([Each(MaxParallelism = 2)] Item[] items);

    [Node]
    Answer Show(Done[] done) => new(string.Join(' ', done.Select(d => d.Number)));
}

public sealed class ElementActivationsTests
{
    private readonly Census _census = new();
    private readonly Gate _gate = new();

    [Fact]
    public async Task Each_element_in_flight_owns_its_instance_which_is_cleaned_between()
    {
        ValueTask<Answer> run = new TastesEach(_census, _gate).RunAsync(Items(9));
        Assert.Equal(3, _census.Created);
        for (int i = 0; i < 9; i++)
        {
            await _gate.ReachedBy(Math.Min(9, i + 3));
            _gate.Release();
        }

        Assert.Equal("45 9 9", (await run.Soon()).Text);
        Assert.Equal(3, _census.Created);
        Assert.Equal(9, _census.Cleaned);
        Assert.Equal(0, _census.DirtyUses);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_sub_workflow_is_an_activation_for_each_element(bool openFirst)
    {
        RecordingObserver observer = new();
        if (openFirst)
        {
            _gate.Open();
        }

        ServesEach workflow = new(new Serve(_census, _gate)) { Runtime = observer.Watch() };
        ValueTask<Answer> run = workflow.RunAsync(Items(5), 100);
        if (!openFirst)
        {
            await _gate.ReachedBy(2);
            Assert.Equal(2, _gate.Waiting);
            Assert.Equal([">Course", ">Course"], observer.Boundaries);
        }

        _gate.Open();
        Assert.Equal("102 104 106 108 110", (await run.Soon()).Text);
        Assert.Equal(5, observer.Boundaries.Count(e => e == ">Course"));
        Assert.Equal(5, observer.Boundaries.Count(e => e == "<Course Completed"));
        Assert.Equal(5, _census.Cleaned);
        Assert.Equal(0, _census.DirtyUses);
    }

    [Fact]
    public async Task A_failing_element_closes_every_boundary_and_cleans_everything()
    {
        RecordingObserver observer = new();
        ServesEach workflow = new(new Serve(_census, _gate)) { Runtime = observer.Watch() };
        ValueTask<Answer> run = workflow.RunAsync(Items(5), 100);
        await _gate.ReachedBy(2);
        _gate.Fail(new BoomException("boom"));

        await Assert.ThrowsAsync<BoomException>(() => run.Soon());
        Assert.Equal(2, observer.Boundaries.Count(e => e == ">Course"));
        Assert.Equal(2, observer.Boundaries.Count(e => e.StartsWith("<Course", StringComparison.Ordinal)));
        Assert.Equal(2, _census.Cleaned);
    }

    [Fact]
    public async Task Cancellation_closes_every_boundary_and_cleans_everything()
    {
        RecordingObserver observer = new();
        using CancellationTokenSource cts = new();
        ServesEach workflow = new(new Serve(_census, _gate)) { Runtime = observer.Watch() };
        ValueTask<Answer> run = workflow.RunAsync(Items(5), 100, cts.Token);
        await _gate.ReachedBy(2);
        await cts.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(2, observer.Boundaries.Count(e => e == "<Course Cancelled"));
        Assert.Equal(2, _census.Cleaned);
    }

    [Fact]
    public async Task Elements_may_have_elements()
    {
        ValueTask<Answer> run = new Table(new Row(_gate)).RunAsync([Items(3), [], Items(5), Items(1)]);
        await _gate.ReachedBy(2);
        _gate.Open();

        Assert.Equal("6 0 15 1", (await run.Soon()).Text);
    }

    [Fact]
    public async Task Runs_over_elements_never_mix()
    {
        _gate.Open();
        ServesEach workflow = new(new Serve(_census, _gate));
        await Crowd.Run(32, thread =>
        {
            for (int i = 0; i < 30; i++)
            {
                ValueTask<Answer> run = workflow.RunAsync(Items(3), thread);
                Assert.True(run.IsCompletedSuccessfully);
                Assert.Equal($"{thread + 2} {thread + 4} {thread + 6}", run.Result.Text);
            }
        });

        Assert.Equal(32 * 30 * 3, _census.Cleaned);
        Assert.Equal(0, _census.DirtyUses);
    }

    private static Item[] Items(int count) => [.. Enumerable.Range(1, count).Select(n => new Item(n))];
}
