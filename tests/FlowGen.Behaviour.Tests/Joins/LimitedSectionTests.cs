namespace Behaviour.Joins;

/// <summary>Elements and a node want the section of a run in which two may execute.</summary>
[Workflow(MaxParallelism = 2)]
internal sealed partial class PrintsWithinALimit(Gate first, Gate pages, Gate last, InFlight printing)
{
    public partial ValueTask<Answer> RunAsync(int[] numbers, CancellationToken ct = default);

    [Node, Exclusive<Printing>]
    ValueTask<One> First(int[] numbers, CancellationToken ct) => first.Wait(new One(numbers.Length), ct);

    [Node, Exclusive<Printing>]
    ValueTask<Two> Last(int[] numbers, CancellationToken ct) => last.Wait(new Two(numbers.Length), ct);

    [Node, Exclusive<Printing>]
    async ValueTask<int> Page([Each(MaxParallelism = 2)] int numbers, CancellationToken ct)
    {
        printing.Enter();
        try
        {
            return await pages.Wait(numbers, ct);
        }
        finally
        {
            printing.Leave();
        }
    }

    [Node]
    static Answer Join([From(nameof(Page))] int[] pages, One one, Two two) => new($"{pages.Sum() + one.Number + two.Number}");
}

/// <summary>A part that is limited by what is around it: its nodes want a section that a node outside of it has.</summary>
[Workflow]
internal sealed partial class LimitedJob(Gate pages)
{
    public partial ValueTask<One> RunAsync(Ask ask, CancellationToken ct = default);

    [Node, Exclusive<Printing>]
    ValueTask<Three> Left(Ask ask, CancellationToken ct) => pages.Wait(new Three(ask.Number), ct);

    [Node, Exclusive<Printing>]
    ValueTask<Four> Right(Ask ask, CancellationToken ct) => pages.Wait(new Four(ask.Number), ct);

    [Node]
    static One Close(Three three, Four four) => new(three.Number + four.Number);
}

/// <summary>The part has a frame of its own, for it may be tried again.</summary>
[Workflow(MaxParallelism = 2)]
internal sealed partial class PrintsPartsWithinALimit(LimitedJob job, Gate first, Gate last)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node, Exclusive<Printing>]
    ValueTask<Two> First(Ask ask, CancellationToken ct) => first.Wait(new Two(ask.Number), ct);

    [SubWorkflow(nameof(job)), Retry<BoomException>(1, DelayMs = 0)]
    private partial ValueTask<One> Part(Ask ask);

    [Node, Exclusive<Printing>]
    ValueTask<Four> Last(Ask ask, CancellationToken ct) => last.Wait(new Four(ask.Number), ct);

    [Node]
    static Answer Join(One one, Two two, Four four) => new($"{one.Number + two.Number + four.Number}");
}

/// <summary>Who waits for the turn holds no place, wherever it waits: whoever has the turn finds one.</summary>
public sealed class LimitedSectionTests
{
    private readonly Gate _first = new();
    private readonly Gate _pages = new();
    private readonly Gate _last = new();
    private readonly InFlight _printing = new();

    [Fact]
    public async Task Elements_that_wait_leave_room_for_the_node_that_has_the_turn()
    {
        Task<Answer> run = new PrintsWithinALimit(_first, _pages, _last, _printing).RunAsync([1, 2, 3]).AsTask();
        await _first.Reached;
        _first.Release();
        _last.Open();
        _pages.Open();

        Assert.Equal("12", (await run.Soon()).Text);
        Assert.Equal(1, _printing.Most);
    }

    [Fact]
    public async Task The_failure_of_the_node_that_has_the_turn_ends_those_that_wait()
    {
        PrintsWithinALimit workflow = new(_first, _pages, _last, _printing);
        Task<Answer> run = workflow.RunAsync([1, 2, 3]).AsTask();
        await _first.Reached;
        _first.Fail(new BoomException("first"));

        Assert.Equal("first", (await Assert.ThrowsAsync<BoomException>(() => run.Soon())).Message);
        Assert.Equal(0, _printing.Total);
    }

    [Fact]
    public async Task Cancellation_ends_those_that_wait_and_the_next_run_has_all_its_places()
    {
        using CancellationTokenSource cts = new();
        PrintsWithinALimit workflow = new(_first, _pages, _last, _printing);
        Task<Answer> run = workflow.RunAsync([1, 2, 3], cts.Token).AsTask();
        await _first.Reached;
        await cts.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());

        Task<Answer> next = workflow.RunAsync([1]).AsTask();
        _first.Open();
        _last.Open();
        _pages.Open();
        Assert.Equal("3", (await next.Soon()).Text);
    }

    [Fact]
    public async Task Parts_that_wait_leave_room_for_a_node_outside_of_them()
    {
        Task<Answer> run = new PrintsPartsWithinALimit(new LimitedJob(_pages), _first, _last).RunAsync(new Ask(1)).AsTask();
        await _first.Reached;
        _first.Release();
        _last.Open();
        _pages.Open();

        Assert.Equal("4", (await run.Soon()).Text);
    }

    [Fact]
    public async Task Parts_that_wait_are_cancelled_with_the_run()
    {
        using CancellationTokenSource cts = new();
        Task<Answer> run = new PrintsPartsWithinALimit(new LimitedJob(_pages), _first, _last).RunAsync(new Ask(1), cts.Token).AsTask();
        await _first.Reached;
        await cts.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(0, _pages.Arrivals);
    }
}
