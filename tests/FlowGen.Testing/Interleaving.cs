using System.Globalization;
using FlowGen.CompilerServices;

namespace FlowGen.Testing;

/// <summary>
/// One order in which things happen to a run, drawn from a seed. Nodes wait at places, what the outside may do is offered, and what the
/// runtime gives to the thread pool is taken here; then one thing at a time happens, alone and on the test's thread, until the run has
/// ended. The same seed makes the same order again.
/// </summary>
/// <remarks>
/// It explores the orders of completions, ticks, answers, disturbances and work of the runtime. It does not explore what two processors may
/// see of each other within one such step; for that there are the stress tests.
/// </remarks>
public sealed class Interleaving
{
    private const int MostMoves = 10_000;

    private readonly Random _random;
    private readonly SortedDictionary<string, Gate> _places = new(StringComparer.Ordinal);
    private readonly List<Offered> _offers = [];
    private readonly List<string> _script = [];
    private readonly List<IThreadPoolWorkItem> _work = [];

    private Interleaving(int seed) => _random = new Random(seed);

    /// <summary>The time of the run. Its next timer is due whenever the seed says so.</summary>
    public FakeTimeProvider Clock { get; } = new();

    /// <summary>What has happened, in order.</summary>
    public IReadOnlyList<string> Script => _script;

    /// <summary>How many wait at all places.</summary>
    public int Waiting => _places.Values.Sum(gate => gate.Waiting);

    /// <summary>Plays the scenario in so many orders.</summary>
    /// <param name="seeds">
    /// How many, from seed 0. The variable FLOWGEN_INTERLEAVINGS says another number, and FLOWGEN_INTERLEAVING_SEED a single seed.
    /// </param>
    /// <param name="scenario">Starts a run, calls <see cref="Play"/>, and asserts.</param>
    /// <exception cref="InvalidOperationException">An order in which the scenario failed, with its seed and what happened.</exception>
    public static void Explore(int seeds, Action<Interleaving> scenario)
    {
        int? only = Variable("FLOWGEN_INTERLEAVING_SEED");
        int first = only ?? 0;
        int count = only is null ? Variable("FLOWGEN_INTERLEAVINGS") ?? seeds : 1;
        for (int seed = first; seed < first + count; seed++)
        {
            Interleaving order = new(seed);
            SynchronizationContext? runner = SynchronizationContext.Current;

            // What awaits would go back to it otherwise, on other threads.
            SynchronizationContext.SetSynchronizationContext(null);
            PoolWork.Driver = order._work.Add;
            try
            {
                scenario(order);
            }
            catch (Exception error)
            {
                throw new InvalidOperationException(
                    $"Seed {seed}: {error.Message}{Environment.NewLine}{string.Join(Environment.NewLine, order._script)}", error);
            }
            finally
            {
                PoolWork.Driver = null;
                SynchronizationContext.SetSynchronizationContext(runner);
            }
        }
    }

    /// <summary>A node waits here until the seed lets it go on.</summary>
    public ValueTask At(string place, CancellationToken ct = default)
    {
        if (!_places.TryGetValue(place, out Gate? gate))
        {
            gate = _places[place] = new Gate();
        }

        return gate.Wait(ct);
    }

    /// <summary>Something that happens to one of so many, such as a node that fails.</summary>
    public bool Happens(int oneOf) => _random.Next(oneOf) == 0;

    /// <summary>Something that the outside may do once, at any moment at which it is possible.</summary>
    public void Offer(string name, Func<bool> isPossible, Action act) => _offers.Add(new Offered(name, isPossible, act));

    /// <summary>Something that may be done once at any moment, and in half of the orders never is.</summary>
    public void Disturb(string name, Action act)
    {
        if (Happens(2))
        {
            Offer(name, static () => true, act);
        }
    }

    /// <summary>Lets one thing at a time happen until <paramref name="end"/> has ended, however it does.</summary>
    /// <exception cref="InvalidOperationException">Nothing can happen any more, and it has not ended.</exception>
    public void Play(Task end)
    {
        for (int i = 0; i < MostMoves; i++)
        {
            if (end.IsCompleted)
            {
                return;
            }

            List<(string Name, Action Act)> moves = Moves();
            if (moves.Count == 0)
            {
                throw new InvalidOperationException("The run is stuck: nobody waits, nothing is due, and it has not ended.");
            }

            (string name, Action act) = moves[_random.Next(moves.Count)];
            _script.Add(name);
            act();
        }

        throw new InvalidOperationException($"The run goes on after {MostMoves} moves.");
    }

    private static int? Variable(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out int value) ? value : null;

    private List<(string Name, Action Act)> Moves()
    {
        List<(string, Action)> moves = [];
        foreach ((string place, Gate gate) in _places)
        {
            for (int i = 0; i < gate.Waiting; i++)
            {
                int position = i;
                moves.Add(($"{place} {position}", () => gate.ReleaseAt(position)));
            }
        }

        foreach (IThreadPoolWorkItem item in _work)
        {
            moves.Add(("work", () => Execute(item)));
        }

        if (Clock.Dues.Count > 0)
        {
            moves.Add(("tick", () => Clock.Advance(Clock.Dues.Min() - Clock.GetUtcNow())));
        }

        foreach (Offered offer in _offers.Where(offer => offer.IsPossible()))
        {
            moves.Add((offer.Name, () => Accept(offer)));
        }

        return moves;
    }

    private void Execute(IThreadPoolWorkItem item)
    {
        _work.Remove(item);
        item.Execute();
    }

    private void Accept(Offered offer)
    {
        _offers.Remove(offer);
        offer.Act();
    }

    private sealed record Offered(string Name, Func<bool> IsPossible, Action Act);
}
