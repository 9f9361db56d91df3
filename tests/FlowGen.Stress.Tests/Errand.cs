namespace FlowGen.Stress.Tests;

/// <summary>What a run of <see cref="Errand"/> is to do.</summary>
/// <param name="Number">Which run it is.</param>
/// <param name="Mood">Decides, a few bits each, how the nodes behave.</param>
public sealed record Order(int Number, uint Mood)
{
    /// <summary>A part of the mood, from 0 to 7.</summary>
    public uint Bits(int place) => (Mood >> (3 * place)) & 7;
}

public sealed record Prepared(int Value);

public sealed record Booked(int Value);

public sealed record Scout(int Value);

public sealed record Verdict(bool IsGranted);

public sealed record Parcel(int Value);

public sealed record Outcomes(int Value);

/// <summary>A failure on purpose.</summary>
public sealed class MoodException : Exception;

/// <summary>
/// A run with something of everything: a sub-workflow with a pooled node and state, a race, elements, a question to the outside with a time limit, retries, and
/// two compensations.
/// </summary>
[Workflow]
public sealed partial class Errand(Packing packing, Ledger ledger)
{
    public partial ValueTask<Outcomes> RunAsync(Order order, CancellationToken ct = default);

    [SubWorkflow(nameof(packing))]
    private partial ValueTask<Prepared> Prepare(Order order);

    [Node, Retry<MoodException>(1, DelayMs = 0, Jitter = false)]
    async ValueTask<Booked> Book(Order order, Prepared prepared, CancellationToken ct)
    {
        await Moods.Follow(order.Bits(1), ct).ConfigureAwait(false);
        ledger.Book();
        return new Booked(prepared.Value);
    }

    [Compensate(nameof(Book))]
    void Unbook(Booked booked) => ledger.Unbook(booked.Value);

    [Node]
    static async ValueTask<Scout> North(Order order, CancellationToken ct)
    {
        await Moods.Follow(order.Bits(2), ct).ConfigureAwait(false);
        return new Scout(1);
    }

    [Node]
    static async ValueTask<Scout> South(Order order, CancellationToken ct)
    {
        await Moods.Follow(order.Bits(3), ct).ConfigureAwait(false);
        return new Scout(2);
    }

    [Wait, Needs(nameof(Book)), Timeout(Milliseconds = 10)]
    private partial ValueTask<Verdict> Ask(Order order);

    [Catch(nameof(Ask))]
    static Verdict NobodyAnswers(TimeoutException error) => new(error.Message.Length > 0);

    [Node, Needs(nameof(Ask))]
    static async ValueTask<Parcel> Deliver([Each(MaxParallelism = 2)] Booked stop, Order order, CancellationToken ct)
    {
        await Moods.Follow(order.Bits(4) & 3, ct).ConfigureAwait(false);
        return new Parcel(stop.Value);
    }

    [Node]
    static IReadOnlyList<Booked> Stops(Booked booked) => [booked, booked, booked];

    [Node]
    static async ValueTask<Outcomes> Close(
        Order order, Verdict verdict, IReadOnlyList<Parcel> parcels, [FromFirst(nameof(North), nameof(South))] Scout scout, CancellationToken ct)
    {
        await Moods.Follow(order.Bits(5), ct).ConfigureAwait(false);
        return new Outcomes(verdict.IsGranted ? parcels.Count + scout.Value : 0);
    }
}

/// <summary>A part of the errand, with an instance, state, and a compensation that stays armed after it.</summary>
[Workflow]
public sealed partial class Packing(Ledger ledger)
{
    public partial ValueTask<Prepared> RunAsync(Order order, CancellationToken ct = default);

    [State]
    internal sealed class Shelf : ICleanup
    {
        public int Boxes { get; set; }

        public void Cleanup() => Boxes = 0;
    }

    [Node]
    int Stack(Order order, Shelf shelf)
    {
        ledger.Expect(shelf.Boxes == 0);
        shelf.Boxes = order.Number;
        return order.Number;
    }

    [Node<Scale>]
    private partial ValueTask<int> Weigh(int stack);

    [Node]
    async ValueTask<Prepared> Seal(Order order, Shelf shelf, int weigh, CancellationToken ct)
    {
        await Moods.Follow(order.Bits(0), ct).ConfigureAwait(false);
        ledger.Expect(shelf.Boxes == order.Number && weigh == order.Number);
        ledger.Seal();
        return new Prepared(order.Number);
    }

    [Compensate(nameof(Seal))]
    void Unseal(Prepared prepared) => ledger.Unseal(prepared.Value);
}

/// <summary>A pooled node that remembers what it weighs until it is cleaned.</summary>
public sealed class Scale : ICleanup
{
    private int _weight;

    public async ValueTask<int> ExecuteAsync(int stack)
    {
        _weight += stack;
        await Task.Yield();
        return _weight;
    }

    public void Cleanup() => _weight = 0;
}

/// <summary>How a node behaves: completes at once, hops to another thread, waits for its token, or fails.</summary>
internal static class Moods
{
    public static async ValueTask Follow(uint mood, CancellationToken ct)
    {
        switch (mood)
        {
            case 0 or 1:
                return;
            case 7:
                throw new MoodException();
            case 6:
                await Task.Yield();
                ct.ThrowIfCancellationRequested();
                return;
            case 5:
                await Task.Delay(1, ct).ConfigureAwait(false);
                return;
            default:
                await Task.Yield();
                return;
        }
    }
}
