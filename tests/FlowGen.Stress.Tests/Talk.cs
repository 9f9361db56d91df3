using System.Collections.Concurrent;

namespace FlowGen.Stress.Tests;

/// <summary>A run that asks, which many threads answer, cancel, pause and look at, and what they were told.</summary>
internal abstract class Talk
{
    private readonly Lock _lock = new();
    private int _atWork;
    private bool _isEnding;

    /// <summary>The run.</summary>
    protected abstract FlowRun Run { get; }

    /// <summary>How many answers were taken.</summary>
    public int Taken { get; private set; }

    /// <summary>Does something to the run that may be done at any moment.</summary>
    public void Disturb(Random random)
    {
        Interlocked.Increment(ref _atWork);
        try
        {
            switch (random.Next(32))
            {
                case 0:
                    Run.Cancel();
                    break;
                case 1 or 2:
                    Pause();
                    break;
                case 3 or 4:
                    Run.Resume();
                    break;
                default:
                    Act(random);
                    break;
            }
        }
        finally
        {
            Interlocked.Decrement(ref _atWork);
        }
    }

    /// <summary>Answers whatever is or will be asked, and waits for the end. Nobody pauses the run any more.</summary>
    public async Task<TaskStatus> EndAsync(Random random)
    {
        lock (_lock)
        {
            _isEnding = true;
        }

        Run.Resume();
        if (random.Next(8) == 0)
        {
            Run.Cancel();
        }

        AnswerAll();
        await Run.Completion.Soon().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Assert.True(Run.Completion.IsCompleted, $"A run is stuck: {Run}");

        // Whoever was about to answer has been told by then what became of it.
        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref _atWork) == 0, Patience.Limit));
        Taken = Count();
        Verify();
        return Run.Completion.Status;
    }

    /// <summary>Answers or looks.</summary>
    protected abstract void Act(Random random);

    protected abstract void AnswerAll();

    /// <summary>What the run says is what it was told.</summary>
    protected abstract void Verify();

    protected abstract int Count();

    private void Pause()
    {
        lock (_lock)
        {
            if (!_isEnding)
            {
                Run.Pause();
            }
        }
    }
}

/// <summary>One question after the other.</summary>
internal sealed class DialogueTalk(Dialogue.Handle run) : Talk
{
    private readonly ConcurrentBag<int> _first = [];
    private readonly ConcurrentBag<int> _second = [];
    private readonly ConcurrentBag<int> _last = [];

    protected override FlowRun Run => run;

    protected override void Act(Random random)
    {
        int number = random.Next();
        switch (random.Next(8))
        {
            case 0 or 1:
                Answer(_first, number, run.Open.TrySet(new Opening(number)));
                break;
            case 2 or 3:
                Answer(_second, number, run.Answer.TrySet(new Reply(number)));
                break;
            case 4:
                Answer(_last, number, run.Close.TrySet(new Farewell(number)));
                break;
            case 5:
                _ = run.Close.WhenPendingAsync();
                break;
            default:
                Look(run.Open, request => request.Number > 0);
                Look(run.Answer, request => request.Number >= 0);
                break;
        }
    }

    protected override void AnswerAll()
    {
        Answer(_first, 1, run.Open.TrySet(new Opening(1)));
        Answer(_second, 2, run.Answer.TrySet(new Reply(2)));
        Answer(_last, 3, run.Close.TrySet(new Farewell(3)));
    }

    protected override void Verify()
    {
        Assert.True(_first.Count <= 1 && _second.Count <= 1 && _last.Count <= 1, $"{_first.Count} {_second.Count} {_last.Count}");
        Assert.False(run.Open.TrySet(new Opening(0)) || run.Open.IsPending || run.Close.IsPending);
        if (run.Completion.IsCompletedSuccessfully)
        {
            Said said = run.Completion.Result;
            Assert.Equal(said.First, Assert.Single(_first));
            Assert.Equal(said.Last, Assert.Single(_last));
            Assert.True(said.Second == -1 || said.Second == Assert.Single(_second));
        }
    }

    protected override int Count() => _first.Count + _second.Count + _last.Count;

    internal static void Answer(ConcurrentBag<int> taken, int number, bool isTaken)
    {
        if (isTaken)
        {
            taken.Add(number);
        }
    }

    internal static void Look<TRequest, TResponse>(FlowSignal<TRequest, TResponse> signal, Func<TRequest, bool> isSound)
        where TRequest : class
    {
        if (signal.Request is { } request)
        {
            Assert.True(isSound(request));
        }
    }
}

/// <summary>Several questions at once.</summary>
internal sealed class AuctionTalk(Auction.Handle run) : Talk
{
    private readonly ConcurrentBag<int> _openings = [];
    private readonly ConcurrentBag<int>[] _bids = [[], [], []];

    protected override FlowRun Run => run;

    protected override void Act(Random random)
    {
        int number = random.Next();
        switch (random.Next(8))
        {
            case 0:
                DialogueTalk.Answer(_openings, number, run.Left.TrySet(new Opening(number)));
                break;
            case 1:
                DialogueTalk.Answer(_openings, number, run.Right.TrySet(new Opening(number)));
                break;
            case 2 or 3 or 4:
                int lot = random.Next(3);
                DialogueTalk.Answer(_bids[lot], number, run.Sell[lot].TrySet(new Bid(number)));
                break;
            case 5:
                _ = run.Left.WhenPendingAsync();
                break;
            default:
                Assert.All(run.Sell.Pending, pending => Assert.True(pending.Value.Number >= pending.Key));
                DialogueTalk.Look(run.Right, request => request.Number > 0);
                break;
        }
    }

    protected override void AnswerAll()
    {
        DialogueTalk.Answer(_openings, 1, run.Left.TrySet(new Opening(1)));
        for (int lot = 0; lot < 3; lot++)
        {
            DialogueTalk.Answer(_bids[lot], lot, run.Sell[lot].TrySet(new Bid(lot)));
        }
    }

    protected override void Verify()
    {
        Assert.True(_openings.Count <= 2);
        Assert.False(run.Left.TrySet(new Opening(0)) || run.Sell[0].TrySet(new Bid(0)));
        if (run.Completion.IsCompletedSuccessfully)
        {
            Sold sold = run.Completion.Result;
            Assert.Contains(sold.First, _openings);
            Assert.All(Enumerable.Range(0, 3), lot => Assert.Contains(sold.Lots[lot], _bids[lot]));
        }
    }

    protected override int Count() => _openings.Count + _bids.Sum(bids => bids.Count);
}
