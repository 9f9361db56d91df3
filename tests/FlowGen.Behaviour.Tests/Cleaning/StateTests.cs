namespace Behaviour.Cleaning;

/// <summary>Shared by the nodes of one activation; a test sees every instance through the census.</summary>
[State]
internal sealed class Basket : ICleanup
{
    public static readonly Census Census = new();

    private readonly int _number = Census.Create();
    private List<int> _items = [];

    public int Number => _number;

    public IReadOnlyList<int> Items => _items;

    public void Add(int item) => _items.Add(item);

    public void Cleanup()
    {
        _items = [];
        Census.Clean();
    }
}

/// <summary>Without cleanup and with a mutable field: a new one for every activation.</summary>
[State]
internal sealed class Disposable
{
    public static readonly Census Census = new();

    public Disposable() => Census.Create();

    public int Sum { get; set; }
}

[Workflow]
internal sealed partial class Fills(Gate gate)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    async ValueTask<One> First(Ask ask, Basket basket, CancellationToken ct)
    {
        basket.Add(ask.Number);
        await gate.Wait(ct);
        return new One(ask.Number + 1);
    }

    [Node]
    Two Second(One one, Basket basket)
    {
        basket.Add(one.Number);
        return new Two(one.Number + 1);
    }

    [Node]
    Answer Show(Two two, Basket basket) => new($"{string.Join('+', basket.Items)} {two.Number}");
}

[Workflow]
internal sealed partial class FillsTwice(Fills fills)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [SubWorkflow(nameof(fills))]
    private partial ValueTask<Answer> Left(Ask ask);

    [SubWorkflow(nameof(fills))]
    private partial ValueTask<Answer> Right(Ask ask);

    [Node]
    string Join([From(nameof(Left))] Answer left, [From(nameof(Right))] Answer right) => $"{left.Text} | {right.Text}";

    [Node]
    Answer Show(string join) => new(join);
}

[Workflow]
internal sealed partial class Accumulates
{
    public partial ValueTask<int> RunAsync(Ask ask);

    [Node]
    One First(Ask ask, Disposable state)
    {
        state.Sum += ask.Number;
        return new One(ask.Number);
    }

    [Node]
    int Sum(One one, Disposable state) => state.Sum + one.Number;
}

/// <summary>One per root run, whatever depth asks for it.</summary>
[State(Scope = StateScope.Run)]
internal sealed class Ledger : ICleanup
{
    public static readonly Census Census = new();

    public Ledger() => Census.Create();

    public List<string> Lines { get; private set; } = [];

    public void Cleanup()
    {
        Lines = [];
        Census.Clean();
    }
}

[Workflow]
internal sealed partial class Books
{
    public partial ValueTask<One> RunAsync(Ask ask);

    [Node]
    One Book(Ask ask, Ledger ledger)
    {
        ledger.Lines.Add($"child {ask.Number}");
        return new One(ledger.Lines.Count);
    }
}

/// <summary>The same around a gate, so that it can fail or be cancelled.</summary>
[Workflow]
internal sealed partial class LosesLedger(Gate gate)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    ValueTask<Two> Open(Ask ask, Ledger ledger, CancellationToken ct)
    {
        ledger.Lines.Add($"open {ask.Number}");
        return gate.Wait(new Two(ask.Number), ct);
    }

    [Node]
    Answer Close(Two two, Ledger ledger) => new($"{two.Number} {ledger.Lines.Count}");
}

[Workflow]
internal sealed partial class KeepsLedger(Books books)
{
    public partial ValueTask<Answer> RunAsync(Ask ask);

    [Node]
    Two Open(Ask ask, Ledger ledger)
    {
        ledger.Lines.Add($"open {ask.Number}");
        return new Two(ask.Number);
    }

    [SubWorkflow(nameof(books)), After(nameof(Open))]
    private partial ValueTask<One> First(Ask ask);

    [SubWorkflow(nameof(books)), After(nameof(First))]
    private partial ValueTask<One> Second(Ask ask);

    [Node]
    Answer Close([From(nameof(First))] One first, [From(nameof(Second))] One second, Two two, Ledger ledger)
        => new($"{first.Number} {second.Number} {two.Number}: {string.Join(", ", ledger.Lines)}");
}

/// <summary>A child's result and a node class may take state too.</summary>
internal sealed class Counts
{
    public One Execute(Ask ask, Basket basket)
    {
        basket.Add(ask.Number);
        basket.Add(ask.Number);
        return new One(basket.Items.Count);
    }
}

[Workflow]
internal sealed partial class CountsInAClass
{
    public partial ValueTask<Answer> RunAsync(Ask ask);

    [Node<Counts>]
    private partial One Count(Ask ask);

    [Node]
    Answer Show(One one, Basket basket) => new($"{one.Number} {basket.Items.Count}");
}

