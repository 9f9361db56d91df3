namespace Behaviour.Crowds;

[Workflow]
internal sealed partial class Holds(Gate gate)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    ValueTask<One> Hold(Ask ask, CancellationToken ct) => gate.Wait(new One(ask.Number), ct);

    [Node]
    Answer Show(One one) => new($"{one.Number}");
}

// A value task may be awaited once. These tests do it twice on purpose, which the compiler's analyzers warn of elsewhere.
public sealed class ValueTaskTests
{
    private readonly Gate _gate = new();

    [Fact]
    public async Task Awaiting_twice_throws()
    {
        ValueTask<Answer> run = new Holds(_gate).RunAsync(new Ask(1));
        _gate.Release();
        Assert.Equal("1", (await run).Text);

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await run);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await run);
    }

    [Fact]
    public async Task Awaiting_twice_never_harms_the_run_that_came_after()
    {
        Holds workflow = new(_gate);
        ValueTask<Answer> first = workflow.RunAsync(new Ask(1));
        _gate.Release();
        Assert.Equal("1", (await first).Text);

        for (int i = 2; i < 20; i++)
        {
            ValueTask<Answer> next = workflow.RunAsync(new Ask(i));
            await Assert.ThrowsAsync<InvalidOperationException>(async () => await first);
            Assert.False(next.IsCompleted);
            _gate.Release();
            await Assert.ThrowsAsync<InvalidOperationException>(async () => await first);
            Assert.Equal($"{i}", (await next.Soon()).Text);
        }
    }

    [Fact]
    public async Task Awaiting_a_failed_run_twice_throws_its_error_once()
    {
        ValueTask<Answer> run = new Holds(_gate).RunAsync(new Ask(1));
        _gate.Fail(new BoomException("boom"));

        await Assert.ThrowsAsync<BoomException>(async () => await run);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await run);
    }

    [Fact]
    public async Task Reading_the_result_of_a_run_that_is_not_done_throws()
    {
        ValueTask<Answer> run = new Holds(_gate).RunAsync(new Ask(1));

        Assert.Throws<InvalidOperationException>(() => run.GetAwaiter().GetResult());
        _gate.Open();
        Assert.Equal("1", (await run).Text);
    }

    [Fact]
    public async Task Two_who_race_for_one_result_get_it_once()
    {
        Holds workflow = new(_gate);
        for (int i = 0; i < 200; i++)
        {
            ValueTask<Answer> run = workflow.RunAsync(new Ask(i));
            _gate.Release();
            int got = 0;
            int refused = 0;
            await Crowd.Run(2, _ =>
            {
                try
                {
                    Assert.Equal($"{i}", run.GetAwaiter().GetResult().Text);
                    Interlocked.Increment(ref got);
                }
                catch (InvalidOperationException)
                {
                    Interlocked.Increment(ref refused);
                }
            });

            Assert.Equal((1, 1), (got, refused));
        }
    }

    [Fact]
    public async Task A_run_that_nobody_awaits_goes_on_to_its_end()
    {
        RecordingObserver observer = new();
        Holds workflow = new(_gate) { Runtime = observer.Watch() };
        _ = workflow.RunAsync(new Ask(1));
        await _gate.Reached;
        _gate.Open();

        Assert.Equal("run Completed", observer.Lines[^1]);
        Assert.Equal("2", (await workflow.RunAsync(new Ask(2)).Soon()).Text);
    }
}
