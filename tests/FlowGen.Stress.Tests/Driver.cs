namespace FlowGen.Stress.Tests;

/// <summary>Holds some runs at a time and does at random what can be done to them.</summary>
internal sealed class Driver(Errand errand, Random random)
{
    private readonly Tally _tally = new();
    private readonly List<Errand.Handle> _held = [];

    /// <summary>Starts so many runs, and waits for each in the end.</summary>
    public async Task<Tally> RunAsync(int thread, int runs, int inFlight)
    {
        for (int i = 0; i < runs; i++)
        {
            // Some runs are held by nobody but their task.
            Order order = new(1 + thread + (i * 8), (uint)random.Next());
            if (random.Next(32) == 0)
            {
                await RunUnheldAsync(order).ConfigureAwait(false);
                continue;
            }

            using CancellationTokenSource source = new();
            Errand.Handle run = errand.Start(order, ct: random.Next(8) == 0 ? source.Token : default);
            _held.Add(run);
            Disturb(source);
            if (_held.Count >= inFlight)
            {
                await EndAsync(_held[random.Next(_held.Count)]).ConfigureAwait(false);
            }
        }

        while (_held.Count > 0)
        {
            await EndAsync(_held[^1]).ConfigureAwait(false);
        }

        return _tally;
    }

    private void Disturb(CancellationTokenSource source)
    {
        Errand.Handle other = _held[random.Next(_held.Count)];
        switch (random.Next(10))
        {
            case 0:
                source.Cancel();
                break;
            case 1:
                other.Cancel();
                break;
            case 2 or 3:
                if (other.Pause())
                {
                    _tally.Paused++;
                }

                break;
            case 4:
                other.Resume();
                break;
            case 5 or 6 or 7:
                if (other.Ask.TrySet(new Verdict(IsGranted: true)))
                {
                    _tally.Answered++;
                }

                break;
            default:
                _ = other[Errand.NodeId.Book];
                _ = other.Memory;
                break;
        }
    }

    private async Task EndAsync(Errand.Handle run)
    {
        _held.Remove(run);
        run.Resume();
        switch (random.Next(6))
        {
            case 0:
                await run.DisposeAsync().ConfigureAwait(false);
                break;
            case 1:
                run.Ask.TrySet(new Verdict(IsGranted: true));
                break;
            case 2 when await run.Ask.WhenPendingAsync().AsTask().Soon().ConfigureAwait(false):
                run.Ask.TrySet(new Verdict(IsGranted: false));
                break;
            default:
                break;
        }

        await CountAsync(run.Completion).ConfigureAwait(false);
        _tally.Odd += run.Completion.Status switch
        {
            TaskStatus.RanToCompletion when run.Status == RunStatus.Completed => 0,
            TaskStatus.Faulted when run.Status == RunStatus.Failed => 0,
            TaskStatus.Canceled when run.Status == RunStatus.Cancelled => 0,
            _ => 1,
        };
    }

    private async Task RunUnheldAsync(Order order)
    {
        using CancellationTokenSource source = new();
        ValueTask<Outcomes> run = errand.RunAsync(order, source.Token);
        if (random.Next(3) == 0)
        {
            await source.CancelAsync().ConfigureAwait(false);
        }

        await CountAsync(run.AsTask()).ConfigureAwait(false);
    }

    private async Task CountAsync(Task<Outcomes> run)
    {
        try
        {
            await run.Soon().ConfigureAwait(false);
            _tally.Completed++;
        }
        catch (OperationCanceledException)
        {
            _tally.Cancelled++;
        }
        catch (MoodException)
        {
            _tally.Failed++;
        }
    }
}
