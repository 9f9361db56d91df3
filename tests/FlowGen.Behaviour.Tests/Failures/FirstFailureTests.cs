using System.Collections;

namespace Behaviour.Failures;

/// <summary>Three siblings that suspend; the slow one takes its time even after it was cancelled.</summary>
[Workflow]
internal sealed partial class Siblings(Gate first, Gate second, Gate slow, Gate leaving, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    async ValueTask<One> First(Ask ask, CancellationToken ct)
    {
        await first.Wait(CancellationToken.None);
        journal.Add($"First cancelled {ct.IsCancellationRequested}");
        return new One(ask.Number);
    }

    [Node]
    async ValueTask<Two> Second(Ask ask, CancellationToken ct)
    {
        await second.Wait(CancellationToken.None);
        journal.Add($"Second cancelled {ct.IsCancellationRequested}");
        return new Two(ask.Number);
    }

    [Node]
    async ValueTask<Three> Slow(Ask ask, CancellationToken ct)
    {
        try
        {
            await slow.Wait(ct);
            return new Three(ask.Number);
        }
        catch (OperationCanceledException)
        {
            await leaving.Wait(CancellationToken.None);
            journal.Add("Slow left");
            throw;
        }
    }

    [Node]
    Answer Join(One one, Two two, Three three) => journal.Add("Join", new Answer($"{one.Number + two.Number + three.Number}"));

    [Node]
    void Later(One one) => journal.Add($"Later {one.Number}");
}

/// <summary>A failure in the middle of inline code, with a suspended sibling.</summary>
[Workflow]
internal sealed partial class FailsInline(Gate gate, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    ValueTask<One> Hold(Ask ask, CancellationToken ct) => gate.Wait(new One(ask.Number), ct);

    [Node]
    Two Divide(Ask ask) => new(100 / ask.Number);

    [Node]
    Three NeverStarted(Ask ask) => journal.Add("started", new Three(ask.Number));

    [Node]
    Answer Join(One one, Two two, Three three) => new($"{one.Number + two.Number + three.Number}");
}

[Workflow]
internal sealed partial class FailsInAnyWay
{
    public partial ValueTask<Answer> RunAsync(int way);

    [Node]
    ValueTask<One> Throw(int way) => way switch
    {
        0 => throw new BoomException("before the first await"),
        1 => new ValueTask<One>(Task.FromException<One>(new BoomException("a faulted task"))),
        2 => ThrowLater(),
        _ => ValueTask.FromException<One>(new BoomException("a faulted value task")),
    };

    [Node]
    Answer Show(One one) => new($"{one.Number}");

    private static async ValueTask<One> ThrowLater()
    {
        await Task.Yield();
        throw new BoomException("after an await");
    }
}

public sealed class FirstFailureTests
{
    private readonly Gate _first = new();
    private readonly Gate _second = new();
    private readonly Gate _slow = new();
    private readonly Gate _leaving = new();
    private readonly Journal _journal = new();

    [Fact]
    public async Task Siblings_are_cancelled_and_all_are_awaited()
    {
        BoomException boom = new("boom");
        ValueTask<Answer> run = Start();
        _second.Fail(boom);
        await _leaving.Reached;
        Assert.False(run.IsCompleted);

        _leaving.Open();
        Assert.Equal(["Slow left"], _journal.Entries);
        Assert.False(run.IsCompleted);

        _first.Open();
        Assert.Same(boom, await Assert.ThrowsAsync<BoomException>(() => run.Soon()));
        Assert.Equal(["Slow left", "First cancelled True"], _journal.Entries);
    }

    [Fact]
    public async Task The_first_failure_decides_and_later_ones_are_kept_in_its_data()
    {
        BoomException boom = new("boom");
        BoomException later = new("later");
        ValueTask<Answer> run = Start();
        _second.Fail(boom);
        _leaving.Open();
        _first.Fail(later);

        BoomException thrown = await Assert.ThrowsAsync<BoomException>(() => run.Soon());
        Assert.Same(boom, thrown);
        IEnumerable suppressed = Assert.IsType<IEnumerable>(thrown.Data["FlowGen.Suppressed"], exactMatch: false);
        Assert.Equal([later], suppressed.Cast<Exception>());
    }

    [Fact]
    public async Task Siblings_that_were_only_cancelled_are_not_kept()
    {
        BoomException boom = new("boom");
        ValueTask<Answer> run = Start();
        _second.Fail(boom);
        _leaving.Open();
        _first.Open();

        BoomException thrown = await Assert.ThrowsAsync<BoomException>(() => run.Soon());
        Assert.False(thrown.Data.Contains("FlowGen.Suppressed"));
    }

