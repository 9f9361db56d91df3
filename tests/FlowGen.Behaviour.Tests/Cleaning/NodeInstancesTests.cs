namespace Behaviour.Cleaning;

/// <summary>Holds a mutable field, gives it back clean, and lets the test see everything.</summary>
internal sealed class Stamp : ICleanup
{
    private readonly Census _census;
    private readonly Gate _gate;
    private int _uses;

    public Stamp(Census census, Gate gate)
    {
        census.Create();
        (_census, _gate) = (census, gate);
    }

    public ValueTask<One> ExecuteAsync(Ask ask, CancellationToken ct)
    {
        _census.Use(dirty: _uses > 0);
        _uses++;
        return _gate.Wait(new One(ask.Number), ct);
    }

    public void Cleanup()
    {
        _uses = 0;
        _census.Clean();
    }
}

[Workflow]
internal sealed partial class Stamps(Census census, Gate gate)
{
    public partial ValueTask<Answer?> RunAsync(Ask ask, CancellationToken ct = default);

    static bool Wanted(Ask ask) => ask.Number > 0;

    [Node<Stamp>, When(nameof(Wanted))]
    private partial ValueTask<One> Press(Ask ask);

    [Node]
    Answer Show(One one) => new($"{one.Number} {gate.Arrivals} {census.Used}");
}

[Workflow]
internal sealed partial class StampsBelow(Stamps stamps, Gate after)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [SubWorkflow(nameof(stamps))]
    private partial ValueTask<Answer?> Child(Ask ask);

    [Node]
    ValueTask<One> Hold([From(nameof(Child))] Answer? answer, CancellationToken ct) => after.Wait(new One(answer?.Text.Length ?? 0), ct);

    [Node]
    Answer Show(One one) => new($"{one.Number}");
}

/// <summary>No cleanup, mutable field: new each time.</summary>
internal sealed class OneWay(Census census)
{
    private readonly int _number = census.Create();
    private int _uses;

    public One Execute(Ask ask) => new(ask.Number + ++_uses + (_number * 0));
}

[Workflow]
internal sealed partial class UsesOneWay(Census census)
{
    public partial ValueTask<Answer> RunAsync(Ask ask);

    [Node<OneWay>]
    private partial One Step(Ask ask);

    [Node]
    Answer Show(One one) => new($"{one.Number} of {census.Created}");
}

/// <summary>Opted out of pooling although it could be cleaned.</summary>
[Pooled(false)]
internal sealed class NotPooled(Census census) : ICleanup
{
    private readonly int _number = census.Create();

    public One Execute(Ask ask) => new(ask.Number + _number);

    public void Cleanup() => census.Clean();
}

[Workflow]
internal sealed partial class UsesNotPooled(Census census)
{
    public partial ValueTask<Answer> RunAsync(Ask ask);

    [Node<NotPooled>]
    private partial One Step(Ask ask);

    [Node]
    Answer Show(One one) => new($"{one.Number} of {census.Created}");
}

public sealed class NodeInstancesTests
{
    private readonly Census _census = new();
    private readonly Gate _gate = new();
    private readonly Gate _after = new();

