namespace Behaviour.Rulings;

/// <summary>The node in the middle is skipped for certain, and orders what comes after it all the same.</summary>
[Workflow]
internal sealed partial class OrdersOverSkipped(Gate first, Journal journal)
{
    [return: From(nameof(Last))]
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    static bool Never(Ask ask) => ask.Number < 0;

    [Node]
    ValueTask<int> First(Ask ask, CancellationToken ct) => first.Wait(ask.Number, ct);

    [Node, When(nameof(Never)), After(nameof(First))]
    void Middle() => journal.Add("middle");

    [Node, When(nameof(Never)), NeedsAny(nameof(First))]
    void Other() => journal.Add("other");

    [Node, After(nameof(Middle))]
    Answer Last(Ask ask) => journal.Add("last", new Answer($"{ask.Number}"));

    [Node, After(nameof(Other))]
    void End() => journal.Add("end");
}

/// <summary>Rulings, Skipping.</summary>
public sealed class SkippingTests
{
    [Fact]
    public async Task Skipping_settles_a_node_only_after_its_After_and_NeedsAny_predecessors_have_settled_ordering_is_transitive_over_skipped_nodes()
    {
        Gate first = new();
        Journal journal = new();
        Task<Answer> run = new OrdersOverSkipped(first, journal).RunAsync(new Ask(7)).AsTask();
        Assert.Empty(journal.Entries);
        first.Open();

        Assert.Equal("7", (await run.Soon()).Text);
        Assert.Equal(["last", "end"], journal.Entries);
    }
}
