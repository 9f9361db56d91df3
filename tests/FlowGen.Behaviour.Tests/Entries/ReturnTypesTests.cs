namespace Behaviour.Entries;

[Workflow]
internal sealed partial class ByValueTaskOfT(Gate gate)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    ValueTask<Answer> Reply(Ask ask, CancellationToken ct) => gate.Wait(new Answer($"#{ask.Number}"), ct);
}

[Workflow]
internal sealed partial class ByValueTask(Gate gate, Journal journal)
{
    public partial ValueTask RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    ValueTask<Answer> Reply(Ask ask, CancellationToken ct) => gate.Wait(new Answer($"#{ask.Number}"), ct);

    [Node]
    void Keep(Answer answer) => journal.Add(answer.Text);
}

[Workflow]
internal sealed partial class ByTaskOfT(Gate gate)
{
    public partial Task<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    ValueTask<Answer> Reply(Ask ask, CancellationToken ct) => gate.Wait(new Answer($"#{ask.Number}"), ct);
}

[Workflow]
internal sealed partial class ByTask(Gate gate, Journal journal)
{
    public partial Task RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    ValueTask<Answer> Reply(Ask ask, CancellationToken ct) => gate.Wait(new Answer($"#{ask.Number}"), ct);

    [Node]
    void Keep(Answer answer) => journal.Add(answer.Text);
}

[Workflow]
internal sealed partial class WithoutToken(Gate gate)
{
    public partial ValueTask<Answer> RunAsync(Ask ask);

    [Node]
    ValueTask<Answer> Reply(Ask ask) => gate.Wait(new Answer($"#{ask.Number}"));
}

[Workflow]
internal sealed partial class WithoutInput(Gate gate)
{
    public partial ValueTask<Answer> RunAsync(CancellationToken ct = default);

    [Node]
    ValueTask<Answer> Reply(CancellationToken ct) => gate.Wait(new Answer("nobody asked"), ct);
}

public sealed class ReturnTypesTests
{
    private readonly Gate _gate = new();
    private readonly Journal _journal = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_value_comes_through_a_value_task(bool openFirst)
    {
        ValueTask<Answer> run = Begin(openFirst, () => new ByValueTaskOfT(_gate).RunAsync(new Ask(7)));

        Assert.Equal(openFirst, run.IsCompletedSuccessfully);
        _gate.Open();
        Assert.Equal(new Answer("#7"), await run.Soon());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nothing_comes_through_a_value_task(bool openFirst)
    {
        ValueTask run = Begin(openFirst, () => new ByValueTask(_gate, _journal).RunAsync(new Ask(7)));

        Assert.Equal(openFirst, run.IsCompletedSuccessfully);
        _gate.Open();
        await run.Soon();
        Assert.Equal(["#7"], _journal.Entries);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_value_comes_through_a_task(bool openFirst)
    {
        Task<Answer> run = Begin(openFirst, () => new ByTaskOfT(_gate).RunAsync(new Ask(7)));

        Assert.Equal(openFirst, run.IsCompletedSuccessfully);
        _gate.Open();
        Assert.Equal(new Answer("#7"), await run.Soon());
        Assert.Equal(new Answer("#7"), await run.Soon());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nothing_comes_through_a_task(bool openFirst)
    {
        Task run = Begin(openFirst, () => new ByTask(_gate, _journal).RunAsync(new Ask(7)));

        Assert.Equal(openFirst, run.IsCompletedSuccessfully);
        _gate.Open();
        await run.Soon();
        Assert.Equal(["#7"], _journal.Entries);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_entry_needs_no_token(bool openFirst)
    {
        ValueTask<Answer> run = Begin(openFirst, () => new WithoutToken(_gate).RunAsync(new Ask(7)));

        _gate.Open();
        Assert.Equal("#7", (await run.Soon()).Text);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_entry_needs_no_input(bool openFirst)
    {
        ValueTask<Answer> run = Begin(openFirst, () => new WithoutInput(_gate).RunAsync());

        _gate.Open();
        Assert.Equal("nobody asked", (await run.Soon()).Text);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Errors_come_through_whatever_is_returned(bool failFirst)
    {
        BoomException boom = new("boom");
        if (failFirst)
        {
            _gate.Fail(boom);
        }

        Task[] runs =
        [
            new ByValueTaskOfT(_gate).RunAsync(new Ask(1)).AsTask(),
            new ByValueTask(_gate, _journal).RunAsync(new Ask(2)).AsTask(),
            new ByTaskOfT(_gate).RunAsync(new Ask(3)),
            new ByTask(_gate, _journal).RunAsync(new Ask(4)),
            new WithoutToken(_gate).RunAsync(new Ask(5)).AsTask(),
            new WithoutInput(_gate).RunAsync().AsTask(),
        ];
        _gate.Fail(boom);

        foreach (Task run in runs)
        {
            Assert.Same(boom, await Assert.ThrowsAsync<BoomException>(() => run.Soon()));
            Assert.True(run.IsFaulted);
        }

        Assert.Empty(_journal.Entries);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cancellation_comes_through_whatever_is_returned(bool cancelFirst)
    {
        using CancellationTokenSource cts = new();
        if (cancelFirst)
        {
            await cts.CancelAsync();
        }

        Task[] runs =
        [
            new ByValueTaskOfT(_gate).RunAsync(new Ask(1), cts.Token).AsTask(),
            new ByValueTask(_gate, _journal).RunAsync(new Ask(2), cts.Token).AsTask(),
            new ByTaskOfT(_gate).RunAsync(new Ask(3), cts.Token),
            new ByTask(_gate, _journal).RunAsync(new Ask(4), cts.Token),
            new WithoutInput(_gate).RunAsync(cts.Token).AsTask(),
        ];
        Assert.Equal(cancelFirst ? 0 : 5, _gate.Arrivals);
        await cts.CancelAsync();

        foreach (Task run in runs)
        {
            OperationCanceledException cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
            Assert.Equal(cts.Token, cancelled.CancellationToken);
            Assert.True(run.IsCanceled);
        }
    }

    [Fact]
    public async Task Runs_one_after_the_other_share_nothing()
    {
        ByValueTaskOfT workflow = new(_gate);
        for (int i = 0; i < 50; i++)
        {
            ValueTask<Answer> run = workflow.RunAsync(new Ask(i));
            await _gate.ReachedBy(i + 1);
            _gate.Release();
            Assert.Equal($"#{i}", (await run.Soon()).Text);
        }
    }

    private T Begin<T>(bool openFirst, Func<T> run)
    {
        if (openFirst)
        {
            _gate.Open();
        }

        return run();
    }
}
