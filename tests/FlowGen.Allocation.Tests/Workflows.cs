namespace Allocation;

// Values are structs and numbers: whatever these workflows allocate is FlowGen's.
internal readonly record struct Money(int Cents);

internal readonly record struct Weight(int Grams);

internal readonly record struct Size(int Metres);

/// <summary>Ten synchronous nodes in a row.</summary>
[Workflow]
internal sealed partial class SyncChain
{
    public partial ValueTask<int> RunAsync(int start, CancellationToken ct = default);

    [Node] int N1(int start) => start + 1;

    [Node] int N2(int n1) => n1 + 1;

    [Node] int N3(int n2) => n2 + 1;

    [Node] int N4(int n3) => n3 + 1;

    [Node] int N5(int n4) => n4 + 1;

    [Node] int N6(int n5) => n5 + 1;

    [Node] int N7(int n6) => n6 + 1;

    [Node] int N8(int n7) => n7 + 1;

    [Node] int N9(int n8) => n8 + 1;

    [Node] int N10(int n9) => n9 + 1;
}

/// <summary>The same without a task.</summary>
[Workflow]
internal sealed partial class PlainChain
{
    public partial int Run(int start);

    [Node] int N1(int start) => start + 1;

    [Node] int N2(int n1) => n1 + 1;

    [Node] int N3(int n2) => n2 + 1;

    [Node] int N4(int n3) => n3 + 1;
}

/// <summary>Nodes that may suspend; whether they do is the step's business.</summary>
[Workflow]
internal sealed partial class Chain(Func<int, ValueTask<int>> step)
{
    public partial ValueTask<int> RunAsync(int start, CancellationToken ct = default);

    [Node] ValueTask<int> N1(int start) => step(start);

    [Node] ValueTask<int> N2(int n1) => step(n1);

    [Node] ValueTask<int> N3(int n2) => step(n2);

    [Node] ValueTask<int> N4(int n3) => step(n3);

    [Node] ValueTask<int> N5(int n4) => step(n4);
}

/// <summary>Eight at once, and a join.</summary>
[Workflow]
internal sealed partial class Fan(Func<int, ValueTask<int>> step)
{
    public partial ValueTask<int> RunAsync(int start, CancellationToken ct = default);

    [Node] ValueTask<int> A(int start) => step(start);

    [Node] ValueTask<int> B(int start) => step(start);

    [Node] ValueTask<int> C(int start) => step(start);

    [Node] ValueTask<int> D(int start) => step(start);

    [Node] ValueTask<int> E(int start) => step(start);

    [Node] ValueTask<int> F(int start) => step(start);

    [Node] ValueTask<int> G(int start) => step(start);

    [Node] ValueTask<int> H(int start) => step(start);

    [Node] int Sum(int a, int b, int c, int d, int e, int f, int g, int h) => a + b + c + d + e + f + g + h;
}

/// <summary>Not series-parallel, with conditions, a merge, an optional and an observed value.</summary>
[Workflow]
internal sealed partial class Tangle(Func<int, ValueTask<int>> step)
{
    public partial ValueTask<int> RunAsync(int start, CancellationToken ct = default);

    static bool IsOdd(int start) => start % 2 == 1;

    [Node] ValueTask<int> Left(int start) => step(start);

    [Node] ValueTask<int> Right(int start) => step(start);

    [Node] Money Near(int left) => new(left);

    [Node] Weight Cross(int left, int right) => new(left + right);

    [Node, When(nameof(IsOdd))] Size Odd(int right) => new(right);

    [Node, Unless(nameof(IsOdd))] Size Even(int right) => new(-right);

    [Node, When(nameof(IsOdd))] ValueTask<int> Maybe(int left) => step(left);

    [Node]
    int Sum(Money near, [From(nameof(Cross))] Weight cross, Size size, int? maybe, [From(nameof(Cross))] Outcome<Weight> watched)
        => near.Cents + cross.Grams + size.Metres + (maybe ?? 0) + watched.Value.Grams;
}

[State]
internal sealed class Tally : ICleanup
{
    public int Total { get; set; }

    public void Cleanup() => Total = 0;
}

internal sealed class Worker(Func<int, ValueTask<int>> step) : ICleanup
{
    private int _last;

    public ValueTask<int> ExecuteAsync(int number)
    {
        _last += number;
        return step(_last);
    }

    public void Cleanup() => _last = 0;
}

/// <summary>A child with state and node classes.</summary>
[Workflow]
internal sealed partial class Child(Func<int, ValueTask<int>> step)
{
    public partial ValueTask<int> RunAsync(int number, CancellationToken ct = default);

    [Node]
    Money Note(int number, Tally tally)
    {
        tally.Total += number;
        return new(tally.Total);
    }

    [Node<Worker>]
    private partial ValueTask<int> First(int number);

    [Node<Worker>]
    private partial ValueTask<int> Second([From(nameof(First))] int number);

    [Node] ValueTask<int> Wait(int second) => step(second);

    [Node] int Sum(Money note, int wait, Tally tally) => note.Cents + wait + tally.Total;
}

[Workflow]
internal sealed partial class Parent(Child child)
{
    public partial ValueTask<int> RunAsync(int start, CancellationToken ct = default);

    [SubWorkflow(nameof(child))]
    private partial ValueTask<int> Left([From(nameof(Begin))] int number);

    [SubWorkflow(nameof(child))]
    private partial ValueTask<int> Right([From(nameof(Left))] int number);

    [Node] int Begin(int start) => start + 1;

    [Node] int Sum(int left, int right) => left + right;
}
