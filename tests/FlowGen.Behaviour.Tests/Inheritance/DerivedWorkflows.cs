namespace Behaviour.Inheritance;

/// <summary>What only the base class holds, as a parameter and as a field, and state that its activation owns.</summary>
[Workflow]
internal abstract partial class ImportBase<T>(Journal journal, Gate gate)
    where T : class
{
    protected Journal Journal { get; } = journal;

    public virtual partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    private bool IsQuiet(Ask ask) => ask.Number < 0;

    [Node]
    protected abstract ValueTask<T> Read(Ask ask, CancellationToken ct);

    [Node]
    private async ValueTask<One> Count(T read, Tally tally, CancellationToken ct)
    {
        await gate.Wait(ct);
        return new One(++tally.Value);
    }

    [Node<Stamp>]
    private partial ValueTask<Two> Mark(One one);

    [Node, Unless(nameof(IsQuiet))]
    protected virtual void Tell(One one) => Journal.Add($"base {one.Number}");

    [Node, After(nameof(Tell))]
    protected virtual Answer Close(One one, Two two) => new($"{one.Number} {two.Number}");
}

[State]
internal sealed class Tally : ICleanup
{
    public int Value { get; set; }

    public void Cleanup() => Value = 0;
}

/// <summary>Made of what the base workflow keeps to itself.</summary>
internal sealed class Stamp(Journal journal) : ICleanup
{
    private int _uses;

    public async ValueTask<Two> ExecuteAsync(One one)
    {
        await Task.Yield();
        journal.Add($"stamp {one.Number}");
        return new Two(++_uses);
    }

    public void Cleanup() => _uses = 0;
}

/// <summary>Only overrides: the graph is that of the base workflow.</summary>
[Workflow(Id = "import texts", Version = 3)]
internal partial class ImportTexts(Journal journal, Gate gate) : ImportBase<string>(journal, gate)
{
    protected override ValueTask<string> Read(Ask ask, CancellationToken ct) => new($"text {ask.Number}");

    protected override void Tell(One one) => Journal.Add($"derived {one.Number}");
}

/// <summary>Adds nodes and changes one: a graph of its own.</summary>
[Workflow]
internal sealed partial class ImportMore(Journal journal, Gate gate) : ImportBase<List<int>>(journal, gate)
{
    public override partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    protected override ValueTask<List<int>> Read(Ask ask, CancellationToken ct) => new([.. Enumerable.Range(0, ask.Number)]);

    [Node]
    Three Sum(List<int> read) => new(read.Sum());

    [Node, BestEffort]
    protected override void Tell(One one) => throw new BoomException("told");

    [Node]
    protected override Answer Close(One one, Two two) => new($"more {one.Number} {two.Number}");

    [Node, After(nameof(Close))]
    void Log(Three three, Tally tally) => Journal.Add($"sum {three.Number} tally {tally.Value >= 0}");
}

/// <summary>Not a workflow: a fake of a test that decorates the entry.</summary>
internal sealed class ImportFake(Journal journal, Gate gate) : ImportTexts(journal, gate)
{
    public override async ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default)
    {
        await Task.Yield();
        return new Answer($"fake {ask.Number}");
    }
}

/// <summary>Not a workflow: a test double that only stands in for one node.</summary>
internal sealed class ImportDouble(Journal journal, Gate gate) : ImportTexts(journal, gate)
{
    public int Reads { get; private set; }

    protected override ValueTask<string> Read(Ask ask, CancellationToken ct)
    {
        Reads++;
        return new("double");
    }
}

/// <summary>Holds an import of whatever class.</summary>
[Workflow]
internal sealed partial class RunsImports(ImportBase<string> texts, ImportMore more)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [SubWorkflow(nameof(texts))]
    private partial ValueTask<Answer> Texts(Ask ask);

    [SubWorkflow<ImportMore>]
    private partial ValueTask<Answer> More(Ask ask);

    [Node]
    Four Join([From(nameof(Texts))] Answer texts, [From(nameof(More))] Answer more) => new(texts.Text.Length + more.Text.Length);

    [Node]
    Answer Close([From(nameof(Texts))] Answer texts, [From(nameof(More))] Answer more, Four four) => new($"{texts.Text}|{more.Text}|{four.Number}");
}

/// <summary>A synchronous entry may be virtual, too; a plain class above it holds what nodes use.</summary>
internal abstract class Priced
{
    protected int Factor { get; init; } = 2;

    protected bool IsOdd(Ask ask) => ask.Number % 2 == 1;
}

[Workflow]
internal partial class Prices : Priced
{
    public virtual partial One Run(Ask ask);

    [Node, When(nameof(IsOdd))]
    protected virtual Two Odd(Ask ask) => new(ask.Number);

    [Node]
    One Close(Ask ask, Two? odd) => new(Factor * (ask.Number + (odd?.Number ?? 0)));
}

/// <summary>The node that a base workflow keeps private is called through it.</summary>
[Workflow]
internal sealed partial class Discounts : Prices
{
    public override partial One Run(Ask ask);

    protected override Two Odd(Ask ask) => new(100);

    [Node, After(nameof(Odd))]
    void Check(Ask ask) => ArgumentOutOfRangeException.ThrowIfGreaterThan(ask.Number, 9);
}

/// <summary>Holds prices of whatever class.</summary>
[Workflow]
internal sealed partial class RunsPrices(Prices prices)
{
    public partial ValueTask<Answer> RunAsync(Ask ask);

    [SubWorkflow<Prices>]
    private partial One Price(Ask ask);

    [Node]
    Answer Show(One price) => new($"{price.Number}");
}
