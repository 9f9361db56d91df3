namespace Behaviour.Scheduling;

/// <summary>A part of its own that waits between two tries, beside others in a run in which two may execute.</summary>
[Workflow(MaxParallelism = 2)]
internal sealed partial class TriesAPart(TriedPart part, Gate beside)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [SubWorkflow(nameof(part)), Retry<BoomException>(1, DelayMs = 100, Jitter = false)]
    private partial ValueTask<Four> Part(Ask ask);

    [Node]
    ValueTask<One> A(Ask ask, CancellationToken ct) => beside.Wait(new One(ask.Number), ct);

    [Node]
    ValueTask<Two> B(Ask ask, CancellationToken ct) => beside.Wait(new Two(ask.Number), ct);

    [Node]
    ValueTask<Three> C(Ask ask, [From(nameof(Part))] Four four, CancellationToken ct) => beside.Wait(new Three(ask.Number + four.Number), ct);

    [Node]
    static Answer Sum(One one, Two two, Three three) => new($"{one.Number + two.Number + three.Number}");
}

[Workflow]
internal sealed partial class TriedPart(Gate left, Gate right)
{
    public partial ValueTask<Four> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    ValueTask<One> Left(Ask ask, CancellationToken ct) => left.Wait(new One(ask.Number), ct);

    [Node]
    ValueTask<Two> Right(Ask ask, CancellationToken ct) => right.Wait(new Two(ask.Number), ct);

    [Node]
    static Four Sum(One one, Two two) => new(one.Number + two.Number);
}

/// <summary>A node waits between two tries, inside of a part with a limit of its own time, in a run in which one may execute.</summary>
[Workflow(MaxParallelism = 1)]
internal sealed partial class RestsInside(RestingPart part, Gate beside)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [SubWorkflow(nameof(part)), Timeout(Seconds = 5)]
    private partial ValueTask<One> Part(Ask ask);

    [Node]
    ValueTask<Two> Beside(Ask ask, CancellationToken ct) => beside.Wait(new Two(ask.Number), ct);

    [Node]
    static Answer Sum(One one, Two two) => new($"{one.Number + two.Number}");
}

[Workflow]
internal sealed partial class RestingPart(Journal journal)
{
    public partial ValueTask<One> RunAsync(Ask ask, CancellationToken ct = default);

    [Node, Retry<BoomException>(1, DelayMs = 100, Jitter = false)]
    ValueTask<One> Try(Ask ask, FlowContext context)
    {
        journal.Add($"try {context.Attempt}");
        return context.Attempt == 1 ? ValueTask.FromException<One>(new BoomException("first")) : new ValueTask<One>(new One(ask.Number));
    }
}

/// <summary>Elements that wait between two tries hold no place either.</summary>
[Workflow(MaxParallelism = 1)]
internal sealed partial class RestingElements(Gate beside, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(int[] numbers, CancellationToken ct = default);

    [Node, Retry<BoomException>(1, DelayMs = 100, Jitter = false)]
    ValueTask<int> Try([Each] int numbers, FlowContext context)
    {
        journal.Add($"try {numbers} {context.Attempt}");
        return context.Attempt == 1 ? ValueTask.FromException<int>(new BoomException("first")) : new ValueTask<int>(numbers);
    }

    [Node]
    ValueTask<Two> Beside(int[] numbers, CancellationToken ct) => beside.Wait(new Two(numbers.Length), ct);

    [Node]
    static Answer Sum([From(nameof(Try))] int[] tried, Two two) => new($"{tried.Sum() + two.Number}");
}

/// <summary>What waits for another try holds no place of MaxParallelism, wherever it waits, and has one again before it goes on.</summary>
public sealed class RestingTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly Gate _left = new();
    private readonly Gate _right = new();
    private readonly Gate _beside = new();
    private readonly Journal _journal = new();

    private FlowRuntime Runtime => new(new FlowRuntimeOptions { TimeProvider = _clock });

    [Fact]
    public async Task A_part_that_has_been_tried_again_leaves_all_its_places()
    {
        Task<Answer> run = new TriesAPart(new TriedPart(_left, _right), _beside) { Runtime = Runtime }.RunAsync(new Ask(1)).AsTask();
        await _left.Reached;
        await _right.Reached;
        Assert.Equal(0, _beside.Arrivals);

        // Between the tries both places are free.
        _left.Fail(new BoomException("left"));
        await _beside.ReachedBy(2);
        _beside.Release(2);
        _left.Open();
        _right.Open();
        _clock.Advance(TimeSpan.FromMilliseconds(100));
        await _beside.ReachedBy(3);
        _beside.Release();

        Assert.Equal("5", (await run.Soon()).Text);
    }

    [Fact]
    public async Task A_node_in_a_part_lets_others_execute_and_waits_for_its_place()
    {
        Task<Answer> run = new RestsInside(new RestingPart(_journal), _beside) { Runtime = Runtime }.RunAsync(new Ask(1)).AsTask();
        await _beside.Reached;
        _clock.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal(["try 1"], _journal.Entries);
        _beside.Release();

        Assert.Equal("2", (await run.Soon()).Text);
        Assert.Equal(["try 1", "try 2"], _journal.Entries);
    }

    [Fact]
    public async Task A_limit_of_time_ends_the_wait_for_a_place()
    {
        Task<Answer> run = new RestsInside(new RestingPart(_journal), _beside) { Runtime = Runtime }.RunAsync(new Ask(1)).AsTask();
        await _beside.Reached;
        _clock.Advance(TimeSpan.FromSeconds(5));

        await Assert.ThrowsAsync<TimeoutException>(() => run.Soon());
        Assert.Equal(["try 1"], _journal.Entries);
    }

    [Fact]
    public async Task Cancellation_ends_the_wait_for_a_place()
    {
        using CancellationTokenSource cts = new();
        RestsInside workflow = new(new RestingPart(_journal), _beside) { Runtime = Runtime };
        Task<Answer> run = workflow.RunAsync(new Ask(1), cts.Token).AsTask();
        await _beside.Reached;
        _clock.Advance(TimeSpan.FromMilliseconds(100));
        await cts.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(["try 1"], _journal.Entries);
    }

    [Fact]
    public async Task An_element_lets_others_execute_and_waits_for_its_place()
    {
        Task<Answer> run = new RestingElements(_beside, _journal) { Runtime = Runtime }.RunAsync([1, 2]).AsTask();
        await _beside.Reached;
        _clock.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal(["try 1 1"], _journal.Entries);
        _beside.Release();
        while (_journal.Count("try 2 1") == 0)
        {
            await Task.Yield();
        }

        _clock.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal("5", (await run.Soon()).Text);
        Assert.Equal(["try 1 1", "try 1 2", "try 2 1", "try 2 2"], _journal.Entries);
    }

    [Fact]
    public async Task Elements_that_wait_for_a_place_are_cancelled_with_the_run()
    {
        using CancellationTokenSource cts = new();
        Task<Answer> run = new RestingElements(_beside, _journal) { Runtime = Runtime }.RunAsync([1, 2], cts.Token).AsTask();
        await _beside.Reached;
        _clock.Advance(TimeSpan.FromMilliseconds(100));
        await cts.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(["try 1 1"], _journal.Entries);
    }
}