    [Fact]
    public async Task An_instance_is_made_at_first_execution_and_not_before()
    {
        Stamps workflow = new(_census, _gate);
        Assert.Null(await workflow.RunAsync(new Ask(0)).Soon());
        Assert.Equal(0, _census.Created);
        Assert.Equal(0, _census.Cleaned);

        _gate.Open();
        await workflow.RunAsync(new Ask(1)).Soon();
        Assert.Equal(1, _census.Created);
        Assert.Equal(1, _census.Cleaned);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_instance_serves_run_after_run(bool open)
    {
        if (open)
        {
            _gate.Open();
        }

        Stamps workflow = new(_census, _gate);
        for (int i = 1; i <= 10; i++)
        {
            ValueTask<Answer?> run = workflow.RunAsync(new Ask(i));
            if (!open)
            {
                _gate.Release();
            }

            await run.Soon();
            Assert.Equal(i, _census.Cleaned);
        }

        Assert.Equal(1, _census.Created);
        Assert.Equal(10, _census.Used);
        Assert.Equal(0, _census.DirtyUses);
    }

    [Fact]
    public async Task Runs_at_once_have_an_instance_each()
    {
        Stamps workflow = new(_census, _gate);
        Task[] runs = [.. Enumerable.Range(1, 5).Select(i => workflow.RunAsync(new Ask(i)).AsTask())];
        Assert.Equal(5, _census.Created);
        _gate.Open();
        await Task.WhenAll(runs).Soon();
        Assert.Equal(5, _census.Cleaned);

        await workflow.RunAsync(new Ask(6)).Soon();
        Assert.Equal(5, _census.Created);
        Assert.Equal(0, _census.DirtyUses);
    }

    [Fact]
    public async Task Instances_are_cleaned_after_a_failure()
    {
        Stamps workflow = new(_census, _gate);
        ValueTask<Answer?> run = workflow.RunAsync(new Ask(1));
        _gate.Fail(new BoomException("boom"));

        await Assert.ThrowsAsync<BoomException>(() => run.Soon());
        Assert.Equal(1, _census.Cleaned);
        await Assert.ThrowsAsync<BoomException>(() => workflow.RunAsync(new Ask(1)).Soon());
        Assert.Equal(1, _census.Created);
        Assert.Equal(2, _census.Cleaned);
        Assert.Equal(0, _census.DirtyUses);
    }

    [Fact]
    public async Task Instances_are_cleaned_after_cancellation()
    {
        using CancellationTokenSource cts = new();
        Stamps workflow = new(_census, _gate);
        ValueTask<Answer?> run = workflow.RunAsync(new Ask(1), cts.Token);
        await cts.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(1, _census.Cleaned);
    }

    [Fact]
    public async Task A_child_gives_its_instances_back_before_its_parent_goes_on()
    {
        _gate.Open();
        ValueTask<Answer> run = new StampsBelow(new Stamps(_census, _gate), _after).RunAsync(new Ask(1));
        await _after.Reached;
        Assert.Equal(1, _census.Cleaned);

        _after.Open();
        await run.Soon();
        Assert.Equal(1, _census.Cleaned);
    }

    [Fact]
    public async Task A_child_that_did_not_use_it_cleans_nothing()
    {
        _after.Open();
        await new StampsBelow(new Stamps(_census, _gate), _after).RunAsync(new Ask(0)).Soon();

        Assert.Equal(0, _census.Created);
        Assert.Equal(0, _census.Cleaned);
    }

    [Fact]
    public async Task A_class_with_mutable_fields_and_no_cleanup_is_new_for_every_activation()
    {
        UsesOneWay workflow = new(_census);
        for (int i = 1; i <= 5; i++)
        {
            Assert.Equal($"4 of {i}", (await workflow.RunAsync(new Ask(3)).Soon()).Text);
        }
    }

    [Fact]
    public async Task A_class_may_opt_out_of_pooling_and_is_cleaned_all_the_same()
    {
        UsesNotPooled workflow = new(_census);
        for (int i = 1; i <= 5; i++)
        {
            Assert.Equal($"{i} of {i}", (await workflow.RunAsync(new Ask(0)).Soon()).Text);
            Assert.Equal(i, _census.Cleaned);
        }
    }

    [Fact]
    public async Task Instances_never_meet_under_load()
    {
        _gate.Open();
        Stamps workflow = new(_census, _gate);
        await Crowd.Run(32, _ =>
        {
            for (int i = 1; i <= 100; i++)
            {
                Assert.True(workflow.RunAsync(new Ask(i)).IsCompletedSuccessfully);
            }
        });

        Assert.Equal(3_200, _census.Used);
        Assert.Equal(3_200, _census.Cleaned);
        Assert.Equal(0, _census.DirtyUses);
    }
}
