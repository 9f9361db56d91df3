using System.Reflection;

namespace Behaviour.Randomly;

/// <summary>One run of a random workflow with a random input, random failures and random suspensions, held against the oracle.</summary>
internal sealed class RandomRun
{
    private readonly RandomFlow _flow;
    private readonly Random _random;
    private readonly MethodInfo _run;
    private readonly int _bits;
    private readonly Puppet _puppet;
    private readonly RandomOracle _oracle;
    private readonly RecordingObserver? _observer;
    private readonly List<string> _released = [];
    private Task? _started;

    public RandomRun(RandomFlow flow, Random random, MethodInfo run)
    {
        (_flow, _random, _run) = (flow, random, run);
        _bits = random.Next(1 << RandomFlowMaker.Bits);
        double failures = random.Next(3) * 0.08;
        double suspensions = random.Next(4) / 3.0;
        _puppet = new Puppet { Failing = Choose(failures), Suspending = flow.IsSynchronous ? Choose(0) : Choose(suspensions) };
        _oracle = new RandomOracle(flow, _bits, _puppet.Failing, _puppet.Suspending);
        _observer = random.Next(3) == 0 ? new RecordingObserver() : null;
    }

    public Task Check(int number) => (number % 4) switch
    {
        0 or 1 when _flow.IsStepwise => StepByStep(),
        3 => Cancelled(),
        _ => OnManyThreads(),
    };

    public override string ToString()
        => $"""
            bits {_bits}, failing {string.Join(' ', _puppet.Failing)}, suspending {string.Join(' ', _puppet.Suspending)}, released {string.Join(' ', _released)}
            log: {string.Join(' ', _puppet.Log)}
            waiting: {string.Join(' ', _puppet.Waiting)}
            run: {_started?.Status} {_started?.Exception}
            oracle: {string.Join(' ', _oracle.Started)} failure {_oracle.Failure}
            """;

    /// <summary>One release at a time, all on this thread: after each, exactly those have started that could.</summary>
    private async Task StepByStep()
    {
        Task run = Start(CancellationToken.None);
        _oracle.Settle();
        while (_oracle.Failure is null && !_oracle.IsDone)
        {
            CompareStarted();
            IReadOnlyList<string> waiting = _puppet.Waiting;
            Assert.NotEmpty(waiting);
            Assert.False(run.IsCompleted, "The run ended early.");
            string path = waiting[_random.Next(waiting.Count)];
            _released.Add(path);
            _puppet.Release(path);
            _oracle.Release(path);
        }

        await End(run);
    }

    /// <summary>Several threads release whatever waits; only the end is certain.</summary>
    private async Task OnManyThreads()
    {
        Task run = Start(CancellationToken.None);
        int[] seeds = [.. Enumerable.Range(0, 3).Select(_ => _random.Next())];
        await Task.WhenAll(seeds.Select(seed => Task.Run(() => ReleaseUntil(run, new Random(seed))))).Soon();
        _oracle.Settle();
        while (_oracle.Failure is null && !_oracle.IsDone && _oracle.Waiting.FirstOrDefault() is { } path)
        {
            _oracle.Release(path);
        }

        await End(run);
    }

    private async Task Cancelled()
    {
        using CancellationTokenSource cts = new();
        Task run = Start(cts.Token);
        for (int i = _random.Next(4); i > 0 && _puppet.Waiting.Count > 0; i--)
        {
            _puppet.Release(_puppet.Waiting[_random.Next(_puppet.Waiting.Count)]);
        }

        bool wasDone = run.IsCompleted && !_flow.SelfAndChildren.SelectMany(f => f.Nodes).Any(n => n.OnPool);
        await cts.CancelAsync();
        Exception? error = await ErrorOf(run);
        EverybodyEnded();
        if (!wasDone && error is OperationCanceledException cancelled)
        {
            Assert.Equal(cts.Token, cancelled.CancellationToken);
        }
        else
        {
            Assert.True(error is null or PuppetException, $"{error}");
        }
    }

