namespace Behaviour.Sagas;

/// <summary>Whoever calls it may fail while it runs; what executes goes on to its end, and nothing more starts.</summary>
[Workflow]
internal sealed partial class BooksSeats(Gate gate)
{
    [return: From(nameof(Reserve))]
    public partial ValueTask<One> RunAsync(Ask ask);

    [Node]
    async ValueTask<One> Reserve(Ask ask)
    {
        await gate.Wait(CancellationToken.None);
        return new One(ask.Number);
    }
}

[Workflow]
internal sealed partial class BooksAndConfirms(Gate gate)
{
    [return: From(nameof(Confirm))]
    public partial ValueTask<One> RunAsync(Ask ask);

    [Node]
    async ValueTask<Two> Reserve(Ask ask)
    {
        await gate.Wait(CancellationToken.None);
        return new Two(ask.Number);
    }

    [Node]
    One Confirm(Two two) => new(two.Number);
}

[Workflow]
internal sealed partial class FailsBesideBookings(BooksSeats seats, BooksAndConfirms confirmed, Gate trouble, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask);

    [SubWorkflow(nameof(seats))]
    private partial ValueTask<One> Seats(Ask ask);

    [Compensate(nameof(Seats))]
    void ReleaseSeats([From(nameof(Seats))] One one) => journal.Add($"release {one.Number}");

    [SubWorkflow(nameof(confirmed))]
    private partial ValueTask<One> Confirmed(Ask ask);

    [Compensate(nameof(Confirmed))]
    void ReleaseConfirmed([From(nameof(Confirmed))] One one) => journal.Add($"release confirmed {one.Number}");

    [Node]
    async ValueTask<Three> Trouble(Ask ask)
    {
        await trouble.Wait(CancellationToken.None);
        throw new InvalidOperationException($"{ask.Number}");
    }

    [Node]
    Answer Join([From(nameof(Seats))] One seats, [From(nameof(Confirmed))] One confirmed, Three three) => new($"{seats.Number + confirmed.Number + three.Number}");
}

public sealed class CompletedAmidFailureTests
{
    [Fact]
    public async Task A_sub_workflow_of_which_everything_completes_is_undone_and_one_that_was_cut_short_is_not()
    {
        Gate gate = new();
        Gate trouble = new();
        Journal journal = new();
        RecordingObserver observer = new();
        await using FlowRuntime runtime = new(new FlowRuntimeOptions { Observer = observer });
        FailsBesideBookings workflow = new(new BooksSeats(gate), new BooksAndConfirms(gate), trouble, journal) { Runtime = runtime };
        ValueTask<Answer> run = workflow.RunAsync(new Ask(7));
        trouble.Open();
        Assert.False(run.IsCompleted);
        gate.Open();

        Assert.Equal("7", (await Assert.ThrowsAsync<InvalidOperationException>(() => run.Soon())).Message);
        Assert.Equal(["release 7"], journal.Entries);
        Assert.Equal([">Confirmed", "<Confirmed Cancelled", ">Seats", "<Seats Completed"], observer.Boundaries.OrderBy(line => line[1..], StringComparer.Ordinal));
    }
}
