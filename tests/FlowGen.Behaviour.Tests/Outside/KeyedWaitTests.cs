namespace Behaviour.Outside;

[Workflow]
internal sealed partial class AsksEach(Gate after)
{
    public partial ValueTask<Answer> RunAsync(Ask[] asks, CancellationToken ct = default);

    [Wait]
    private partial ValueTask<One> Approve([Each(MaxParallelism = 0)] Ask ask);

    [Node]
    async ValueTask<Answer> Tell(One[] ones, CancellationToken ct)
    {
        await after.Wait(ct);
        return new Answer(string.Join(' ', ones.Select(one => one.Number)));
    }
}

[Workflow]
internal sealed partial class AsksEachByName
{
    public partial ValueTask<Answer> RunAsync(Ask[] asks, CancellationToken ct = default);

    [Wait(Key = nameof(ask))]
    private partial ValueTask<One> Approve([Each(MaxParallelism = 0)] Ask ask);

    [Node]
    Answer Tell(One[] ones) => new(string.Join(' ', ones.Select(one => one.Number)));
}

[Workflow]
internal sealed partial class AsksEachInTime
{
    public partial ValueTask<Answer> RunAsync(Ask[] asks, CancellationToken ct = default);

    [Wait(Key = nameof(ask), Transient = true)]
    private partial ValueTask<One> Approve([Each(MaxParallelism = 1)] Ask ask);

    [Node]
    Answer Tell(One[] ones) => new(string.Join(' ', ones.Select(one => one.Number)));
}

[Workflow]
internal sealed partial class AsksInEach(Asks child)
{
    public partial ValueTask<Answer> RunAsync(Ask[] asks, CancellationToken ct = default);

    [SubWorkflow(nameof(child))]
    private partial ValueTask<Answer> Element([Each(MaxParallelism = 0)] Ask ask);

    [Node]
    string Together([From(nameof(Element))] Answer[] all) => string.Join(' ', all.Select(answer => answer.Text));

    [Node]
    Answer Tell(string together) => new(together);
}

public sealed class KeyedWaitTests
{
    private readonly Gate _gate = new();

    [Fact]
    public async Task A_transient_wait_loses_the_early_answer_to_a_key()
    {
        await using AsksEachInTime.Handle run = new AsksEachInTime().Start([new Ask(10), new Ask(20)]);
        Assert.False(run.Approve[new Ask(20)].TrySet(new One(0)));
        Assert.True(run.Approve[new Ask(10)].TrySet(new One(1)));
        Assert.True(run.Approve[new Ask(20)].TrySet(new One(2)));
        Assert.Equal("1 2", (await run.Completion.Soon()).Text);
    }

    [Fact]
    public async Task Elements_ask_at_the_same_time_and_are_told_apart_by_their_position()
    {
        await using AsksEach.Handle run = new AsksEach(_gate).Start([new Ask(10), new Ask(20), new Ask(30)]);
        Assert.Equal([(0, 10), (1, 20), (2, 30)], run.Approve.Pending.Select(request => (request.Key, request.Value.Number)).Order());
        Assert.True(run.Approve[2].TrySet(new One(3)));
        Assert.Equal([0, 1], run.Approve.Pending.Select(request => request.Key).Order());
        Assert.Equal(new Ask(10), run.Approve[0].Request);
        Assert.True(run.Approve[0].TrySet(new One(1)));
        Assert.True(run.Approve[1].TrySet(new One(2)));
        await _gate.Reached;
        Assert.Empty(run.Approve.Pending);
        Assert.False(run.Approve[1].TrySet(new One(4)));
        Assert.False(await run.Approve[7].WhenPendingAsync().Soon());
        _gate.Open();

        Assert.Equal("1 2 3", (await run.Completion.Soon()).Text);
    }

    [Fact]
    public async Task A_key_of_its_own_tells_them_apart()
    {
        await using AsksEachByName.Handle run = new AsksEachByName().Start([new Ask(10), new Ask(20)]);
        Assert.True(await run.Approve[new Ask(20)].WhenPendingAsync().Soon());
        Assert.True(run.Approve[new Ask(20)].TrySet(new One(2)));
        Assert.True(run.Approve[new Ask(10)].TrySet(new One(1)));

        Assert.Equal("1 2", (await run.Completion.Soon()).Text);
    }

    [Fact]
    public async Task Two_requests_of_one_key_fail_and_say_what_to_do()
    {
        await using AsksEachByName.Handle run = new AsksEachByName().Start([new Ask(10), new Ask(10)]);

        InvalidOperationException error = await Assert.ThrowsAsync<InvalidOperationException>(() => run.Completion.Soon());
        Assert.Contains("Key", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_elements_of_a_sub_workflow_ask_at_the_same_time()
    {
        _gate.Open();
        await using AsksInEach.Handle run = new AsksInEach(new Asks(_gate, new Journal())).Start([new Ask(1), new Ask(2), new Ask(3)]);
        Assert.Equal([0, 1, 2], run.Element_Approve.Pending.Select(request => request.Key).Order());
        foreach ((int key, One request) in run.Element_Approve.Pending)
        {
            Assert.True(run.Element_Approve[key].TrySet(new Two(request.Number * 10)));
        }

        Assert.Equal("10 20 30", (await run.Completion.Soon()).Text);
    }

    [Fact]
    public async Task Early_answers_to_elements_are_kept_by_key()
    {
        await using AsksInEach.Handle run = new AsksInEach(new Asks(_gate, new Journal())).Start([new Ask(1), new Ask(2)]);
        Assert.True(run.Element_Approve[1].TrySet(new Two(7)));
        Assert.True(run.Element_Approve[0].TrySet(new Two(6)));
        _gate.Open();

        Assert.Equal("6 7", (await run.Completion.Soon()).Text);
    }

    [Fact]
    public async Task Elements_that_ask_are_cancelled_with_the_run()
    {
        AsksEach workflow = new(_gate);
        await using AsksEach.Handle run = workflow.Start([new Ask(1), new Ask(2)]);
        FlowSignals<int, Ask, One> kept = run.Approve;
        Assert.True(run.Approve[0].TrySet(new One(1)));
        run.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Completion.Soon());
        Assert.Equal(NodeState.Cancelled, run[AsksEach.NodeId.Approve]);
        await using AsksEach.Handle next = workflow.Start([new Ask(3)]);
        Assert.Empty(kept.Pending);
        Assert.False(kept[0].TrySet(new One(9)));
        Assert.True(next.Approve[0].TrySet(new One(5)));
        _gate.Open();
        Assert.Equal("5", (await next.Completion.Soon()).Text);
    }
}
