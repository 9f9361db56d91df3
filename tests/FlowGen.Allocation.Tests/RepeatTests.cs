namespace Allocation;

/// <summary>As many iterations as are asked for.</summary>
[Workflow]
internal sealed partial class Iterations(Func<int, ValueTask<int>> step)
{
    public partial ValueTask<int> RunAsync(int start, int times, CancellationToken ct = default);

    static bool IsShort(int again, int times) => again < times;

    [Node, Repeat(While = nameof(IsShort), MaxIterations = 0)]
    ValueTask<int> Again([Carry] int start) => step(start);
}

/// <summary>The same beside another node, so that they are scheduled.</summary>
[Workflow]
internal sealed partial class IterationsBeside(Func<int, ValueTask<int>> step)
{
    [return: From(nameof(Sum))]
    public partial ValueTask<int> RunAsync(int start, int times, CancellationToken ct = default);

    static bool IsShort(int again, int times) => again < times;

    [Node]
    ValueTask<int> Beside(int start) => step(start);

    [Node, Repeat(While = nameof(IsShort), MaxIterations = 0)]
    ValueTask<int> Again([Carry] int start) => step(start);

    [Node]
    static int Sum(int again, int beside) => again + beside;
}

/// <summary>Each iteration is an activation of a sub-workflow.</summary>
[Workflow]
internal sealed partial class IterationsOfChild(Child child)
{
    [return: From(nameof(Again))]
    public partial ValueTask<int> RunAsync(int number, int times, CancellationToken ct = default);

    static bool IsShort(int again, int times) => again < times;

    [SubWorkflow(nameof(child)), Repeat(While = nameof(IsShort), MaxIterations = 0)]
    private partial ValueTask<int> Again([Carry] int number);
}

/// <summary>A loop keeps nothing of an iteration that is over: a million cost no more than one.</summary>
public sealed class RepeatTests
{
    private const int Times = 1_000_000;
    private readonly Pulses _pulses = new();

    [Fact]
    public void Iterations_that_complete_synchronously()
        => Check(new Iterations(static number => new ValueTask<int>(number + 1)).RunAsync, Times);

    [Fact]
    public void Iterations_that_suspend()
        => Check(new Iterations(number => _pulses.Later(number + 1)).RunAsync, Times);

    [Fact]
    public void Iterations_that_do_either_in_turn()
        => Check(new Iterations(number => number % 2 == 0 ? new ValueTask<int>(number + 1) : _pulses.Later(number + 1)).RunAsync, Times);

    [Fact]
    public void Iterations_beside_another_node()
        => Check(new IterationsBeside(number => _pulses.Later(number + 1)).RunAsync, Times);

    [Fact]
    public void Iterations_that_are_sub_workflows()
        => Check(new IterationsOfChild(new Child(static number => new ValueTask<int>(number + 1))).RunAsync, Times);

    [Fact]
    public void Iterations_that_are_sub_workflows_and_suspend()
        => Check(new IterationsOfChild(new Child(number => _pulses.Later(number + 1))).RunAsync, Times / 10);

    private void Check(Func<int, int, CancellationToken, ValueTask<int>> run, int times)
    {
        Run(3_000);
        long least = long.MaxValue;
        for (int round = 0; round < 3; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Run(times);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);

        void Run(int iterations)
        {
            ValueTask<int> pending = run(0, iterations, CancellationToken.None);
            _pulses.Beat();
            Assert.True(pending.Result >= iterations);
        }
    }
}
