namespace Behaviour.Rulings;

[State]
internal sealed class Page : ICleanup
{
    public static Journal Cleanups { get; } = new();

    public int Number { get; set; }

    public void Cleanup()
    {
        Cleanups.Add($"{Number}");
        Number = 0;
    }
}

[State(Scope = StateScope.Run)]
internal sealed class Book : ICleanup
{
    private readonly Lock _lock = new();

    public int Pages { get; private set; }

    public int Add()
    {
        lock (_lock)
        {
            return ++Pages;
        }
    }

    public void Cleanup() => Pages = 0;
}

/// <summary>An instance that remembers whom it serves.</summary>
internal sealed class Scribe : ICleanup
{
    private readonly Gate _gate;
    private readonly Census _census;
    private int _writes;

    public Scribe(Gate gate, Census census)
    {
        census.Create();
        (_gate, _census) = (gate, census);
    }

    public async ValueTask<One> ExecuteAsync(Ask ask, CancellationToken ct)
    {
        _census.Use(dirty: _writes != 0);
        _writes = ask.Number;
        await _gate.Wait(ct);
        return ask.Number < 0 && _census.Used < 3 ? throw new BoomException("again") : new One(_writes);
    }

    public void Cleanup()
    {
        _writes = 0;
        _census.Clean();
    }
}

[Workflow]
internal sealed partial class WritesPage(Gate gate, Census census)
{
    public partial ValueTask<Ask> RunAsync(Ask ask, CancellationToken ct = default);

    [Node<Scribe>]
    private partial ValueTask<One> Write([Input] Ask ask);

    [Node]
    Ask Close([Input] Ask ask, One one, Page page, Book book)
    {
        page.Number += one.Number + (gate.Arrivals * 0) + (census.Used * 0);
        book.Add();
        return new Ask(ask.Number + 1);
    }
}

/// <summary>An attempt, an iteration, an element: each is an activation.</summary>
[Workflow]
internal sealed partial class WritesBook(WritesPage page)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, Ask[] asks, int limit, CancellationToken ct = default);

    static bool IsEnough(Ask ask, int limit) => ask.Number >= limit;

    [SubWorkflow(nameof(page)), Retry(5, DelayMs = 0)]
    private partial ValueTask<Ask> Tried([Input] Ask ask);

    [SubWorkflow(nameof(page)), Repeat(Until = nameof(IsEnough))]
    private partial ValueTask<Ask> Repeated([From(nameof(Tried)), Carry] Ask ask);

    [SubWorkflow(nameof(page)), After(nameof(Repeated))]
    private partial ValueTask<Ask> Element([Each, Input] Ask asks);

    [Node, After(nameof(Element))]
    static Answer Show(Book book) => new($"{book.Pages}");
}

[Workflow]
internal sealed partial class WritesSideBySide(WritesPage page)
{
    public partial ValueTask<Answer> RunAsync(Ask[] asks, CancellationToken ct = default);

    [SubWorkflow(nameof(page))]
    private partial ValueTask<Ask> Element([Each(MaxParallelism = 2), Input] Ask asks);

    [Node, After(nameof(Element))]
    static Answer Show(Book book) => new($"{book.Pages}");
}

/// <summary>Rulings, Activation.</summary>
public sealed class OwnActivationTests
{
    private readonly Gate _gate = new();
    private readonly Census _census = new();
    private readonly RecordingObserver _observer = new();

    [Fact]
    public async Task Each_attempt_iteration_or_element_of_a_sub_workflow_is_an_activation_of_its_own()
    {
        _gate.Open();
        WritesBook workflow = new(new WritesPage(_gate, _census)) { Runtime = _observer.Watch() };
        await workflow.RunAsync(new Ask(-1), [new(7), new(8)], 2).Soon();

        string[] expected =
        [
            ">Tried", "<Tried Failed", ">Tried", "<Tried Failed", ">Tried", "<Tried Completed",
            ">Repeated", "<Repeated Completed", ">Repeated", "<Repeated Completed",
            ">Element", "<Element Completed", ">Element", "<Element Completed",
        ];
        Assert.Equal(expected, _observer.Boundaries);
        Assert.Equal(7, _census.Cleaned);
        Assert.Equal(0, _census.DirtyUses);
    }

    [Fact]
    public async Task Started_its_nodes_Completed_cleanup_then_the_parent_s_next_node()
    {
        WritesBook workflow = new(new WritesPage(_gate, _census)) { Runtime = _observer.Watch() };
        Task<Answer> run = workflow.RunAsync(new Ask(0), [], 2).AsTask();
        Assert.Equal([">Tried", "Tried.Write Executing"], Lines());
        Assert.Equal(0, _census.Cleaned);
        _gate.Release();
        Assert.Equal(1, _census.Cleaned);
        Assert.Equal(
            ["Tried.Write Completed", "Tried.Close Executing", "Tried.Close Completed", "<Tried Completed", ">Repeated"],
            Lines().Skip(2).Take(5));
        _gate.Open();

        await run.Soon();

        // What the boundaries are as nodes of the parent stands beside them.
        IEnumerable<string> Lines() => _observer.Lines.Where(line => line[0] == '>' || line[0] == '<' || line.Contains('.', StringComparison.Ordinal));
    }

    [Fact]
    public async Task Parallel_pairs_may_interleave()
    {
        WritesSideBySide workflow = new(new WritesPage(_gate, _census)) { Runtime = _observer.Watch() };
        Task<Answer> run = workflow.RunAsync([new(1), new(2)]).AsTask();
        Assert.Equal([">Element", ">Element"], _observer.Boundaries);
        _gate.Open();

        await run.Soon();
        Assert.Equal([">Element", ">Element", "<Element Completed", "<Element Completed"], _observer.Boundaries);
    }

    [Fact]
    public async Task Each_element_in_flight_owns_its_node_instances_and_Activation_state_cleaned_between_elements()
    {
        WritesSideBySide workflow = new(new WritesPage(_gate, _census));
        Task<Answer> run = workflow.RunAsync([new(101), new(102), new(103), new(104)]).AsTask();
        Assert.Equal(2, _census.Created);
        while (_gate.Waiting > 0)
        {
            _gate.ReleaseAt(_gate.Waiting - 1);
        }

        await run.Soon();
        Assert.Equal(4, _census.Cleaned);
        Assert.Equal(0, _census.DirtyUses);
        Assert.Equal(["101", "102", "103", "104"], Page.Cleanups.Entries.Where(e => e.StartsWith("10", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task State_of_the_Run_scope_is_one_per_root_run()
    {
        _gate.Open();
        WritesBook workflow = new(new WritesPage(_gate, _census));

        Assert.Equal("5", (await workflow.RunAsync(new Ask(0), [new(7), new(8)], 3).Soon()).Text);
        Assert.Equal("5", (await workflow.RunAsync(new Ask(0), [new(7), new(8)], 3).Soon()).Text);
    }
}
