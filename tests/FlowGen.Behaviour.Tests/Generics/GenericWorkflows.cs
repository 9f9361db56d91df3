namespace Behaviour.Generics;

/// <summary>Three type parameters, a constraint, a generic node class, a generic state and a node that suspends.</summary>
[Workflow]
internal sealed partial class Convert<TIn, TMid, TOut>(Func<TIn, TMid> first, Func<TMid, TOut> second, Gate gate, Census census)
    where TIn : notnull
    where TMid : class
{
    public partial ValueTask<TOut> RunAsync(TIn source, CancellationToken ct = default);

    [Node]
    TMid Begin(TIn source, Counter<TIn> counter) => counter.Count(first(source));

    [Node]
    async ValueTask<TOut> End(TMid middle, Counter<TIn> counter, CancellationToken ct)
    {
        await gate.Wait(ct);
        census.Use(counter.Uses != 1);
        return second(middle);
    }
}

[State]
internal sealed class Counter<T> : ICleanup
{
    public int Uses { get; private set; }

    public TValue Count<TValue>(TValue value)
    {
        Uses++;
        return value;
    }

    public void Cleanup() => Uses = 0;
}

/// <summary>Plain calls: no frame unless somebody watches. The list binds by what its elements are.</summary>
[Workflow]
internal sealed partial class Reverse<T>
    where T : IComparable<T>
{
    public partial Reversed<T> Run(IReadOnlyList<T> items);

    static bool IsLong([Input] IReadOnlyList<T> items) => items.Count > 2;

    [Node, When(nameof(IsLong))]
    T Largest([From(nameof(Turn))] T[] turned) => turned.Max()!;

    [Node]
    T[] Turn([Input] IReadOnlyList<T> items) => [.. items.Reverse()];

    [Node]
    Pair<T> Together([From(nameof(Turn))] T[] turned, [From(nameof(Largest))] Optional<T> largest) => new(turned, largest);

    [Node]
    Reversed<T> Close(Pair<T> pair) => new(pair.Largest.HasValue ? [.. pair.Items, pair.Largest.Value] : [.. pair.Items]);
}

internal sealed record Reversed<T>(IReadOnlyList<T> Items);

internal sealed record Pair<T>(T[] Items, Optional<T> Largest);

/// <summary>Type parameters that may be absent: a reference, a value, and one that may be either.</summary>
[Workflow]
internal sealed partial class Absent<TClass, TStruct, TAny>(TClass one, TStruct two, TAny three)
    where TClass : class
    where TStruct : struct
{
    public partial ValueTask<string> RunAsync(Ask ask);

    static bool Wanted(Ask ask) => ask.Number > 0;

    [Node, When(nameof(Wanted))]
    TClass First(Ask ask) => one;

    [Node, When(nameof(Wanted))]
    TStruct Second(Ask ask) => two;

    [Node, When(nameof(Wanted))]
    TAny Third(Ask ask) => three;

    [Node]
    string Close(TClass? first, TStruct? second, Optional<TAny> third) => $"{first}/{second}/{(third.HasValue ? third.Value : "none")}";
}

/// <summary>A generic container; the workflow in it has a type parameter of its own.</summary>
internal static partial class Outer<TOuter>
{
    [Workflow]
    internal sealed partial class Inside<TInner>
    {
        public partial ValueTask<Unpacked> RunAsync(TOuter outer, TInner inner);

        [Node]
        async ValueTask<Box<TOuter, TInner>> Pack(TOuter outer, TInner inner)
        {
            await Task.Yield();
            return new(outer, inner);
        }

        [Node]
        Unpacked Unpack(Box<TOuter, TInner> box) => new(box.Outer, box.Inner);
    }

    internal sealed record Unpacked(TOuter One, object? Two);
}

internal sealed record Box<TOuter, TInner>(TOuter Outer, TInner Inner);

/// <summary>Closed over types, twice, beside nodes that go on meanwhile; and once per element.</summary>
[Workflow]
internal sealed partial class UsesGenerics(Convert<Ask, string, One> asks, Convert<Two, string, Three> twos, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [SubWorkflow<Convert<Ask, string, One>>]
    private partial ValueTask<One> Left(Ask source);

    [Node]
    Two[] Twos(Ask ask) => [.. Enumerable.Range(1, ask.Number).Select(n => new Two(n))];

    [SubWorkflow(nameof(twos))]
    private partial ValueTask<Three> Each([Each(nameof(Twos), MaxParallelism = 0)] Two source);

    [Node]
    void Beside(Ask ask) => journal.Add("beside");

    [Node]
    Answer Join(One left, Three[] each) => new($"{left.Number} {string.Join(',', each.Select(e => e.Number))}");
}

/// <summary>Generic itself, and hands its type parameter on.</summary>
[Workflow]
internal sealed partial class Nightly<T>(Convert<T, string, Two> import)
    where T : notnull
{
    public partial ValueTask<Two> RunAsync(T source, CancellationToken ct = default);

    [SubWorkflow(nameof(import))]
    private partial ValueTask<Two> Import(T source);
}

/// <summary>Three levels: a plain workflow around a generic one around another.</summary>
[Workflow]
internal sealed partial class RunsNightly(Nightly<Ask> nightly)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [SubWorkflow<Nightly<Ask>>, BestEffort]
    private partial ValueTask<Two> Night(Ask source);

    [Node]
    Answer Close(Two? two) => new($"{two?.Number ?? -1}");
}