// State classes come from process-wide pools: one test class, so that nothing here runs in parallel with itself.
public sealed class StateTests
{
    private readonly Gate _gate = new();

    [Fact]
    public async Task Nodes_of_one_activation_share_its_state()
    {
        _gate.Open();

        Assert.Equal("1+2 3", (await new Fills(_gate).RunAsync(new Ask(1)).Soon()).Text);
    }

    [Fact]
    public async Task Two_activations_at_once_have_their_own()
    {
        ValueTask<Answer> run = new FillsTwice(new Fills(_gate)).RunAsync(new Ask(1));
        await _gate.ReachedBy(2);
        _gate.Open();

        Assert.Equal("1+2 3 | 1+2 3", (await run.Soon()).Text);
    }

    [Fact]
    public async Task State_is_clean_for_the_next_run_and_cleaned_once_per_activation()
    {
        _gate.Open();
        Fills workflow = new(_gate);
        int cleaned = Basket.Census.Cleaned;
        await workflow.RunAsync(new Ask(1)).Soon();
        int created = Basket.Census.Created;
        for (int i = 0; i < 10; i++)
        {
            Assert.Equal("5+6 7", (await workflow.RunAsync(new Ask(5)).Soon()).Text);
        }

        Assert.Equal(created, Basket.Census.Created);
        Assert.Equal(cleaned + 11, Basket.Census.Cleaned);
    }

    [Fact]
    public async Task State_is_cleaned_after_a_failure()
    {
        int cleaned = Basket.Census.Cleaned;
        ValueTask<Answer> run = new Fills(_gate).RunAsync(new Ask(1));
        _gate.Fail(new BoomException("boom"));

        await Assert.ThrowsAsync<BoomException>(() => run.Soon());
        Assert.Equal(cleaned + 1, Basket.Census.Cleaned);
    }

    [Fact]
    public async Task State_is_cleaned_after_cancellation()
    {
        using CancellationTokenSource cts = new();
        int cleaned = Basket.Census.Cleaned;
        ValueTask<Answer> run = new Fills(_gate).RunAsync(new Ask(1), cts.Token);
        await cts.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(cleaned + 1, Basket.Census.Cleaned);
    }

    [Fact]
    public async Task A_class_that_cannot_be_cleaned_is_new_for_every_activation()
    {
        Accumulates workflow = new();
        int created = Disposable.Census.Created;
        for (int i = 1; i <= 5; i++)
        {
            Assert.Equal(6, await workflow.RunAsync(new Ask(3)).Soon());
            Assert.Equal(created + i, Disposable.Census.Created);
        }
    }

    [Fact]
    public async Task Run_scope_means_one_for_the_root_and_all_below()
    {
        KeepsLedger workflow = new(new Books());
        for (int i = 0; i < 3; i++)
        {
            int cleaned = Ledger.Census.Cleaned;
            Assert.Equal("2 3 7: open 7, child 7, child 7", (await workflow.RunAsync(new Ask(7)).Soon()).Text);
            Assert.Equal(cleaned + 1, Ledger.Census.Cleaned);
        }
    }

    [Fact]
    public async Task Run_scoped_state_is_cleaned_on_every_outcome()
    {
        LosesLedger workflow = new(_gate);
        int cleaned = Ledger.Census.Cleaned;
        using CancellationTokenSource cts = new();
        ValueTask<Answer> cancelled = workflow.RunAsync(new Ask(1), cts.Token);
        await cts.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.Soon());
        Assert.Equal(cleaned + 1, Ledger.Census.Cleaned);

        ValueTask<Answer> completed = workflow.RunAsync(new Ask(2));
        _gate.Release();
        Assert.Equal("2 1", (await completed.Soon()).Text);
        Assert.Equal(cleaned + 2, Ledger.Census.Cleaned);

        ValueTask<Answer> failed = workflow.RunAsync(new Ask(3));
        _gate.Fail(new BoomException("boom"));
        await Assert.ThrowsAsync<BoomException>(() => failed.Soon());
        Assert.Equal(cleaned + 3, Ledger.Census.Cleaned);
    }

    [Fact]
    public async Task Runs_at_once_have_their_own_run_scoped_state()
    {
        LosesLedger workflow = new(_gate);
        Task<Answer>[] runs = [.. Enumerable.Range(1, 10).Select(i => workflow.RunAsync(new Ask(i)).AsTask())];
        _gate.Open();

        Assert.Equal(Enumerable.Range(1, 10).Select(i => $"{i} 1"), (await Task.WhenAll(runs).Soon()).Select(a => a.Text));
    }

    [Fact]
    public async Task A_node_class_takes_state_like_any_node()
        => Assert.Equal("2 2", (await new CountsInAClass().RunAsync(new Ask(3)).Soon()).Text);
}
