namespace RandomGraphs.Reference;

/// <summary>[FromFirst]: runtime.md 3, Race.</summary>
internal sealed partial class Interpreter
{
    /// <summary>"The first to complete wins and its consumer starts at once; losers are cancelled, and are awaited before the activation ends."</summary>
    private void Win(Item item)
    {
        if (item.Within.Flow.RaceOf(item.Node) is not { Race: var race } || !item.Within.Races.TryAdd(race, item))
        {
            return;
        }

        // Nobody outside can see whether another has come first.
        IsAmbiguous |= race.Sources.Select(name => item.Within.Items[name]).Any(other => other != item && EndsUnseen(other));
        if (race.CancelsLosers == true)
        {
            Withdraw(item.Within, race.Sources.Where(name => name != item.Node.Name));
        }
    }

    /// <summary>"What has not started never does, what executes is cancelled and awaited"; they "count as skipped for those who follow".</summary>
    private void Withdraw(Activation activation, IEnumerable<string> nodes)
    {
        foreach (Item item in nodes.Select(name => activation.Items[name]).Where(item => !item.IsSettled))
        {
            // Nobody outside can see whether it has come first.
            IsAmbiguous |= EndsUnseen(item);
            item.IsDropped = true;
            if (item.Progress is Progress.Waiting or Progress.Delayed || (item.Progress == Progress.Ready && !StartsUnseen(item)))
            {
                item.Progress = Progress.Dropped;
            }
        }
    }

    /// <summary>It would have been withdrawn by a node that has completed.</summary>
    private static bool WithdrawByCompleted(Item item)
        => item.Within.Items.Values.Any(other => other.Progress == Progress.Completed && other.Node.Cancels.Contains(item.Node.Name)) && DropUnseen(item);

    private static bool DropUnseen(Item item)
    {
        item.Progress = Progress.Dropped;
        return true;
    }

    /// <summary>Something in it is about to end, and when it does leaves no trace.</summary>
    private bool EndsUnseen(Item item) => Live().Any(a => a.Outwards.Any(outer => outer.Parent == item) && (a.Items.Values.Any(inner => IsDroppedUnseen(inner) || LoopEndsUnseen(inner)) || (a.Failure is not null && EndsUnseen(a))));

    /// <summary>All that it waits for are elements that were about to start.</summary>
    private bool LoopEndsUnseen(Item loop) => loop is { LoopFails: true, IsSettled: false } && !_running.Values.Any(running => running.Owner == loop || running.Within.Outwards.Any(outer => outer.Parent == loop));

    /// <summary>It was about to start when it was withdrawn.</summary>
    private static bool IsDroppedUnseen(Item item) => item is { IsDropped: true, Progress: Progress.Ready };

    /// <summary>"A failed or skipped contestant drops out; if all drop out, the last failure (or the skip) counts."</summary>
    private void Drop(Item item)
    {
        if (item.Within.Flow.RaceOf(item.Node) is not { Race: var race } || item.Within.Races.ContainsKey(race))
        {
            return;
        }

        List<Item> contestants = [.. race.Sources.Select(item.Within.At)];
        if (!contestants.TrueForAll(contestant => contestant.IsSettled))
        {
            return;
        }

        if (contestants.Where(contestant => contestant.Progress == Progress.Failed).MaxBy(contestant => contestant.FailedAt) is { } last)
        {
            // What became ready at the same moment may start before the scheduler gets to it.
            item.Within.Due ??= last;
            IsAmbiguous = true;
        }
    }

    private static bool IsLost(Activation activation, Parameter race)
        => !activation.Races.ContainsKey(race) && race.Sources.All(name => activation.At(name).IsSettled);
}