    [Fact]
    public async Task The_observer_sees_each_sibling_s_end()
    {
        RecordingObserver observer = new();
        BoomException boom = new("boom");
        Siblings workflow = new(_first, _second, _slow, _leaving, _journal) { Runtime = observer.Watch() };
        ValueTask<Answer> run = workflow.RunAsync(new Ask(1));
        _second.Fail(boom);
        _leaving.Open();
        _first.Open();
        await Assert.ThrowsAsync<BoomException>(() => run.Soon());

        Assert.Equal("Executing Completed", observer.StatesOf("First"));
        Assert.Equal("Executing Failed", observer.StatesOf("Second"));
        Assert.Equal("Executing Cancelled", observer.StatesOf("Slow"));
        Assert.DoesNotContain("Executing", observer.StatesOf("Join"), StringComparison.Ordinal);
        Assert.DoesNotContain("Executing", observer.StatesOf("Later"), StringComparison.Ordinal);
        FlowEvent end = observer.Events[^1];
        Assert.Equal("run Failed", end.ToString());
        Assert.Same(boom, end.Error);
        Assert.Same(boom, observer.Events.Single(e => e.Path == "Second" && e.Detail == "Failed").Error);
    }

    [Fact]
    public async Task Nothing_starts_after_a_failure()
    {
        ValueTask<Answer> run = Start();
        _second.Fail(new BoomException("boom"));
        _first.Open();
        _leaving.Open();

        await Assert.ThrowsAsync<BoomException>(() => run.Soon());
        Assert.DoesNotContain("Later 1", _journal.Entries);
    }

    [Fact]
    public async Task An_inline_failure_waits_for_what_is_suspended_and_starts_no_more()
    {
        Gate gate = new();
        ValueTask<Answer> run = new FailsInline(gate, _journal).RunAsync(new Ask(0));

        await Assert.ThrowsAsync<DivideByZeroException>(() => run.Soon());
        Assert.Equal(1, gate.Arrivals);
        Assert.Equal(0, gate.Waiting);
        Assert.Empty(_journal.Entries);
    }

    [Theory]
    [InlineData(0, "before the first await")]
    [InlineData(1, "a faulted task")]
    [InlineData(2, "after an await")]
    [InlineData(3, "a faulted value task")]
    public async Task Errors_never_come_synchronously_whatever_the_node_does(int way, string message)
    {
        ValueTask<Answer> run = new FailsInAnyWay().RunAsync(way);

        BoomException error = await Assert.ThrowsAsync<BoomException>(() => run.Soon());
        Assert.Equal(message, error.Message);
    }

    [Theory]
    [InlineData(0, nameof(FailsInAnyWay) + ".Throw")]
    [InlineData(2, "ThrowLater")]
    public async Task The_exception_keeps_its_own_stack_trace(int way, string frame)
    {
        BoomException error = await Assert.ThrowsAsync<BoomException>(() => new FailsInAnyWay().RunAsync(way).Soon());

        Assert.Contains(frame, error.StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_after_a_failed_one_is_whole()
    {
        Gate gate = new();
        FailsInline workflow = new(gate, _journal);
        for (int i = 0; i < 20; i++)
        {
            await Assert.ThrowsAsync<DivideByZeroException>(() => workflow.RunAsync(new Ask(0)).Soon());
            ValueTask<Answer> run = workflow.RunAsync(new Ask(10));
            await gate.ReachedBy((2 * i) + 2);
            gate.Release();
            Assert.Equal("30", (await run.Soon()).Text);
        }
    }

    [Fact]
    public async Task Racing_failures_leave_one_winner()
    {
        for (int i = 0; i < 200; i++)
        {
            Gate first = new();
            Gate second = new();
            BoomException one = new("one");
            BoomException two = new("two");
            _leaving.Open();
            ValueTask<Answer> run = new Siblings(first, second, _slow, _leaving, _journal).RunAsync(new Ask(1));
            await Task.WhenAll(Task.Run(() => first.Fail(one)), Task.Run(() => second.Fail(two))).Soon();

            BoomException thrown = await Assert.ThrowsAsync<BoomException>(() => run.Soon());
            BoomException other = ReferenceEquals(thrown, one) ? two : one;
            IEnumerable suppressed = Assert.IsType<IEnumerable>(thrown.Data["FlowGen.Suppressed"], exactMatch: false);
            Assert.Equal([other], suppressed.Cast<Exception>());
        }
    }

    private ValueTask<Answer> Start() => new Siblings(_first, _second, _slow, _leaving, _journal).RunAsync(new Ask(1));
}
