namespace Behaviour.Rulings;

/// <summary>The value is there long before the node that yields nothing, and the loser of the race, have ended.</summary>
[Workflow]
internal sealed partial class EndsLast(Gate quick, Gate slow, Gate aside)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    ValueTask<One> Quick(Ask ask) => quick.Wait(new One(ask.Number));

    [Node]
    ValueTask<One> Slow(Ask ask) => slow.Wait(new One(-ask.Number));

    [Node]
    async ValueTask Aside(Ask ask) => _ = await aside.Wait(ask.Number);

    [Node]
    static Answer Take([FromFirst(nameof(Quick), nameof(Slow))] One first) => new($"{first.Number}");
}

[Workflow]
internal sealed partial class GoesOnAfterIt(EndsLast part, Journal journal)
{
    public partial ValueTask<Two> RunAsync(Ask ask, CancellationToken ct = default);

    [SubWorkflow(nameof(part))]
    private partial ValueTask<Answer> Part(Ask ask);

    [Node]
    Two Next([From(nameof(Part))] Answer part) => journal.Add("next", new Two(part.Text.Length));
}

/// <summary>Rulings, End.</summary>
public sealed class EndTests
{
    [Fact]
    public async Task A_run_or_child_ends_and_the_parent_goes_on_only_when_every_node_of_it_has_settled_void_nodes_and_race_losers_included()
    {
        Gate quick = new();
        Gate slow = new();
        Gate aside = new();
        Journal journal = new();
        EndsLast part = new(quick, slow, aside);
        Task<Answer> run = part.RunAsync(new Ask(7)).AsTask();
        Task<Two> parent = new GoesOnAfterIt(part, journal).RunAsync(new Ask(7)).AsTask();
        quick.Release(2);
        Assert.False(run.IsCompleted);
        slow.Release(2);
        Assert.False(run.IsCompleted);
        Assert.Empty(journal.Entries);
        aside.Release(2);

        Assert.Equal("7", (await run.Soon()).Text);
        Assert.Equal(1, (await parent.Soon()).Number);
        Assert.Equal(["next"], journal.Entries);
    }
}
