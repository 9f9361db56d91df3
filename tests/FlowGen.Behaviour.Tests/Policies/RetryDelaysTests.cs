namespace Behaviour.Policies;

/// <summary>One node for each way in which a delay may grow; each notes when it is tried, and always fails.</summary>
[Workflow]
internal sealed partial class Delays(TimeProvider clock, Journal journal)
{
    private static readonly DateTimeOffset s_start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public partial ValueTask<Answer> RunAsync(string way, CancellationToken ct = default);

    static string Kind(string way) => way;

    [Node, When(nameof(Kind), "constant"), Retry(4, DelayMs = 100, Jitter = false, Backoff = Backoff.Constant)]
    One Constant(string way) => Fail(way);

    [Node, When(nameof(Kind), "linear"), Retry(4, DelayMs = 100, Jitter = false, Backoff = Backoff.Linear)]
    One Linear(string way) => Fail(way);

    [Node, When(nameof(Kind), "exponential"), Retry(4, DelayMs = 100, Jitter = false, Backoff = Backoff.Exponential)]
    One Exponential(string way) => Fail(way);

    [Node, When(nameof(Kind), "bounded"), Retry(4, DelayMs = 100, MaxDelayMs = 250, Jitter = false)]
    One Bounded(string way) => Fail(way);

    [Node, When(nameof(Kind), "jitter"), Retry(6, DelayMs = 1_000, Backoff = Backoff.Constant)]
    One Jitter(string way) => Fail(way);

    [Node, When(nameof(Kind), "default"), Retry(4)]
    One Default(string way) => Fail(way);

    [Node]
    Answer Show([From(nameof(Constant))] One? a, [From(nameof(Linear))] One? b, [From(nameof(Exponential))] One? c, [From(nameof(Bounded))] One? d,
        [From(nameof(Jitter))] One? e, [From(nameof(Default))] One? f) => new($"{a}{b}{c}{d}{e}{f}");

    private One Fail(string way)
    {
        journal.Add($"{(clock.GetUtcNow() - s_start).TotalMilliseconds:0}");
        throw new BoomException(way);
    }
}

public sealed class RetryDelaysTests
{
    [Theory]
    [InlineData("constant", "100 100 100 100")]
    [InlineData("linear", "100 200 300 400")]
    [InlineData("exponential", "100 200 400 800")]
    [InlineData("bounded", "100 200 250 250")]
    public async Task Delays_grow_as_the_attribute_says(string way, string delays)
    {
        Assert.Equal(delays, string.Join(' ', await DelaysOf(way, seed: null)));
    }

    [Fact]
    public async Task Jitter_takes_between_half_of_the_delay_and_all_of_it()
    {
        int[] delays = await DelaysOf("jitter", seed: null);

        Assert.Equal(6, delays.Length);
        Assert.All(delays, delay => Assert.InRange(delay, 500, 1_001));
    }

    [Fact]
    public async Task By_default_delays_are_exponential_with_jitter()
    {
        int[] delays = await DelaysOf("default", seed: 1);

        Assert.Equal([true, true, true, true], delays.Select((delay, i) => delay >= 50 << i && delay <= (100 << i) + 1));
    }

    [Fact]
    public async Task Under_a_seed_jitter_is_the_same_every_time()
    {
        int[] first = await DelaysOf("jitter", seed: 42);
        int[] second = await DelaysOf("jitter", seed: 42);
        int[] other = await DelaysOf("jitter", seed: 43);

        Assert.Equal(first, second);
        Assert.NotEqual(first, other);
        Assert.NotEqual([first[0]], first.Distinct());
    }

    private static async Task<int[]> DelaysOf(string way, int? seed)
    {
        FakeTimeProvider clock = new();
        Journal journal = new();
        Delays workflow = new(clock, journal) { Runtime = new FlowRuntime(new FlowRuntimeOptions { TimeProvider = clock, Seed = seed }) };
        Task<Answer> run = workflow.RunAsync(way).AsTask();
        for (int i = 0; i < 7_000 && !run.IsCompleted; i++)
        {
            clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal(way, (await Assert.ThrowsAsync<BoomException>(() => run.Soon())).Message);
        int[] times = [.. journal.Entries.Select(int.Parse)];
        return [.. times.Skip(1).Select((time, i) => time - times[i])];
    }
}
