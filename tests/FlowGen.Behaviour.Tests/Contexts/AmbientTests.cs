namespace Behaviour.Contexts;

/// <summary>Reads and writes an AsyncLocal from nodes of every kind, around a suspension.</summary>
[Workflow]
internal sealed partial class Ambient(AsyncLocal<string?> ambient, Gate gate, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    One Before(Ask ask) => journal.Add($"before {ambient.Value}", new One(ask.Number));

    [Node]
    ValueTask<Two> Hold(One one, CancellationToken ct) => gate.Wait(new Two(one.Number), ct);

    [Node]
    Three After(Two two) => journal.Add($"after {ambient.Value}", new Three(two.Number));

    [Node(RunOn = RunOn.ThreadPool)]
    Four OnPool(Three three) => journal.Add($"pool {ambient.Value}", new Four(three.Number));

    [Node]
    Answer Last(Four four)
    {
        journal.Add($"last {ambient.Value}");
        ambient.Value = "set by a node";
        return new Answer($"{four.Number}");
    }
}

[Workflow]
internal sealed partial class SetsAmbient(AsyncLocal<string?> ambient, Gate gate)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    One SetFirst(Ask ask)
    {
        ambient.Value = "leaked";
        return new One(ask.Number);
    }

    [Node]
    ValueTask<Answer> Hold(One one, CancellationToken ct) => gate.Wait(new Answer($"{one.Number}"), ct);
}

/// <summary>Purely synchronous: no frame is needed, the caller's context must be safe all the same.</summary>
[Workflow]
internal sealed partial class SetsAmbientInline(AsyncLocal<string?> ambient)
{
    public partial ValueTask<Answer> RunAsync(Ask ask);

    [Node]
    Answer Set(Ask ask)
    {
        ambient.Value = "leaked";
        return new Answer($"{ask.Number}");
    }
}

/// <summary>Never posts back: it counts who tries.</summary>
internal sealed class CountingContext : SynchronizationContext
{
    private int _posts;

    public int Posts => Volatile.Read(ref _posts);

    public override void Post(SendOrPostCallback d, object? state)
    {
        Interlocked.Increment(ref _posts);
        base.Post(d, state);
    }

    public override void Send(SendOrPostCallback d, object? state)
    {
        Interlocked.Increment(ref _posts);
        base.Send(d, state);
    }
}

/// <summary>Suspends in every place where a frame might look for a context to go back to.</summary>
[Workflow]
internal sealed partial class Suspends(Gate left, Gate right)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    ValueTask<One> Left(Ask ask, CancellationToken ct) => left.Wait(new One(ask.Number), ct);

    [Node]
    ValueTask<Two> Right(Ask ask, CancellationToken ct) => right.Wait(new Two(ask.Number), ct);

    [Node]
    Task<Three> Third(One one, Two two, CancellationToken ct) => left.Wait(new Three(one.Number + two.Number), ct).AsTask();

    [Node]
    int[] Numbers(Three three) => [three.Number, three.Number];

    [Node]
    ValueTask<Four> Loop([Each(nameof(Numbers))] int number, CancellationToken ct) => right.Wait(new Four(number), ct);

    [Node]
    Answer Show(Four[] fours) => new($"{fours.Sum(f => f.Number)}");
}

public sealed class AmbientTests
{
    private readonly AsyncLocal<string?> _ambient = new();
    private readonly Gate _gate = new();
    private readonly Journal _journal = new();

    [Fact]
    public async Task The_caller_s_context_flows_into_nodes_across_a_suspension()
    {
        _ambient.Value = "caller";
        Task<Answer> run = new Ambient(_ambient, _gate, _journal).RunAsync(new Ask(1)).AsTask();
        await Crowd.Run(1, _ =>
        {
            _ambient.Value = "opener";
            _gate.Open();
            Assert.Equal("opener", _ambient.Value);
        });

        Assert.Equal("1", (await run.Soon()).Text);
        Assert.Equal(["before caller", "after caller", "pool caller", "last caller"], _journal.Entries);
        Assert.Equal("caller", _ambient.Value);
    }

    [Fact]
    public async Task A_change_of_the_caller_after_the_start_is_not_seen()
    {
        _ambient.Value = "at the start";
        ValueTask<Answer> run = new Ambient(_ambient, _gate, _journal).RunAsync(new Ask(1));
        _ambient.Value = "later";
        _gate.Open();
        await run.Soon();

        Assert.Equal(["before at the start", "after at the start", "pool at the start", "last at the start"], _journal.Entries);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_a_node_sets_does_not_leak_to_the_caller(bool openFirst)
    {
        if (openFirst)
        {
            _gate.Open();
        }

        _ambient.Value = "caller";
        ValueTask<Answer> run = new SetsAmbient(_ambient, _gate).RunAsync(new Ask(1));
        Assert.Equal("caller", _ambient.Value);
        _gate.Open();
        Assert.Equal("caller", _ambient.Value);

        await run.Soon();
        Assert.Equal("caller", _ambient.Value);
    }

    [Fact]
    public void What_a_node_sets_does_not_leak_from_a_run_without_a_frame()
    {
        _ambient.Value = "caller";
        ValueTask<Answer> run = new SetsAmbientInline(_ambient).RunAsync(new Ask(1));

        Assert.True(run.IsCompletedSuccessfully);
        Assert.Equal("caller", _ambient.Value);
    }

    [Fact]
    public async Task No_synchronization_context_is_gone_back_to()
    {
        CountingContext context = new();
        Gate left = new() { KeepsContext = true };
        Gate right = new() { KeepsContext = true };
        Task<Answer>? run = null;
        await Crowd.Run(1, _ =>
        {
            SynchronizationContext.SetSynchronizationContext(context);
            run = new Suspends(left, right).RunAsync(new Ask(2)).AsTask();
        });
        await Task.WhenAll(left.OpenElsewhere(), right.OpenElsewhere());

        Assert.Equal("8", (await run!.Soon()).Text);
        Assert.Equal(0, context.Posts);
    }
}
