namespace Behaviour.Presence;

/// <summary>Two switches and two branches without values; what follows them asks in each of the three ways.</summary>
[Workflow]
internal sealed partial class Joining(Gate left, Gate right, Journal journal)
{
    public partial ValueTask RunAsync(bool goLeft, bool goRight, CancellationToken ct = default);

    static bool IsLeft(bool goLeft) => goLeft;

    static bool IsRight(bool goRight) => goRight;

    [Node, When(nameof(IsLeft))]
    async ValueTask Left(CancellationToken ct)
    {
        await left.Wait(ct);
        journal.Add("left");
    }

    [Node, When(nameof(IsRight))]
    async ValueTask Right(CancellationToken ct)
    {
        await right.Wait(ct);
        journal.Add("right");
    }

    [Node, Needs(nameof(Left), nameof(Right))]
    void Both() => journal.Add("both");

    [Node, NeedsAny(nameof(Left), nameof(Right))]
    void Either() => journal.Add("either");

    [Node, After(nameof(Left), nameof(Right))]
    void Always() => journal.Add("always");
}

/// <summary>NeedsAny merges the branches of a switch that yield nothing, and data flows around it.</summary>
[Workflow]
internal sealed partial class MergeWithoutValue(Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask);

    [Node]
    Size Measure(Ask ask) => (Size)ask.Number;

    [Node, When(nameof(Measure), Size.Small)]
    void Walk(Ask ask) => journal.Add($"walk {ask.Number}");

    [Node, Otherwise(nameof(Measure))]
    ValueTask DriveAsync(Ask ask)
    {
        journal.Add($"drive {ask.Number}");
        return default;
    }

    [Node, NeedsAny(nameof(Walk), nameof(DriveAsync))]
    Answer Arrive(Ask ask) => journal.Add("arrive", new Answer($"there {ask.Number}"));
}

/// <summary>Skipping goes along required parameters and Needs for as long as nobody tolerates it.</summary>
[Workflow]
internal sealed partial class LongSkip(Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask);

    static bool Wanted(Ask ask) => ask.Number > 0;

    [Node, When(nameof(Wanted))]
    One First(Ask ask) => journal.Add("First", new One(ask.Number));

    [Node]
    ValueTask<Two> Second(One one) => new(journal.Add("Second", new Two(one.Number + 1)));

    [Node]
    void Third(Two two) => journal.Add($"Third {two.Number}");

    [Node, Needs(nameof(Third))]
    Three Fourth(Ask ask) => journal.Add("Fourth", new Three(ask.Number));

    [Node]
    Answer Last(Three? three) => journal.Add("Last", new Answer(three is null ? "nothing" : $"{three.Number}"));
}

public sealed class NeedsTests
{
    private readonly Gate _left = new();
    private readonly Gate _right = new();
    private readonly Journal _journal = new();

    [Theory]
    [InlineData(true, true, "always both either left right")]
    [InlineData(true, false, "always either left")]
    [InlineData(false, true, "always either right")]
    [InlineData(false, false, "always")]
    public async Task Needs_wants_all_NeedsAny_one_After_none(bool goLeft, bool goRight, string expected)
    {
        _left.Open();
        _right.Open();
        await new Joining(_left, _right, _journal).RunAsync(goLeft, goRight).Soon();

        Assert.Equal(expected, string.Join(' ', _journal.Entries.Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task All_three_wait_until_everything_named_has_settled()
    {
        ValueTask run = new Joining(_left, _right, _journal).RunAsync(goLeft: true, goRight: true);
        await _left.Reached;
        await _right.Reached;
        _right.Open();
        Assert.Equal(["right"], _journal.Entries);

        _left.Open();
        await run.Soon();
        Assert.Equal(["right", "left"], _journal.Entries.Take(2));
        Assert.Equal(5, _journal.Entries.Count);
    }

    [Fact]
    public async Task NeedsAny_waits_for_the_other_although_one_has_completed()
    {
        ValueTask run = new Joining(_left, _right, _journal).RunAsync(goLeft: true, goRight: true);
        _left.Open();
        Assert.DoesNotContain("either", _journal.Entries);
        _right.Open();
        await run.Soon();

        Assert.Equal(1, _journal.Count("either"));
    }

    [Theory]
    [InlineData(0, "walk 0 arrive")]
    [InlineData(1, "drive 1 arrive")]
    public async Task NeedsAny_merges_branches_without_a_value(int number, string expected)
    {
        Assert.Equal($"there {number}", (await new MergeWithoutValue(_journal).RunAsync(new Ask(number)).Soon()).Text);
        Assert.Equal(expected, _journal.ToString());
    }

    [Theory]
    [InlineData(0, "nothing", "Last")]
    [InlineData(4, "4", "First Second Third 5 Fourth Last")]
    public async Task Skipping_propagates_to_the_first_that_tolerates_it(int number, string expected, string ran)
    {
        Assert.Equal(expected, (await new LongSkip(_journal).RunAsync(new Ask(number)).Soon()).Text);
        Assert.Equal(ran, _journal.ToString());
    }
}
