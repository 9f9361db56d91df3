namespace Behaviour.Scheduling;

/// <summary>Two independent branches of two nodes each, then a join. Not series-parallel: <c>Cross</c> takes from both branches.</summary>
[Workflow]
internal sealed partial class Branches(Gate left, Gate right, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    ValueTask<One> Left(Ask ask, CancellationToken ct) => left.Wait(new One(ask.Number), ct);

    [Node]
    ValueTask<Two> Right(Ask ask, CancellationToken ct) => right.Wait(new Two(ask.Number), ct);

    [Node]
    Three AfterLeft(One one) => journal.Add("AfterLeft", new Three(one.Number + 10));

    [Node]
    Four AfterRight(Two two) => journal.Add("AfterRight", new Four(two.Number + 20));

    [Node]
    string Cross(One one, Four four) => journal.Add("Cross", $"{one.Number}x{four.Number}");

    [Node]
    Answer Join(Three three, Four four, string cross) => journal.Add("Join", new Answer($"{three.Number} {four.Number} {cross}"));
}

/// <summary>Eight ways at once.</summary>
[Workflow]
internal sealed partial class Fan(Gate gate)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    ValueTask<int> A(Ask ask, CancellationToken ct) => gate.Wait(ask.Number + 1, ct);

    [Node]
    ValueTask<int> B(Ask ask, CancellationToken ct) => gate.Wait(ask.Number + 2, ct);

    [Node]
    ValueTask<int> C(Ask ask, CancellationToken ct) => gate.Wait(ask.Number + 3, ct);

    [Node]
    ValueTask<int> D(Ask ask, CancellationToken ct) => gate.Wait(ask.Number + 4, ct);

    [Node]
    ValueTask<int> E(Ask ask, CancellationToken ct) => gate.Wait(ask.Number + 5, ct);

    [Node]
    ValueTask<int> F(Ask ask, CancellationToken ct) => gate.Wait(ask.Number + 6, ct);

    [Node]
    ValueTask<int> G(Ask ask, CancellationToken ct) => gate.Wait(ask.Number + 7, ct);

    [Node]
    ValueTask<int> H(Ask ask, CancellationToken ct) => gate.Wait(ask.Number + 8, ct);

    [Node]
    Answer Sum(int a, int b, int c, int d, int e, int f, int g, int h) => new($"{a + b + c + d + e + f + g + h}");
}

/// <summary>Everything completes inline: the journal shows the order in which nodes start.</summary>
[Workflow]
internal sealed partial class InlineOrder(Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask);

    [Node]
    void Third(Ask ask) => journal.Add($"Third {ask.Number}");

    [Node]
    One First(Ask ask) => journal.Add("First", new One(ask.Number));

    [Node]
    ValueTask<Two> Second(Ask ask) => new(journal.Add("Second", new Two(ask.Number)));

    [Node]
    Answer Join(One one, Two two) => journal.Add("Join", new Answer($"{one.Number}{two.Number}"));
}

public sealed class OverlapTests
{
    private readonly Gate _left = new();
    private readonly Gate _right = new();
    private readonly Journal _journal = new();

    [Fact]
    public async Task Independent_nodes_are_under_way_at_once()
    {
        ValueTask<Answer> run = new Branches(_left, _right, _journal).RunAsync(new Ask(1));
        await _left.Reached;
        await _right.Reached;
        Assert.False(run.IsCompleted);

        _left.Open();
        _right.Open();
        Assert.Equal("11 21 1x21", (await run.Soon()).Text);
    }

    [Fact]
    public async Task A_fast_branch_never_waits_for_a_slow_one()
    {
        ValueTask<Answer> run = new Branches(_left, _right, _journal).RunAsync(new Ask(1));
        _right.Open();
        Assert.Equal(["AfterRight"], _journal.Entries);
        Assert.False(run.IsCompleted);

        _left.Open();
        await run.Soon();
        Assert.Equal(["AfterLeft", "Cross", "Join"], _journal.Entries.Skip(1));
    }

    [Fact]
    public async Task The_other_branch_may_be_the_fast_one()
    {
        ValueTask<Answer> run = new Branches(_left, _right, _journal).RunAsync(new Ask(1));
        _left.Open();
        Assert.Equal(["AfterLeft"], _journal.Entries);

        _right.Open();
        Assert.Equal("11 21 1x21", (await run.Soon()).Text);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task A_branch_may_complete_inline(bool leftOpen, bool rightOpen)
    {
        if (leftOpen)
        {
            _left.Open();
        }

        if (rightOpen)
        {
            _right.Open();
        }

        ValueTask<Answer> run = new Branches(_left, _right, _journal).RunAsync(new Ask(1));
        Assert.Equal(leftOpen && rightOpen, run.IsCompletedSuccessfully);
        _left.Open();
        _right.Open();

        Assert.Equal("11 21 1x21", (await run.Soon()).Text);
    }

    [Fact]
    public async Task Branches_may_end_on_different_threads_at_the_same_time()
    {
        for (int i = 0; i < 200; i++)
        {
            Gate left = new();
            Gate right = new();
            ValueTask<Answer> run = new Branches(left, right, _journal).RunAsync(new Ask(1));
            await Task.WhenAll(left.OpenElsewhere(), right.OpenElsewhere()).Soon();
            Assert.Equal("11 21 1x21", (await run.Soon()).Text);
        }
    }

    [Fact]
    public async Task Eight_nodes_start_together_and_the_join_waits_for_all()
    {
        ValueTask<Answer> run = new Fan(_left).RunAsync(new Ask(0));
        Assert.Equal(8, _left.Waiting);
        for (int i = 0; i < 7; i++)
        {
            // From both ends, so that no order of completion is the order of starting.
            _left.ReleaseAt(i % 2 == 0 ? 0 : _left.Waiting - 1);
            Assert.False(run.IsCompleted);
        }

        _left.Release();
        Assert.Equal("36", (await run.Soon()).Text);
    }

    [Fact]
    public async Task Eight_nodes_may_all_complete_inline()
    {
        _left.Open();
        ValueTask<Answer> run = new Fan(_left).RunAsync(new Ask(1));

        Assert.True(run.IsCompletedSuccessfully);
        Assert.Equal("44", (await run).Text);
    }

    [Fact]
    public async Task Ready_nodes_start_in_declaration_order()
    {
        await new InlineOrder(_journal).RunAsync(new Ask(1)).Soon();

        Assert.Equal(["Third 1", "First", "Second", "Join"], _journal.Entries);
    }
}
