namespace Behaviour.Nodes;

/// <summary>Stateless: any number of activations may use one instance.</summary>
internal sealed class Doubler
{
    public One Execute(Ask ask) => new(ask.Number * 2);
}

/// <summary>Its constructor takes what the workflow holds.</summary>
internal sealed class Waiter(Gate gate)
{
    public ValueTask<Two> ExecuteAsync(One one, CancellationToken ct) => gate.Wait(new Two(one.Number + 1), ct);
}

/// <summary>Returns nothing, through a task, with a parameter that has a default.</summary>
internal sealed class Writer(Journal journal)
{
    public async Task ExecuteAsync(Two two, string prefix = "wrote ")
    {
        await Task.Yield();
        journal.Add(prefix + two.Number);
    }
}

[Workflow]
internal sealed partial class OfClasses(Gate gate, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node<Doubler>]
    private partial One Double(Ask ask);

    [Node<Waiter>]
    private partial ValueTask<Two> Hold(One one);

    [Node<Writer>]
    private partial Task Write(Two two);

    [Node]
    Answer Show(Two two) => new($"{two.Number} at {gate.Arrivals} with {journal.Entries.Count}");
}

/// <summary>Two nodes of one class: each activation has an instance for each.</summary>
internal sealed class Numbered(Census census)
{
    private readonly int _number = census.Create();

    public string Execute(Ask ask) => $"{ask.Number} by {_number}";
}

[Workflow]
internal sealed partial class TwoOfOneClass(Census census)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node<Numbered>]
    private partial string First(Ask ask);

    [Node<Numbered>]
    private partial string Second(Ask ask);

    [Node]
    Answer Both(string first, string second) => new($"{first}, {second} of {census.Created}");
}

public sealed class NodeClassesTests
{
    private readonly Gate _gate = new();
    private readonly Journal _journal = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Node_classes_run(bool openFirst)
    {
        if (openFirst)
        {
            _gate.Open();
        }

        ValueTask<Answer> run = new OfClasses(_gate, _journal).RunAsync(new Ask(4));
        await _gate.Reached;
        _gate.Open();

        Assert.StartsWith("9 at 1", (await run.Soon()).Text, StringComparison.Ordinal);
        Assert.Equal(["wrote 9"], _journal.Entries);
    }

    [Fact]
    public async Task A_node_class_fails_like_any_node()
    {
        BoomException boom = new("boom");
        _gate.Fail(boom);

        Assert.Same(boom, await Assert.ThrowsAsync<BoomException>(() => new OfClasses(_gate, _journal).RunAsync(new Ask(4)).Soon()));
        Assert.Empty(_journal.Entries);
    }

    [Fact]
    public async Task A_node_class_is_cancelled_like_any_node()
    {
        using CancellationTokenSource cts = new();
        ValueTask<Answer> run = new OfClasses(_gate, _journal).RunAsync(new Ask(4), cts.Token);
        await _gate.Reached;
        await cts.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
    }

    [Fact]
    public async Task Each_node_has_an_instance_of_its_own()
    {
        Census census = new();
        string[] parts = (await new TwoOfOneClass(census).RunAsync(new Ask(1)).Soon()).Text.Split(", ");

        Assert.Equal(2, parts.Length);
        Assert.Equal(2, census.Created);
        Assert.NotEqual(parts[0], parts[1].Replace(" of 2", "", StringComparison.Ordinal));
    }
}
