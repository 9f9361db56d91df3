namespace Allocation;

/// <summary>
/// Paths on which everything suspends. The pulses that suspend them cost nothing, so that not one byte is left: first with every
/// continuation on one thread, then over the thread pool, counted in the whole process.
/// </summary>
public sealed class SuspendedTests
{
    private readonly Pulses _pulses = new();
    private readonly Func<int, ValueTask<int>> _step;

    public SuspendedTests() => _step = number => _pulses.Later(number + 1);

    [Fact]
    public void A_chain()
    {
        Chain workflow = new(_step);

        Assert.Equal(0, Bytes.OfThread(() => Drive(6, workflow.RunAsync(1))));
    }

    [Fact]
    public void A_chain_with_a_token()
    {
        Chain workflow = new(_step);
        using CancellationTokenSource cts = new();

        Assert.Equal(0, Bytes.OfThread(() => Drive(6, workflow.RunAsync(1, cts.Token))));
    }

    [Fact]
    public void A_fan()
    {
        Fan workflow = new(_step);

        Assert.Equal(0, Bytes.OfThread(() => Drive(16, workflow.RunAsync(1))));
    }

    [Fact]
    public void A_fan_with_a_token()
    {
        Fan workflow = new(_step);
        using CancellationTokenSource cts = new();

        Assert.Equal(0, Bytes.OfThread(() => Drive(16, workflow.RunAsync(1, cts.Token))));
    }

    [Theory]
    [InlineData(1, 2 + 4 + 2 + 3 + 4)]
    [InlineData(2, 3 + 6 - 3 + 0 + 6)]
    public void A_tangle(int start, int expected)
    {
        Tangle workflow = new(_step);

        Assert.Equal(0, Bytes.OfThread(() => Drive(expected, workflow.RunAsync(start))));
    }

    [Fact]
    public void A_parent_with_children()
    {
        Parent workflow = new(new Child(_step));

        Assert.Equal(0, Bytes.OfThread(() => Drive(null, workflow.RunAsync(1))));
    }

    [Fact]
    public void Many_runs_at_once()
    {
        Parent workflow = new(new Child(_step));

        // Fewer than the 64 unused instances that a pool keeps unless [Pooled(Max)] says otherwise.
        ValueTask<int>[] runs = new ValueTask<int>[50];

        Assert.Equal(0, Bytes.OfThread(() =>
        {
            for (int i = 0; i < runs.Length; i++)
            {
                runs[i] = workflow.RunAsync(i);
            }

            _pulses.Beat();
            foreach (ValueTask<int> run in runs)
            {
                _ = run.Result;
            }
        }));
    }

    [Fact]
    public async Task A_chain_over_the_thread_pool()
    {
        Chain workflow = new(static number => PoolPulses.Later(number + 1));

        Assert.Equal(0, await Bytes.OfProcess(() => Finish(workflow.RunAsync(1))));
    }

    [Fact]
    public async Task A_fan_over_the_thread_pool()
    {
        Fan workflow = new(static number => PoolPulses.Later(number + 1));

        Assert.Equal(0, await Bytes.OfProcess(() => Finish(workflow.RunAsync(1))));
    }

    [Fact]
    public async Task A_parent_with_children_over_the_thread_pool()
    {
        Parent workflow = new(new Child(static number => PoolPulses.Later(number + 1)));

        Assert.Equal(0, await Bytes.OfProcess(() => Finish(workflow.RunAsync(1))));
    }

    [System.Runtime.CompilerServices.AsyncMethodBuilder(typeof(System.Runtime.CompilerServices.PoolingAsyncValueTaskMethodBuilder))]
    private static async ValueTask Finish(ValueTask<int> run) => _ = await run;

    private void Drive(int? expected, ValueTask<int> run)
    {
        if (run.IsCompleted)
        {
            Assert.Fail("The run was to suspend.");
        }

        _pulses.Beat();
        int value = run.Result;
        if (expected is { } right && value != right)
        {
            Assert.Fail("The run did not complete with the expected value.");
        }
    }
}
