using Behaviour.Policies;

namespace Behaviour.Rulings;

/// <summary>As a root only one at a time, and only one leaf at a time.</summary>
[Workflow(MaxConcurrentRuns = 1, WhenFull = WhenFull.Reject, MaxParallelism = 1)]
internal sealed partial class OneAtATime(Gate gate, Gate other)
{
    public partial ValueTask<Three> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    ValueTask<One> Work(Ask ask, CancellationToken ct) => gate.Wait(new One(ask.Number), ct);

    [Node]
    ValueTask<Two> Other(Ask ask, CancellationToken ct) => other.Wait(new Two(ask.Number), ct);

    [Node]
    Three Show(One one, Two two) => new(one.Number + two.Number);
}

[Workflow]
internal sealed partial class CallsItTwice(OneAtATime left, OneAtATime right)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [SubWorkflow(nameof(left))]
    private partial ValueTask<Three> Left(Ask ask);

    [SubWorkflow(nameof(right)), Retry(1, DelayMs = 0)]
    private partial ValueTask<Three> Right(Ask ask);

    [Node]
    Answer Show([From(nameof(Left))] Three left, [From(nameof(Right))] Three right) => new($"{left.Number} {right.Number}");
}

/// <summary>One leaf at a time, of which one waits for its next try and another for the outside.</summary>
[Workflow(MaxParallelism = 1)]
internal sealed partial class OneLeafAtATime(Trouble trouble, Gate gate, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Wait]
    private partial ValueTask<One> Approve(Ask ask);

    [Node, Retry(1, DelayMs = 1_000, Jitter = false)]
    async ValueTask<Two> Tries(Ask ask, CancellationToken ct)
    {
        journal.Add("try");
        await gate.Wait(ct);
        return trouble.Pass(new Two(ask.Number));
    }

    [Node]
    async ValueTask<Three> Other(Ask ask, CancellationToken ct)
    {
        journal.Add("other");
        await gate.Wait(ct);
        return new Three(ask.Number);
    }

    [Node]
    Answer Show(One one, Two two, Three three) => new($"{one.Number} {two.Number} {three.Number}");
}

/// <summary>Handles its own failure, once per activation.</summary>
[Workflow]
internal sealed partial class RescuesItself(Trouble trouble, Journal journal)
{
    public partial ValueTask<Two> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    Two Work(Ask ask) => trouble.Pass(new Two(ask.Number));

    [Catch]
    Two Rescue(BoomException error, Ask ask) => journal.Add($"rescue {ask.Number} from {error.Message}", new Two(-ask.Number));
}

[Workflow]
internal sealed partial class CallsForEach(RescuesItself child)
{
    public partial ValueTask<Answer> RunAsync(IReadOnlyList<Ask> asks, CancellationToken ct = default);

    [SubWorkflow(nameof(child))]
    private partial ValueTask<Two> Call([Each] Ask ask);

    [Node]
    Answer Show(Two[] twos) => new(string.Join(',', twos.Select(t => t.Number)));
}

/// <summary>
/// "Timeout, workflow Catch, OnError and MaxParallelism apply per activation; Enabled is checked at entry; MaxConcurrentRuns and Record count at the root only. MaxParallelism counts executing
/// leaf nodes, never waits or retry delays." Timeout, OnError and Enabled stand in <c>RunTimeoutTests</c>, <c>WaitSiblingsTests</c> and <c>DisabledTests</c>.
/// </summary>
public sealed class ChildSettingsTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly Tries _tries = new();
    private readonly Gate _gate = new();
    private readonly Gate _other = new();
    private readonly Journal _journal = new();

    [Fact]
    public async Task A_workflow_catch_applies_per_activation()
    {
        CallsForEach workflow = new(new RescuesItself(new Trouble(new BoomException("a"), new BoomException("b")), _journal)) { Runtime = _tries.Watch() };

        Assert.Equal("-1,-2,3", (await workflow.RunAsync([new(1), new(2), new(3)]).Soon()).Text);
        Assert.Equal(["rescue 1 from a", "rescue 2 from b"], _journal.Entries);
        Assert.Equal(3, _tries.Boundaries.Count(b => b == "<Call Completed"));
    }

    [Fact]
    public async Task MaxParallelism_applies_per_activation()
    {
        ValueTask<Answer> run = new CallsItTwice(new OneAtATime(_gate, _other), new OneAtATime(_gate, _other)).RunAsync(new Ask(1));
        Assert.Equal((2, 0), (_gate.Waiting, _other.Waiting));
        _gate.Open();
        Assert.Equal(2, _other.Waiting);
        _other.Open();

        Assert.Equal("2 2", (await run.Soon()).Text);
    }

    [Fact]
    public async Task MaxConcurrentRuns_counts_at_the_root_only()
    {
        OneAtATime child = new(_gate, _other);
        ValueTask<Three> root = child.RunAsync(new Ask(5));
        await Assert.ThrowsAsync<FlowLimitException>(() => child.RunAsync(new Ask(6)).Soon());
        ValueTask<Answer> run = new CallsItTwice(child, child).RunAsync(new Ask(1));
        _gate.Open();
        _other.Open();

        Assert.Equal("2 2", (await run.Soon()).Text);
        Assert.Equal(10, (await root.Soon()).Number);
    }

    [Fact]
    public async Task MaxParallelism_never_counts_waits_or_retry_delays()
    {
        await using OneLeafAtATime.Handle run = new OneLeafAtATime(Trouble.Times(1), _gate, _journal) { Runtime = _tries.Watch(_clock) }.Start(new Ask(1));
        Assert.True(run.Approve.IsPending);
        Assert.Equal(["try"], _journal.Entries);
        _gate.Release();
        await _gate.ReachedBy(2);
        Assert.Equal(["try", "other"], _journal.Entries);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["try", "other"], _journal.Entries);
        _gate.Release();
        await _gate.ReachedBy(3);
        Assert.Equal(["try", "other", "try"], _journal.Entries);
        _gate.Release();
        run.Approve.TrySet(new One(9));

        Assert.Equal("9 1 1", (await run.Completion.Soon()).Text);
    }
}
