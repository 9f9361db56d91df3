using System.Threading.Tasks.Sources;

namespace Allocation;

/// <summary>A node that waits for one of many promises.</summary>
[Workflow]
internal sealed partial class Waits(Func<int, ValueTask<int>> promise)
{
    public partial ValueTask<int> RunAsync(int number, CancellationToken ct = default);

    [Node] static int Check(int number) => number;

    [Node] ValueTask<int> Wait(int check, CancellationToken ct) => promise(check);

    [Node] static int Finish(int wait) => wait + 1;
}

/// <summary>A child in a child, one of which fails for every tenth number; the parent goes on without it, or fails itself.</summary>
[Workflow]
internal sealed partial class Innermost(Func<int, ValueTask<int>> step)
{
    [return: From(nameof(Check))]
    public partial ValueTask<int> RunAsync(int number);

    [Node<Doubler>] private partial ValueTask<int> Twice(int number);

    [Node] ValueTask<int> Later(int twice) => step(twice);

    [Node] static int Check(int later) => later % 20 == 0 ? throw new InvalidOperationException("every tenth") : later;
}

internal sealed class Doubler : ICleanup
{
    private int _last;

    public ValueTask<int> ExecuteAsync(int number)
    {
        _last = number * 2;
        return new ValueTask<int>(_last);
    }

    public void Cleanup() => _last = 0;
}

[Workflow]
internal sealed partial class Middle(Innermost innermost)
{
    [return: From(nameof(Add))]
    public partial ValueTask<int> RunAsync(int number);

    [SubWorkflow(nameof(innermost))] private partial ValueTask<int> Inner(int number);

    [Node] static int Add([From(nameof(Inner))] int inner) => inner + 1;
}

[Workflow]
internal sealed partial class Outermost(Middle middle)
{
    [return: From(nameof(Result))]
    public partial ValueTask<int> RunAsync(int number);

    [SubWorkflow(nameof(middle)), BestEffort] private partial ValueTask<int> Tolerated([Input] int number);

    [SubWorkflow(nameof(middle)), After(nameof(Tolerated))] private partial ValueTask<int> Required([Input] int number);

    [Node] static int Result([From(nameof(Required))] int required, [From(nameof(Tolerated))] int? tolerated) => required + (tolerated ?? 0);
}

/// <summary>Many runs at once, and many after each other: what they keep in memory.</summary>
public sealed class CrowdTests
{
    private const int Runs = 100_000;
    private const int MaxBytesEach = 240;

    [Fact]
    public void A_suspended_run_is_small_and_the_next_wave_allocates_nothing()
    {
        var promises = new Promise[Runs];
        for (int i = 0; i < Runs; i++)
        {
            promises[i] = new Promise();
        }

        var runs = new ValueTask<int>[Runs];
        Waits workflow = new(number => promises[number].Task);
        _ = workflow.RunAsync(0).IsCompleted;
        promises[0].Complete(0);

        long before = GC.GetTotalMemory(forceFullCollection: true);
        Start(workflow, runs);
        long each = (GC.GetTotalMemory(forceFullCollection: true) - before) / Runs;
        Finish(promises, runs);

        long allocated = GC.GetAllocatedBytesForCurrentThread();
        Start(workflow, runs);
        Finish(promises, runs);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;

        FlowRuntime.Default.CleanUp();
        long left = GC.GetTotalMemory(forceFullCollection: true) - before;

        Assert.True(each <= MaxBytesEach, $"A suspended run takes {each} bytes.");
        Assert.True(allocated < 4_096, $"The second wave allocated {allocated} bytes.");
        Assert.True(left < Runs, $"After the wave the pools kept {left} bytes.");
        GC.KeepAlive(promises);
    }

    [Fact]
    public void Runs_with_nested_children_of_which_some_fail_retain_nothing()
    {
        Pulses pulses = new();
        Outermost workflow = new(new Middle(new Innermost(number => pulses.Later(number))));
        int failed = Repeat(workflow, pulses, 2_000);

        long before = GC.GetTotalMemory(forceFullCollection: true);
        failed += Repeat(workflow, pulses, 20_000);
        long grown = GC.GetTotalMemory(forceFullCollection: true) - before;

        Assert.Equal(2_200, failed);
        Assert.True(grown < 16_384, $"Memory grew by {grown} bytes.");
    }

    private static int Repeat(Outermost workflow, Pulses pulses, int times)
    {
        int failed = 0;
        for (int i = 1; i <= times; i++)
        {
            ValueTask<int> run = workflow.RunAsync(i);
            pulses.Beat();
            try
            {
                _ = run.Result;
            }
            catch (InvalidOperationException error) when (error.Message == "every tenth")
            {
                failed++;
            }
        }

        return failed;
    }

    private static void Start(Waits workflow, ValueTask<int>[] runs)
    {
        for (int i = 0; i < runs.Length; i++)
        {
            runs[i] = workflow.RunAsync(i);
        }
    }

    private static void Finish(Promise[] promises, ValueTask<int>[] runs)
    {
        for (int i = 0; i < runs.Length; i++)
        {
            promises[i].Complete(i);
            if (runs[i].Result != i + 1)
            {
                Assert.Fail("A run yielded what belongs to another one.");
            }
        }
    }

    /// <summary>The test's own: made before anything is counted.</summary>
    private sealed class Promise : IValueTaskSource<int>
    {
        private ManualResetValueTaskSourceCore<int> _core;

        public ValueTask<int> Task => new(this, _core.Version);

        public void Complete(int value) => _core.SetResult(value);

        public int GetResult(short token)
        {
            int result = _core.GetResult(token);
            _core.Reset();
            return result;
        }

        public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

        public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
            => _core.OnCompleted(continuation, state, token, flags);
    }
}
