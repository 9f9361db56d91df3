namespace Behaviour.Nodes;

/// <summary>Every shape a node may have, one after the other; each waits at the same gate where it can.</summary>
[Workflow]
internal sealed partial class Shapes(Gate gate, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    One Plain(Ask ask) => journal.Add("Plain", new One(ask.Number + 1));

    [Node]
    static Two Static(One one) => new(one.Number * 2);

    [Node]
    void Nothing(Two two) => journal.Add($"Nothing {two.Number}");

    [Node, After(nameof(Nothing))]
    async Task PlainTask(Two two, CancellationToken ct)
    {
        await gate.Wait(ct);
        journal.Add($"PlainTask {two.Number}");
    }

    [Node, After(nameof(PlainTask))]
    async Task<Three> TaskOfT(Two two, CancellationToken ct)
    {
        await gate.Wait(ct);
        return journal.Add("TaskOfT", new Three(two.Number + 3));
    }

    [Node]
    ValueTask PlainValueTask(Three three, CancellationToken ct)
    {
        journal.Add($"PlainValueTask {three.Number}");
        return gate.Wait(ct);
    }

    [Node, After(nameof(PlainValueTask))]
    ValueTask<Four> ValueTaskOfTAsync(Three three, CancellationToken ct)
    {
        journal.Add("ValueTaskOfT");
        return gate.Wait(new Four(three.Number + 4), ct);
    }

    [Node]
    static async ValueTask<Answer> LastAsync(Four four)
    {
        await Task.Yield();
        return new Answer($"{four.Number}");
    }
}

public sealed class NodeShapesTests
{
    private static readonly string[] s_order =
        ["Plain", "Nothing 4", "PlainTask 4", "TaskOfT", "PlainValueTask 7", "ValueTaskOfT"];

    private readonly Gate _gate = new();
    private readonly Journal _journal = new();

    [Fact]
    public async Task Every_shape_completes_synchronously()
    {
        _gate.Open();

        Assert.Equal(new Answer("11"), await new Shapes(_gate, _journal).RunAsync(new Ask(1)).Soon());
        Assert.Equal(s_order, _journal.Entries);
    }

    [Fact]
    public async Task Every_shape_suspends()
    {
        ValueTask<Answer> run = new Shapes(_gate, _journal).RunAsync(new Ask(1));
        for (int i = 1; i <= 4; i++)
        {
            await _gate.ReachedBy(i);
            Assert.False(run.IsCompleted);
            _gate.Release();
        }

        Assert.Equal(new Answer("11"), await run.Soon());
        Assert.Equal(s_order, _journal.Entries);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Every_shape_can_fail(int at)
    {
        BoomException boom = new("boom");
        ValueTask<Answer> run = new Shapes(_gate, _journal).RunAsync(new Ask(1));
        for (int i = 1; i < at; i++)
        {
            await _gate.ReachedBy(i);
            _gate.Release();
        }

        await _gate.ReachedBy(at);
        _gate.Fail(boom);

        Assert.Same(boom, await Assert.ThrowsAsync<BoomException>(() => run.Soon()));
        Assert.Equal(at, _gate.Arrivals);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Every_shape_can_be_cancelled(int at)
    {
        using CancellationTokenSource cts = new();
        ValueTask<Answer> run = new Shapes(_gate, _journal).RunAsync(new Ask(1), cts.Token);
        for (int i = 1; i < at; i++)
        {
            await _gate.ReachedBy(i);
            _gate.Release();
        }

        await _gate.ReachedBy(at);
        await cts.CancelAsync();

        OperationCanceledException error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(cts.Token, error.CancellationToken);
        Assert.Equal(at, _gate.Arrivals);
    }

    [Fact]
    public async Task The_name_of_a_node_is_its_method_s_without_Async()
    {
        RecordingObserver observer = new();
        _gate.Open();
        await new Shapes(_gate, _journal) { Runtime = observer.Watch() }.RunAsync(new Ask(1)).Soon();

        foreach (string node in new[] { "Plain", "Static", "Nothing", "PlainTask", "TaskOfT", "PlainValueTask", "ValueTaskOfT", "Last" })
        {
            Assert.Equal("Executing Completed", observer.StatesOf(node));
        }

        Assert.Equal(
            ["Plain", "Static", "Nothing", "PlainTask", "TaskOfT", "PlainValueTask", "ValueTaskOfT", "Last"],
            Enum.GetNames<Shapes.NodeId>());
    }
}
