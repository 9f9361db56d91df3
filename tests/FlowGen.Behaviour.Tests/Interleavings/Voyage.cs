namespace Behaviour.Interleavings;

public sealed record Trip(int Number);

public sealed record Packed(int Bags);

public sealed record Ticket(int Number);

public sealed record Pilot(string Name);

public sealed record Leave(bool IsGranted);

public sealed record Stop(string Name);

public sealed record Landing(string Name);

public sealed record Report(string Text);

/// <summary>A failure on purpose.</summary>
internal sealed class Storm(string place) : Exception(place);

/// <summary>
/// Something of everything: a sub-workflow with state and a compensation, retries with a delay, a race, elements, a question with a time limit and its
/// handler.
/// </summary>
[Workflow]
internal sealed partial class Voyage(Packs packs, World world)
{
    public partial ValueTask<Report> RunAsync(Trip trip, CancellationToken ct = default);

    [SubWorkflow(nameof(packs))]
    private partial ValueTask<Packed> Pack(Trip trip);

    [Node, Retry<Storm>(2, DelayMs = 100, Jitter = false)]
    async ValueTask<Ticket> Buy(Trip trip, CancellationToken ct)
    {
        await world.Pass("Buy", ct);
        world.Do("ticket");
        return new Ticket(trip.Number);
    }

    [Compensate(nameof(Buy))]
    async ValueTask Return(Ticket ticket)
    {
        await world.Stay("Return");
        world.Undo("ticket");
    }

    [Node]
    ValueTask<Pilot> Ask(Trip trip, CancellationToken ct) => world.Pass("Ask", new Pilot("asked"), ct);

    [Node]
    ValueTask<Pilot> Hire(Trip trip, CancellationToken ct) => world.Pass("Hire", new Pilot("hired"), ct);

    [Wait, Needs(nameof(Pack)), Timeout(Seconds = 5)]
    private partial ValueTask<Leave> Permit(Trip trip);

    [Catch(nameof(Permit))]
    static Leave NobodyAnswers(TimeoutException error) => new(error.Message.Length == 0);

    [Node]
    static IReadOnlyList<Stop> Plan(Ticket ticket) => [.. Enumerable.Range(0, 3).Select(i => new Stop($"{ticket.Number}.{i}"))];

    [Node, Needs(nameof(Permit))]
    ValueTask<Landing> Fly([Each(MaxParallelism = 2)] Stop stop, [FromFirst(nameof(Ask), nameof(Hire))] Pilot pilot, CancellationToken ct)
        => world.Pass("Fly", new Landing($"{stop.Name} {pilot.Name}"), ct);

    [Node]
    async ValueTask<Report> Close(IReadOnlyList<Landing> landings, Packed packed, Leave leave, CancellationToken ct)
    {
        await world.Pass("Close", ct);
        return new Report($"{landings.Count} {packed.Bags}");
    }
}

/// <summary>A part of it whose state must be fresh each time.</summary>
[Workflow]
internal sealed partial class Packs(World world)
{
    public partial ValueTask<Packed> RunAsync(Trip trip, CancellationToken ct = default);

    [State]
    internal sealed class Bags : ICleanup
    {
        public int Count { get; set; }

        public void Cleanup() => Count = 0;
    }

    [Node]
    async ValueTask<int> First(Trip trip, Bags bags, CancellationToken ct)
    {
        await world.Pass("First", ct);
        return ++bags.Count;
    }

    [Node]
    async ValueTask<Packed> Second(int first, Bags bags, CancellationToken ct)
    {
        await world.Pass("Second", ct);
        world.Do("bags");
        return new Packed(first + ++bags.Count);
    }

    [Compensate(nameof(Second))]
    void Unpack(Packed packed) => world.Undo("bags");
}
