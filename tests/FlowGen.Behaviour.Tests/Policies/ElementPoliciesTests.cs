namespace Behaviour.Policies;

/// <summary>Each element is tried again, and limited, by itself.</summary>
[Workflow]
internal sealed partial class TriesElements(Gate gate, ByNumber trouble)
{
    public partial ValueTask<Answer> RunAsync(IReadOnlyList<Ask> asks, CancellationToken ct = default);

    [Node, Retry(2, DelayMs = 1_000, Jitter = false, Backoff = Backoff.Constant), Timeout(Seconds = 5)]
    async ValueTask<One> Work([Each(MaxParallelism = 2)] Ask ask, FlowContext context, CancellationToken ct)
    {
        int attempt = context.Attempt;
        await gate.Wait(ct);
        trouble.Pass(ask.Number);
        return new One((10 * ask.Number) + attempt);
    }

    [Node]
    Answer Show(One[] ones) => new(string.Join(',', ones.Select(o => o.Number)));
}

/// <summary>Failures that are values after the last try.</summary>
[Workflow]
internal sealed partial class CollectsTries(ByNumber trouble)
{
    public partial ValueTask<Answer> RunAsync(IReadOnlyList<Ask> asks, CancellationToken ct = default);

    [Node, Retry(1, DelayMs = 0)]
    One Work([Each(OnError = EachError.Collect)] Ask ask)
    {
        trouble.Pass(ask.Number);
        return new One(ask.Number);
    }

    [Node]
    Answer Show(Outcome<One>[] ones) => new(string.Join(',', ones.Select(o => o.Succeeded ? $"{o.Value.Number}" : $"! {o.Error!.Message}")));
}

/// <summary>Fails for some numbers, a certain number of times.</summary>
internal sealed class ByNumber(params (int Number, int Times)[] failures)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<int, int> _left = failures.ToDictionary(f => f.Number, f => f.Times);

    public int Calls { get; private set; }

    public void Pass(int number)
    {
        lock (_lock)
        {
            Calls++;
            if (_left.TryGetValue(number, out int left) && left > 0)
            {
                _left[number] = left - 1;
                throw new BoomException($"{number}");
            }
        }
    }
}

public sealed class ElementPoliciesTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly Tries _tries = new();
    private readonly Gate _gate = new();

    [Fact]
    public async Task Each_element_has_all_its_tries()
    {
        _gate.Open();
        ValueTask<Answer> run = Start(new ByNumber((1, 2), (2, 1), (4, 2)), 1, 2, 3, 4);
        for (int i = 0; i < 6; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal("13,22,31,43", (await run.Soon()).Text);
    }

    [Fact]
    public async Task The_observer_is_told_which_try_of_which_element_it_is()
    {
        _gate.Open();
        ValueTask<Answer> run = Start(new ByNumber((1, 1)), 1, 2);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await run.Soon();

        Assert.Equal(["Executing 1", "Waiting 2", "Executing 2", "Completed 2"], _tries.Of("Work#0"));
        Assert.Equal(["Executing 1", "Completed 1"], _tries.Of("Work#1"));
    }

    [Fact]
    public async Task The_last_failure_of_one_element_ends_the_delays_of_the_others()
    {
        _gate.Open();
        ValueTask<Answer> run = Start(new ByNumber((1, 3), (2, 9)), 1, 2, 3);
        _clock.Advance(TimeSpan.FromSeconds(1));
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("1", (await Assert.ThrowsAsync<BoomException>(() => run.Soon())).Message);
        Assert.DoesNotContain(_tries.Lines, l => l.StartsWith("Work#2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Cancellation_ends_the_delay_of_every_element()
    {
        using CancellationTokenSource cts = new();
        ByNumber trouble = new((1, 9), (2, 9));
        _gate.Open();
        ValueTask<Answer> run = Start(trouble, [1, 2, 3], cts.Token);
        Assert.Equal(2, trouble.Calls);
        cts.Cancel();

        OperationCanceledException error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(cts.Token, error.CancellationToken);
        Assert.Equal(2, trouble.Calls);
    }

    [Fact]
    public async Task Each_element_has_a_limit_of_its_own()
    {
        ValueTask<Answer> run = Start(new ByNumber(), 1, 2, 3);
        _clock.Advance(TimeSpan.FromSeconds(4));
        _gate.ReleaseAt(0);
        Assert.Equal(3, _gate.Arrivals);

        // The second comes to its limit, the third has four seconds left.
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, _gate.Waiting);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, _gate.Waiting);
        _gate.Open();

        Assert.Equal("11,22,31", (await run.Soon()).Text);
    }

    [Fact]
    public async Task After_its_last_try_an_element_may_fail_as_a_value()
    {
        Assert.Equal("1,2,3", (await new CollectsTries(new ByNumber((2, 1))).RunAsync(Asks(1, 2, 3)).Soon()).Text);
        Assert.Equal("1,! 2,3", (await new CollectsTries(new ByNumber((2, 2))).RunAsync(Asks(1, 2, 3)).Soon()).Text);
    }

    private static Ask[] Asks(params int[] numbers) => [.. numbers.Select(n => new Ask(n))];

    private ValueTask<Answer> Start(ByNumber trouble, params int[] numbers) => Start(trouble, numbers, CancellationToken.None);

    private ValueTask<Answer> Start(ByNumber trouble, int[] numbers, CancellationToken ct)
        => new TriesElements(_gate, trouble) { Runtime = _tries.Watch(_clock) }.RunAsync(Asks(numbers), ct);
}
