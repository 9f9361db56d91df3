namespace Behaviour.Nesting;

internal sealed record Parcel(string Name, int Weight);

/// <summary>Inputs by name and by type, one with a default; the result is wider than what the parent asks for.</summary>
[Workflow]
internal sealed partial class Price
{
    public partial ValueTask<Answer> RunAsync(Parcel parcel, int rate, string currency = "EUR", CancellationToken ct = default);

    [Node]
    int Cost(Parcel parcel, int rate) => parcel.Weight * rate;

    [Node]
    Answer Show(int cost, string currency, Parcel parcel) => new($"{parcel.Name} {cost} {currency}");
}

internal sealed record Pair(Parcel Small, Parcel Large);

[Workflow]
internal sealed partial class PricesTwo(Price price)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, int rate);

    [Node]
    Pair Pack(Ask ask) => new(new Parcel("s", ask.Number), new Parcel("l", ask.Number * 10));

    [SubWorkflow(nameof(price))]
    private partial ValueTask<Answer> First([From(nameof(Pack), Member = nameof(Pair.Small))] Parcel parcel, int rate);

    [Node]
    string Unit(Ask ask) => ask.Number > 1 ? "CHF" : "USD";

    [Node]
    int Tariff(int rate) => rate + 1;

    [SubWorkflow(nameof(price))]
    private partial ValueTask<Answer> Second(
        [From(nameof(Unit))] string currency,
        [From(nameof(Tariff))] int rate,
        [From(nameof(Pack), Member = nameof(Pair.Large))] Parcel item);

    [Node]
    Answer Join(Answer first, Answer second) => new($"{first.Text}, {second.Text}");
}

/// <summary>A body-less node runs its target by itself too, so that a test may call it.</summary>
[Workflow]
internal sealed partial class StandAlone(Price price, Gate gate)
{
    public partial ValueTask<Answer> RunAsync(Parcel parcel, int rate);

    [SubWorkflow(nameof(price))]
    internal partial ValueTask<Answer> Child(Parcel parcel, int rate);

    [Node<Heavy>]
    internal partial ValueTask<Three> Weigh(Parcel parcel);

    [Node]
    Answer Join([From(nameof(Child))] Answer answer, Three three) => new($"{answer.Text} {three.Number} {gate.Arrivals}");
}

internal sealed class Heavy(Gate gate)
{
    public ValueTask<Three> ExecuteAsync(Parcel parcel, CancellationToken ct) => gate.Wait(new Three(parcel.Weight), ct);
}

/// <summary>Only a parent's own inputs reach a child: it has none of its parent's values and its parent none of its own.</summary>
[Workflow]
internal sealed partial class SameNames(Price price)
{
    public partial ValueTask<Answer> RunAsync(Parcel parcel, int rate);

    [Node]
    int Cost(Parcel parcel) => parcel.Weight * 1_000;

    [SubWorkflow(nameof(price))]
    private partial ValueTask<Answer> Show(Parcel parcel, int rate);

    [Node]
    Answer Join([From(nameof(Show))] Answer answer, int cost) => new($"{answer.Text} {cost}");
}

public sealed class MappingTests
{
    [Theory]
    [InlineData(1, "s 3 EUR, l 40 USD")]
    [InlineData(2, "s 6 EUR, l 80 CHF")]
    public async Task Arguments_go_by_name_then_by_type_and_defaults_may_be_left_out(int number, string expected)
        => Assert.Equal(expected, (await new PricesTwo(new Price()).RunAsync(new Ask(number), 3).Soon()).Text);

    [Fact]
    public async Task A_body_less_node_can_be_called_by_itself()
    {
        Gate gate = new();
        StandAlone workflow = new(new Price(), gate);

        Assert.Equal("p 6 EUR", (await workflow.Child(new Parcel("p", 2), 3).Soon()).Text);
        ValueTask<Three> weighing = workflow.Weigh(new Parcel("p", 2));
        Assert.False(weighing.IsCompleted);
        gate.Open();
        Assert.Equal(new Three(2), await weighing.Soon());
        Assert.Equal("p 6 EUR 2 2", (await workflow.RunAsync(new Parcel("p", 2), 3).Soon()).Text);
    }

    [Fact]
    public async Task Names_of_parent_and_child_do_not_meet()
        => Assert.Equal("p 6 EUR 2000", (await new SameNames(new Price()).RunAsync(new Parcel("p", 2), 3).Soon()).Text);
}
