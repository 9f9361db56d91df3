namespace Behaviour.Joins;

// They only name sections.
internal abstract class Printing;

internal abstract class Calling;

/// <summary>Two that print, and one that does not.</summary>
[Workflow]
internal sealed partial class Prints(Gate[] gates, InFlight printing)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node, Exclusive<Printing>]
    ValueTask<One> A(Ask ask, CancellationToken ct) => Inside(0, new One(ask.Number), ct);

    [Node, Exclusive<Printing>]
    ValueTask<Two> B(Ask ask, CancellationToken ct) => Inside(1, new Two(ask.Number), ct);

    [Node, Exclusive<Printing>]
    ValueTask<Three> C(Ask ask, CancellationToken ct) => Inside(2, new Three(ask.Number), ct);

    [Node]
    ValueTask<Four> D(Ask ask, CancellationToken ct) => gates[3].Wait(new Four(ask.Number), ct);

    [Node]
    static Answer Join(One one, Two two, Three three, Four four) => new($"{one.Number + two.Number + three.Number + four.Number}");

    private async ValueTask<T> Inside<T>(int gate, T value, CancellationToken ct)
    {
        printing.Enter();
        try
        {
            return await gates[gate].Wait(value, ct);
        }
        finally
        {
            printing.Leave();
        }
    }
}

/// <summary>The one that holds the section may fail without failing the run.</summary>
[Workflow]
internal sealed partial class PrintsIfItCan(Gate[] gates)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node, Exclusive<Printing>, BestEffort]
    ValueTask<One> A(Ask ask, CancellationToken ct) => gates[0].Wait(new One(ask.Number), ct);

    [Node, Exclusive<Printing>]
    ValueTask<Two> B(Ask ask, CancellationToken ct) => gates[1].Wait(new Two(ask.Number), ct);

    [Node]
    static Answer Join(One? one, Two two) => new($"{one?.Number} {two.Number}");
}

/// <summary>Two sections, named in either order: nobody waits for the other.</summary>
[Workflow]
internal sealed partial class PrintsAndCalls(Gate[] gates, InFlight inFlight)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node, Exclusive<Printing>, Exclusive<Calling>]
    ValueTask<One> A(Ask ask, CancellationToken ct) => Inside(0, new One(ask.Number), ct);

    [Node, Exclusive<Calling>, Exclusive<Printing>]
    ValueTask<Two> B(Ask ask, CancellationToken ct) => Inside(1, new Two(ask.Number), ct);

    [Node]
    static Answer Join(One one, Two two) => new($"{one.Number + two.Number}");

    private async ValueTask<T> Inside<T>(int gate, T value, CancellationToken ct)
    {
        inFlight.Enter();
        try
        {
            return await gates[gate].Wait(value, ct);
        }
        finally
        {
            inFlight.Leave();
        }
    }
}

/// <summary>Held by a sub-workflow until it has ended, and wanted again inside.</summary>
[Workflow]
internal sealed partial class PrintJob(Gate gate, InFlight printing)
{
    public partial ValueTask<One> RunAsync(Ask ask, CancellationToken ct = default);

    [Node, Exclusive<Printing>]
    async ValueTask<Two> Page(Ask ask, CancellationToken ct)
    {
        printing.Enter();
        try
        {
            return await gate.Wait(new Two(ask.Number), ct);
        }
        finally
        {
            printing.Leave();
        }
    }

    [Node]
    ValueTask<One> Close(Two two, CancellationToken ct) => gate.Wait(new One(two.Number), ct);
}

[Workflow]
internal sealed partial class PrintsParts(PrintJob job)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [SubWorkflow(nameof(job)), Exclusive<Printing>]
    private partial ValueTask<One> First(Ask ask);

    [SubWorkflow(nameof(job)), Exclusive<Printing>]
    private partial ValueTask<One> Second(Ask ask);

    [Node]
    static Answer Join([From(nameof(First))] One first, [From(nameof(Second))] One second) => new($"{first.Number + second.Number}");
}

/// <summary>The section reaches into parts that do not hold it as a whole.</summary>
[Workflow]
internal sealed partial class PrintsInParts(PrintJob job)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [SubWorkflow(nameof(job))]
    private partial ValueTask<One> First(Ask ask);

    [SubWorkflow(nameof(job))]
    private partial ValueTask<One> Second(Ask ask);

    [Node]
    static Answer Join([From(nameof(First))] One first, [From(nameof(Second))] One second) => new($"{first.Number + second.Number}");
}

/// <summary>Once per element, one at a time.</summary>
[Workflow]
internal sealed partial class PrintsEach(Gate gate, InFlight printing)
{
    public partial ValueTask<int[]> RunAsync(int[] pages, CancellationToken ct = default);

    [Node, Exclusive<Printing>]
    async ValueTask<int> Page([Each(MaxParallelism = 0)] int pages, CancellationToken ct)
    {
        printing.Enter();
        try
        {
            return await gate.Wait(pages, ct);
        }
        finally
        {
            printing.Leave();
        }
    }
}
