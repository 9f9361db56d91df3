namespace Behaviour.Policies;

/// <summary>Everything at once: tries, limits, a handler and a compensation, in a node that ends on any thread.</summary>
[Workflow]
internal sealed partial class Hurried(Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, Gate gate, CancellationToken ct = default);

    [Node]
    Three Book(Ask ask) => new(ask.Number);

    [Compensate(nameof(Book))]
    void Undo(Three three) => journal.Add($"undo {three.Number}");

    [Node, Timeout(Seconds = 5), Retry(1, DelayMs = 0)]
    async ValueTask<One> Work(Three three, Gate gate, CancellationToken ct)
    {
        await gate.Wait(ct);
        return new One(three.Number);
    }

    [Catch(nameof(Work))]
    One Instead(TimeoutException error, Ask ask) => new(error.Message.Length > 0 ? -ask.Number : 0);

    [Node, Timeout(Seconds = 5)]
    ValueTask<Two> Beside(Ask ask, Gate gate, CancellationToken ct) => gate.Wait(new Two(ask.Number), ct);

    [Catch(nameof(Beside))]
    Two Another(TimeoutException error, Ask ask) => new(error.Message.Length > 0 ? -ask.Number : 0);

    [Node]
    Answer Show(One one, Two two) => new($"{one.Number} {two.Number}");
}

/// <summary>What races in production: a result, a limit and a cancellation that come together.</summary>
public sealed class PolicyRacesTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly Journal _journal = new();

    [Fact]
    public async Task A_result_that_races_with_its_limit_is_one_or_the_other()
    {
        Hurried workflow = new(_journal) { Runtime = new FlowRuntime(new FlowRuntimeOptions { TimeProvider = _clock }) };
        for (int i = 1; i <= 200; i++)
        {
            Gate gate = new();
            ValueTask<Answer> run = workflow.RunAsync(new Ask(i), gate);
            await gate.ReachedBy(2);
            await Task.WhenAll(Task.Run(gate.Open), Task.Run(() => _clock.Advance(TimeSpan.FromSeconds(5)))).Soon();

            // A second try finds the gate open; a late sibling is handled.
            string text = (await run.Soon()).Text;
            Assert.Contains(text, new[] { $"{i} {i}", $"{i} -{i}" });
        }

        Assert.Empty(_journal.Entries);
    }

    [Fact]
    public async Task A_cancellation_that_races_with_a_limit_is_a_cancellation()
    {
        Hurried workflow = new(_journal) { Runtime = new FlowRuntime(new FlowRuntimeOptions { TimeProvider = _clock }) };
        for (int i = 1; i <= 200; i++)
        {
            using CancellationTokenSource cts = new();
            Gate gate = new();
            ValueTask<Answer> run = workflow.RunAsync(new Ask(i), gate, cts.Token);
            await gate.ReachedBy(2);
            await Task.WhenAll(Task.Run(cts.Cancel), Task.Run(() => _clock.Advance(TimeSpan.FromSeconds(5)))).Soon();

            // The first try may have come to its limit; the second has all its time again, and is cancelled.
            OperationCanceledException error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
            Assert.Equal(cts.Token, error.CancellationToken);
            Assert.Equal(1, _journal.Count($"undo {i}"));
        }

        Assert.Equal(200, _journal.Entries.Count);
    }

    [Fact]
    public async Task A_run_after_raced_ones_is_whole()
    {
        Hurried workflow = new(_journal) { Runtime = new FlowRuntime(new FlowRuntimeOptions { TimeProvider = _clock }) };
        for (int i = 1; i <= 50; i++)
        {
            using CancellationTokenSource cts = new();
            Gate raced = new();
            ValueTask<Answer> run = workflow.RunAsync(new Ask(i), raced, cts.Token);
            await raced.ReachedBy(2);
            await Task.WhenAll(Task.Run(cts.Cancel), Task.Run(raced.Open)).Soon();
            _ = await Record.ExceptionAsync(() => run.Soon());

            Gate gate = new();
            ValueTask<Answer> next = workflow.RunAsync(new Ask(i), gate);
            _clock.Advance(TimeSpan.FromSeconds(4));
            gate.Open();
            Assert.Equal($"{i} {i}", (await next.Soon()).Text);
        }
    }
}
