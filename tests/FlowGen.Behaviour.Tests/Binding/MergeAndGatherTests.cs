namespace Behaviour.Binding;

internal enum Colour
{
    Red,
    Green,
    Blue,
}

/// <summary>Exclusive producers of one type are one value: by type, by [From], and as the result.</summary>
[Workflow]
internal sealed partial class Merging(Gate gate)
{
    public partial ValueTask<Answer> RunAsync(Colour colour, Ask ask, CancellationToken ct = default);

    [Node]
    Colour Pick(Colour colour) => colour;

    [Node, When(nameof(Pick), Colour.Red)]
    One Red(Ask ask) => new(ask.Number + 1);

    [Node, When(nameof(Pick), Colour.Green)]
    ValueTask<One> Green(Ask ask, CancellationToken ct) => gate.Wait(new One(ask.Number + 2), ct);

    [Node, Otherwise(nameof(Pick))]
    One Rest(Ask ask) => new(ask.Number + 3);

    [Node]
    Two Implicit(One one) => new(one.Number * 10);

    [Node]
    Three Explicit([From(nameof(Green), nameof(Rest))] One? one) => new(one?.Number ?? -1);

    [Node]
    Answer Show(Two two, Three three) => new($"{two.Number} {three.Number}");
}

[Workflow]
internal sealed partial class MergedResult
{
    public partial ValueTask<Answer> RunAsync(Ask ask);

    static bool IsOdd(Ask ask) => ask.Number % 2 == 1;

    [Node, When(nameof(IsOdd))]
    Answer Odd(Ask ask) => new($"{ask.Number} is odd");

    [Node, Unless(nameof(IsOdd))]
    Answer Even(Ask ask) => new($"{ask.Number} is even");
}

/// <summary>Several sources into one list, in the order named, those that are there.</summary>
[Workflow]
internal sealed partial class Gathering(Gate gate)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    static bool IsLarge(Ask ask) => ask.Number > 10;

    [Node]
    ValueTask<One> Slow(Ask ask, CancellationToken ct) => gate.Wait(new One(ask.Number), ct);

    [Node, When(nameof(IsLarge))]
    One Large(Ask ask) => new(ask.Number * 100);

    [Node]
    One Quick(Ask ask) => new(ask.Number * 2);

    [Node]
    Answer Show([From(nameof(Quick), nameof(Large), nameof(Slow))] IReadOnlyList<One> ones)
        => new(string.Join(' ', ones.Select(one => one.Number)));
}

public sealed class MergeAndGatherTests
{
    private readonly Gate _gate = new();

    [Theory]
    [InlineData("Red", "20 -1")]
    [InlineData("Green", "30 3")]
    [InlineData("Blue", "40 4")]
    public async Task Exclusive_branches_merge(string colour, string expected)
    {
        _gate.Open();

        Assert.Equal(expected, (await new Merging(_gate).RunAsync(Enum.Parse<Colour>(colour), new Ask(1)).Soon()).Text);
    }

    [Fact]
    public async Task A_merge_waits_for_the_branch_that_runs()
    {
        ValueTask<Answer> run = new Merging(_gate).RunAsync(Colour.Green, new Ask(1));
        await _gate.Reached;
        Assert.False(run.IsCompleted);
        _gate.Open();

        Assert.Equal("30 3", (await run.Soon()).Text);
    }

    [Theory]
    [InlineData(1, "1 is odd")]
    [InlineData(2, "2 is even")]
    public async Task A_result_may_be_a_merge(int number, string expected)
        => Assert.Equal(expected, (await new MergedResult().RunAsync(new Ask(number)).Soon()).Text);

    [Theory]
    [InlineData(3, "6 3")]
    [InlineData(11, "22 1100 11")]
    public async Task A_gather_holds_what_is_there_in_the_order_named(int number, string expected)
    {
        ValueTask<Answer> run = new Gathering(_gate).RunAsync(new Ask(number));
        await _gate.Reached;
        Assert.False(run.IsCompleted);
        _gate.Open();

        Assert.Equal(expected, (await run.Soon()).Text);
    }
}
