namespace Behaviour.Loops;

/// <summary>As many iterations as are asked for; the step decides how each completes.</summary>
[Workflow]
internal sealed partial class Iterates(Func<int, ValueTask<int>> step)
{
    public partial ValueTask<int> RunAsync(int start, int times, CancellationToken ct = default);

    static bool IsShort(int again, int times) => again < times;

    [Node, Repeat(While = nameof(IsShort), MaxIterations = 0)]
    ValueTask<int> Again([Carry] int start) => step(start);
}

/// <summary>Beside something that takes longer.</summary>
[Workflow]
internal sealed partial class IteratesBeside(Func<int, ValueTask<int>> step, Gate other)
{
    [return: From(nameof(Sum))]
    public partial ValueTask<int> RunAsync(int start, int times, CancellationToken ct = default);

    static bool IsShort(int again, int times) => again < times;

    [Node]
    ValueTask<int> Beside(CancellationToken ct) => other.Wait(1, ct);

    [Node, Repeat(While = nameof(IsShort), MaxIterations = 0)]
    ValueTask<int> Again([Carry] int start) => step(start);

    [Node]
    static int Sum(int again, int beside) => again + beside;
}

/// <summary>Around an activation each time.</summary>
[Workflow]
internal sealed partial class IteratesPart(IteratesOnce once)
{
    [return: From(nameof(Part))]
    public partial ValueTask<int> RunAsync(int start, int times, CancellationToken ct = default);

    static bool IsShort(int part, int times) => part < times;

    [SubWorkflow(nameof(once)), Repeat(While = nameof(IsShort), MaxIterations = 0)]
    private partial ValueTask<int> Part([Carry] int start);
}

[Workflow]
internal sealed partial class IteratesOnce(Func<int, ValueTask<int>> step)
{
    public partial ValueTask<int> RunAsync(int start, CancellationToken ct = default);

    [Node]
    ValueTask<int> Step(int start) => step(start);
}

/// <summary>With something that watches over each iteration.</summary>
[Workflow]
internal sealed partial class IteratesGuarded(Func<int, ValueTask<int>> step)
{
    public partial ValueTask<int> RunAsync(int start, int times, CancellationToken ct = default);

    static bool IsShort(int again, int times) => again < times;

    [Node, Repeat(While = nameof(IsShort), MaxIterations = 0), Retry(2, DelayMs = 0)]
    ValueTask<int> Again([Carry] int start) => step(start);
}

/// <summary>However the iterations of a loop complete, and however many there are, the stack holds.</summary>
public sealed class IterationStackTests
{
    private const int Times = 20_000;

    [Theory]
    [InlineData("at once")]
    [InlineData("while hooked")]
    [InlineData("in turn")]
    public void One_node_after_the_other(string way)
        => Assert.Equal(Times, SmallStack.Run(() => new Iterates(Step(way)).RunAsync(0, Times).AsTask().GetAwaiter().GetResult()));

    [Theory]
    [InlineData("at once")]
    [InlineData("while hooked")]
    [InlineData("in turn")]
    public void Beside_another(string way)
        => Assert.Equal(Times + 1, SmallStack.Run(() =>
        {
            Gate other = new();
            Task<int> run = new IteratesBeside(Step(way), other).RunAsync(0, Times).AsTask();
            other.Open();
            return run.GetAwaiter().GetResult();
        }));

    [Theory]
    [InlineData("at once")]
    [InlineData("while hooked")]
    [InlineData("in turn")]
    public void Around_an_activation(string way)
        => Assert.Equal(Times, SmallStack.Run(() => new IteratesPart(new IteratesOnce(Step(way))).RunAsync(0, Times).AsTask().GetAwaiter().GetResult()));

    [Theory]
    [InlineData("at once")]
    [InlineData("while hooked")]
    [InlineData("in turn")]
    public void Under_a_policy(string way)
        => Assert.Equal(Times, SmallStack.Run(() => new IteratesGuarded(Step(way)).RunAsync(0, Times).AsTask().GetAwaiter().GetResult()));

    [Fact]
    public void Iterations_that_fail_and_are_tried_again()
    {
        int calls = 0;
        Func<int, ValueTask<int>> step = number => ++calls % 2 == 0 ? InlineTask.Of(number + 1) : throw new BoomException("again");

        Assert.Equal(2_000, SmallStack.Run(() => new IteratesGuarded(step).RunAsync(0, 2_000).AsTask().GetAwaiter().GetResult()));
        Assert.Equal(4_000, calls);
    }

    private static Func<int, ValueTask<int>> Step(string way) => way switch
    {
        "at once" => static number => new ValueTask<int>(number + 1),
        "while hooked" => static number => InlineTask.Of(number + 1),
        _ => static number => number % 3 == 0 ? new ValueTask<int>(number + 1) : InlineTask.Of(number + 1),
    };
}
