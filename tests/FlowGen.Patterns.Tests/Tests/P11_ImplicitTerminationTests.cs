namespace Patterns.P11_ImplicitTermination;

public sealed class P11_ImplicitTerminationTests
{
    private readonly Stage _stage = new();
    private readonly AcceptOrder _accept;

    public P11_ImplicitTerminationTests() => _accept = new AcceptOrder(new BackOffice(_stage));

    [Theory]
    [InlineData("Mail", "CountStock")]
    [InlineData("CountStock", "Mail")]
    public async Task It_ends_with_the_last_loose_end(string first, string last)
    {
        _stage.Hold("Mail", "CountStock");
        await using AcceptOrder.Handle run = _accept.Start(new Order(7));
        Assert.Equal(NodeState.Completed, run[AcceptOrder.NodeId.Confirm]);
        _stage.Open(first);
        Assert.Equal(RunStatus.Running, run.Status);

        _stage.Open(last);
        Assert.Equal(new Confirmation(7), await run.Completion.Soon());
        Assert.Equal(RunStatus.Completed, run.Status);
    }

    [Fact]
    public async Task It_does_not_end_between_two_tasks_of_a_branch()
    {
        _stage.Hold("File");
        ValueTask<Confirmation> run = _accept.RunAsync(new Order(7));
        Assert.Equal((1, 0, false), (_stage.Count("Mail."), _stage.Count("CountStock"), run.IsCompleted));

        _stage.Open("File");
        await run.Soon();
        Assert.Equal("CountStock.", _stage.Log[^1]);
    }

    [Fact]
    public async Task The_failure_of_a_loose_end_is_one_of_the_run_although_its_result_is_known()
    {
        StageException error = _stage.Fail("CountStock");

        Assert.Same(error, await Assert.ThrowsAsync<StageException>(() => _accept.RunAsync(new Order(7)).Soon()));
        Assert.Equal(1, _stage.Count("Confirm."));
    }

    [Fact]
    public async Task Loose_ends_can_be_cancelled()
    {
        _stage.Hold("Mail", "File");
        await using AcceptOrder.Handle run = _accept.Start(new Order(7));
        await _stage.Reached("File");

        Assert.True(run.Cancel());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Completion.Soon());
        Assert.Equal((1, 1, 0), (_stage.Count("Mail~"), _stage.Count("File~"), _stage.Count("CountStock")));
    }

    private sealed class BackOffice(Stage stage) : IBackOffice
    {
        public ValueTask<Confirmation> ConfirmAsync(Order order, CancellationToken ct) => stage.Play("Confirm", new Confirmation(order.Number), ct);

        public ValueTask MailAsync(Confirmation confirmation, CancellationToken ct) => stage.Play("Mail", ct);

        public ValueTask FileAsync(Order order, CancellationToken ct) => stage.Play("File", ct);

        public ValueTask CountStockAsync(Order order, CancellationToken ct) => stage.Play("CountStock", ct);
    }
}
