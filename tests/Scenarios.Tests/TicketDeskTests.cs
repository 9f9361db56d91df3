using Desk;
using Scenarios.Tests.Kit;

namespace Scenarios.Tests;

public sealed class TicketDeskTests : ScenarioTest
{
    private readonly Gate _classified = new();
    private readonly Gate _answered = new();

    [Theory]
    [InlineData(Route.Billing, 0, " billed 'bill' -- The desk", "classify answer")]
    [InlineData(Route.Technical, 0, " because fuse -- The desk", "classify diagnose explain")]
    [InlineData(Route.Sales, 0, " A colleague will look at 'bill'. -- The desk", "classify")]
    [InlineData(Route.Billing, 9, "We are sorry. billed 'bill' -- The desk", "classify answer")]
    public async Task Exactly_the_branch_of_the_route_runs(Route route, int anger, string expected, string calls)
    {
        _classified.Open();
        _answered.Open();

        Assert.Equal(expected, (await Desk(route).RunAsync(new Ticket("bill", "too high", anger)).Soon()).Text);
        Assert.Equal(calls, Journal.ToString());
    }

    [Fact]
    public async Task It_suspends_where_a_desk_thinks()
    {
        ValueTask<Reply> run = Desk(Route.Technical).RunAsync(new Ticket("lamp", "dark", 8));
        await _classified.Reached;
        Assert.Equal("Executing Completed", Observer.StatesOf("Apologise"));
        _classified.Open();
        await _answered.Reached;
        Assert.Equal("Skipped", Observer.StatesOf("Billing"));
        Assert.Equal("Skipped", Observer.StatesOf("Human"));
        await _answered.OpenElsewhere();

        Assert.Equal("We are sorry. because fuse -- The desk", (await run.Soon()).Text);
    }

    [Fact]
    public async Task A_desk_that_fails_fails_the_run()
    {
        BoomException boom = new("boom");
        _classified.Open();
        _answered.Fail(boom);

        Assert.Same(boom, await Assert.ThrowsAsync<BoomException>(() => Desk(Route.Technical).RunAsync(new Ticket("lamp", "dark", 0)).Soon()));
        Assert.DoesNotContain("Executing", Observer.StatesOf("Sign"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_can_be_cancelled()
    {
        using CancellationTokenSource cts = new();
        ValueTask<Reply> run = Desk(Route.Billing).RunAsync(new Ticket("bill", "", 0), cts.Token);
        await _classified.Reached;
        await cts.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal("run Cancelled", Observer.Lines[^1]);
    }

    [Fact]
    public void Its_surface_is_what_the_specification_shows()
        => Assert.Equal(
            ["Classify", "Billing", "Diagnose", "Explain", "Human", "Apologise", "Sign"],
            Enum.GetNames<TicketDesk.NodeId>());

    private TicketDesk Desk(Route route)
        => new(new Classifier(route, this), new Billing(this), new Tech(this)) { Runtime = Runtime };

    private sealed class Classifier(Route route, TicketDeskTests test) : IClassifier
    {
        public ValueTask<Route> ClassifyAsync(Ticket t, CancellationToken ct)
        {
            test.Journal.Add("classify");
            return test._classified.Wait(route, ct);
        }
    }

    private sealed class Billing(TicketDeskTests test) : IBillingDesk
    {
        public ValueTask<Reply> AnswerAsync(Ticket t, CancellationToken ct)
        {
            test.Journal.Add("answer");
            return test._answered.Wait(new Reply($"billed '{t.Subject}'"), ct);
        }
    }

    private sealed class Tech(TicketDeskTests test) : ITechDesk
    {
        public ValueTask<Diagnosis> DiagnoseAsync(Ticket t, CancellationToken ct)
        {
            test.Journal.Add("diagnose");
            return test._answered.Wait(new Diagnosis("fuse"), ct);
        }

        public ValueTask<Reply> ExplainAsync(Diagnosis d, CancellationToken ct)
        {
            test.Journal.Add("explain");
            return test._answered.Wait(new Reply($"because {d.Fault}"), ct);
        }
    }
}
