namespace Allocation;

/// <summary>A loop allocates its result and nothing that grows with the number of elements.</summary>
public sealed class LoopTests
{
    private readonly Pulses _pulses = new();

    [Fact]
    public void Elements_that_complete_synchronously()
    {
        Loop workflow = new(static number => new ValueTask<int>(number + 1));

        CheckConstant(numbers => _ = workflow.RunAsync(numbers).Result);
    }

    [Fact]
    public void Elements_that_suspend()
    {
        Loop workflow = new(number => _pulses.Later(number + 1));

        CheckConstant(numbers =>
        {
            ValueTask<int[]> run = workflow.RunAsync(numbers);
            _pulses.Beat();
            _ = run.Result;
        });
    }

    [Fact]
    public void Elements_that_are_sub_workflows()
    {
        LoopOverChild workflow = new(new Child(static number => new ValueTask<int>(number + 1)));

        CheckConstant(numbers => _ = workflow.RunAsync(numbers).Result);
    }

    [Fact]
    public void Elements_that_are_sub_workflows_and_suspend()
    {
        LoopOverChild workflow = new(new Child(number => _pulses.Later(number + 1)));

        CheckConstant(numbers =>
        {
            ValueTask<int[]> run = workflow.RunAsync(numbers);
            _pulses.Beat();
            _ = run.Result;
        });
    }

    [Fact]
    public void Elements_without_a_value()
    {
        LoopForEffect workflow = new(static number => new ValueTask<int>(number + 1));
        int[] numbers = new int[100];

        Assert.Equal(0, Bytes.OfThread(() => workflow.RunAsync(numbers).GetAwaiter().GetResult()));
    }

    [Fact]
    public async Task Elements_over_the_thread_pool()
    {
        Loop workflow = new(static number => PoolPulses.Later(number + 1));
        long few = await Overhead(50);
        long many = await Overhead(500);

        Assert.InRange(many - few, -64, 64);

        async Task<long> Overhead(int count)
        {
            int[] numbers = new int[count];
            return await Bytes.OfProcess(() => Finish(workflow.RunAsync(numbers))) - ArrayOf(count);
        }
    }

    [System.Runtime.CompilerServices.AsyncMethodBuilder(typeof(System.Runtime.CompilerServices.PoolingAsyncValueTaskMethodBuilder))]
    private static async ValueTask Finish(ValueTask<int[]> run) => _ = await run;

    private static void CheckConstant(Action<int[]> run)
    {
        long few = Overhead(run, 20);
        long many = Overhead(run, 200);

        Assert.Equal(few, many);
    }

    /// <summary>Bytes of one run beyond its result array.</summary>
    private static long Overhead(Action<int[]> run, int count)
    {
        int[] numbers = new int[count];
        return Bytes.OfOneRun(() => run(numbers)) - ArrayOf(count);
    }

    private static long ArrayOf(int count) => Bytes.OfOneRun(() => GC.KeepAlive(new int[count]));
}
