namespace Patterns.P10_ArbitraryCycles;

public sealed class P10_ArbitraryCyclesTests
{
    private readonly Stage _stage = new();

    [Theory]
    [InlineData(Desk.Author, "Revise Review Typeset", Desk.Reviewer, Desk.Typesetter, Desk.Printed)]
    [InlineData(Desk.Reviewer, "Review Typeset", Desk.Typesetter, Desk.Printed)]
    [InlineData(Desk.Typesetter, "Typeset", Desk.Printed)]
    [InlineData(Desk.Reviewer, "Review", Desk.Rejected)]
    [InlineData(Desk.Typesetter, "Typeset Review Typeset Revise Review", Desk.Reviewer, Desk.Typesetter, Desk.Author, Desk.Reviewer, Desk.Rejected)]
    public async Task It_is_entered_anywhere_goes_anywhere_and_is_left_at_either_exit(Desk entered, string visited, params Desk[] next)
    {
        Manuscript end = await Publish(next).RunAsync(new Manuscript("Emma", entered)).Soon();

        Assert.Equal(new Manuscript("Emma", next[^1]), end);
        Assert.Equal(visited, string.Join(' ', _stage.Log.Where(entry => !entry.EndsWith('.'))));
    }

    [Fact]
    public async Task A_cycle_that_is_never_left_reaches_its_limit()
    {
        PublishBook publish = Publish([.. Enumerable.Repeat(Desk.Author, 100)]);

        await Assert.ThrowsAsync<FlowLimitException>(() => publish.RunAsync(new Manuscript("Emma", Desk.Author)).Soon());
        Assert.Equal(50, _stage.Count("Revise"));
    }

    [Fact]
    public async Task A_failure_in_a_later_round_leaves_the_cycle()
    {
        StageException error = _stage.Fail("Typeset");

        Assert.Same(error, await Assert.ThrowsAsync<StageException>(() => Publish(Desk.Reviewer, Desk.Typesetter).RunAsync(new Manuscript("Emma", Desk.Author)).Soon()));
        Assert.Equal(["Revise", "Revise.", "Review", "Review.", "Typeset", "Typeset!"], _stage.Log);
    }

    [Fact]
    public async Task So_does_a_cancellation()
    {
        _stage.Hold("Review");
        await using PublishBook.Handle run = Publish(Desk.Reviewer).Start(new Manuscript("Emma", Desk.Author));
        await _stage.Reached("Review");

        Assert.True(run.Cancel());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Completion.Soon());
        Assert.Equal(["Revise", "Revise.", "Review", "Review~"], _stage.Log);
    }

    private PublishBook Publish(params Desk[] next) => new(new VisitDesk(new Publisher(_stage, next)));

    /// <param name="next">Where each visit sends the manuscript, in order.</param>
    private sealed class Publisher(Stage stage, IEnumerable<Desk> next) : IPublisher
    {
        private readonly Queue<Desk> _next = new(next);

        public ValueTask<Manuscript> ReviseAsync(Manuscript manuscript, CancellationToken ct) => Play("Revise", manuscript, ct);

        public ValueTask<Manuscript> ReviewAsync(Manuscript manuscript, CancellationToken ct) => Play("Review", manuscript, ct);

        public ValueTask<Manuscript> TypesetAsync(Manuscript manuscript, CancellationToken ct) => Play("Typeset", manuscript, ct);

        private async ValueTask<Manuscript> Play(string part, Manuscript manuscript, CancellationToken ct)
        {
            await stage.Play(part, ct);
            return manuscript with { Desk = _next.Dequeue() };
        }
    }
}