    private async Task End(Task run)
    {
        Exception? error = await ErrorOf(run);
        EverybodyEnded();
        if (_oracle.Failure is null)
        {
            Assert.Null(error);
            CompareStarted();
            CompareOrder();
            Assert.Equal("Completed", _observer?.Events[^1].Detail ?? "Completed");
        }
        else
        {
            Assert.Contains(Assert.IsType<PuppetException>(error).Message, _puppet.Failing);
            Assert.Equal("Failed", _observer?.Events[^1].Detail ?? "Failed");
        }

        BoundariesNest();
    }

    private Task Start(CancellationToken ct)
    {
        FlowRuntime runtime = _observer?.Watch() ?? FlowRuntime.Default;
        try
        {
            object run = _run.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [_puppet, runtime, _bits, ct], null)!;
            return _started = ((ValueTask)run).AsTask();
        }
        catch (PuppetException error) when (_flow.IsSynchronous)
        {
            return Task.FromException(error);
        }
    }

    private void ReleaseUntil(Task run, Random random)
    {
        long deadline = Environment.TickCount64 + (long)Patience.Limit.TotalMilliseconds;
        while (!run.IsCompleted && Environment.TickCount64 < deadline)
        {
            IReadOnlyList<string> waiting = _puppet.Waiting;
            if (waiting.Count == 0)
            {
                Thread.Yield();
            }
            else
            {
                _puppet.Release(waiting[random.Next(waiting.Count)]);
            }
        }
    }

    private void CompareStarted()
        => Assert.Equal(
            _oracle.Started.Where(IsCertain).Order(StringComparer.Ordinal),
            _puppet.Log.Where(l => l[0] == '+').Select(l => l[1..]).Where(IsCertain).Order(StringComparer.Ordinal));

    private bool IsCertain(string started) => !_oracle.Uncertain.Contains(started[..started.IndexOf('(', StringComparison.Ordinal)]);

    private void CompareOrder()
    {
        List<string> log = [.. _puppet.Log.Select(l => l.Contains('(', StringComparison.Ordinal) ? l[..l.IndexOf('(', StringComparison.Ordinal)] : l)];
        foreach (string path in log.Where(l => l[0] == '+').Select(l => l[1..]).ToList())
        {
            foreach (string before in _oracle.MustPrecede(path))
            {
                int ended = log.FindIndex(l => l[1..] == before && l[0] != '+');
                Assert.True(ended < log.IndexOf($"+{path}"), $"{path} started before {before} had ended.");
            }
        }
    }

    /// <summary>A run never ends before everybody who started has.</summary>
    private void EverybodyEnded()
    {
        Assert.Empty(_puppet.Waiting);
        Assert.Empty(_puppet.Complaints);
        Assert.Equal(
            _puppet.Log.Where(l => l[0] == '+').Select(l => l[1..l.IndexOf('(', StringComparison.Ordinal)]).Order(StringComparer.Ordinal),
            _puppet.Log.Where(l => l[0] != '+').Select(l => l[1..]).Order(StringComparer.Ordinal));
    }

    private void BoundariesNest()
    {
        HashSet<string> open = new(StringComparer.Ordinal);
        foreach (FlowEvent e in _observer?.Events ?? [])
        {
            if (e.Kind == FlowEventKind.SubWorkflowStarted)
            {
                Assert.True(open.Add(e.Path), $"{e.Path} was entered twice.");
            }
            else if (e.Kind == FlowEventKind.SubWorkflowCompleted)
            {
                Assert.True(open.Remove(e.Path), $"{e.Path} was left without being entered.");
                Assert.DoesNotContain(open, o => o.StartsWith($"{e.Path}.", StringComparison.Ordinal));
            }
            else if (e is { Kind: FlowEventKind.NodeChanged, Detail: "Executing" } && e.Path.LastIndexOf('.') is > 0 and int dot)
            {
                Assert.Contains(e.Path[..dot], open);
            }
        }

        Assert.Empty(open);
    }

    private HashSet<string> Choose(double share)
        => [.. _flow.Leaves().Select(l => l.Path).Where(_ => _random.NextDouble() < share)];

    private static async Task<Exception?> ErrorOf(Task run)
    {
        try
        {
            await run.Soon();
            return null;
        }
        catch (TimeoutException)
        {
            throw;
        }
        catch (Exception error)
        {
            return error;
        }
    }
}
