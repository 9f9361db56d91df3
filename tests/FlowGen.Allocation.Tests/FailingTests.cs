using System.Runtime.CompilerServices;

namespace Allocation;

/// <summary>A failure that is tolerated costs what the same throw costs in a try and catch written by hand, and nothing more.</summary>
[Workflow]
internal sealed partial class Tolerates(Func<int, ValueTask<int>> step)
{
    public partial ValueTask<int> RunAsync(int start, CancellationToken ct = default);

    [Node, BestEffort] ValueTask<int> Try(int start) => step(start);

    [Node] int Show([From(nameof(Try))] int? value, int start) => value ?? -start;
}

[Workflow]
internal sealed partial class Observes(Func<int, ValueTask<int>> step)
{
    public partial ValueTask<int> RunAsync(int start, CancellationToken ct = default);

    [Node] ValueTask<int> Try(int start) => step(start);

    [Node] int Show([From(nameof(Try))] Outcome<int> value, int start) => value.Succeeded ? value.Value : -start;
}

/// <summary>The same by hand.</summary>
internal sealed class ByHand(Func<int, ValueTask<int>> step)
{
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<int> RunAsync(int start)
    {
        int? value;
        try
        {
            value = await Try(start).ConfigureAwait(false);
        }
        catch (InvalidOperationException)
        {
            value = null;
        }

        return value ?? -start;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ValueTask<int> Try(int start) => step(start);
}

public sealed class FailingTests
{
    private readonly Pulses _pulses = new();
    private readonly Func<int, ValueTask<int>> _throws = static _ => throw new InvalidOperationException("no");
    private readonly Func<int, ValueTask<int>> _failsLater;

    public FailingTests() => _failsLater = _ => _pulses.Fails<int>(new InvalidOperationException("no"));

    [Fact]
    public void Best_effort_over_a_throw()
        => AtMost(new ByHand(_throws).RunAsync, Runs(new Tolerates(_throws)));

    [Fact]
    public void An_outcome_over_a_throw()
        => AtMost(new ByHand(_throws).RunAsync, Runs(new Observes(_throws)));

    [Fact]
    public void Best_effort_over_a_failure_after_a_suspension()
        => AtMost(new ByHand(_failsLater).RunAsync, Runs(new Tolerates(_failsLater)), throws: 2);

    [Fact]
    public void An_outcome_over_a_failure_after_a_suspension()
        => AtMost(new ByHand(_failsLater).RunAsync, Runs(new Observes(_failsLater)), throws: 2);

    private static Func<int, ValueTask<int>> Runs(Tolerates workflow) => start => workflow.RunAsync(start);

    private static Func<int, ValueTask<int>> Runs(Observes workflow) => start => workflow.RunAsync(start);

    /// <summary>What a throw allocates is the runtime's; a failure after a suspension passes through one more frame than by hand.</summary>
    private void AtMost(Func<int, ValueTask<int>> byHand, Func<int, ValueTask<int>> workflow, int throws = 1)
    {
        long hand = BytesOf(byHand);
        long ours = BytesOf(workflow);

        Assert.True(ours <= hand * throws, $"{ours} bytes where {hand} do by hand.");
    }

    private long BytesOf(Func<int, ValueTask<int>> run) => Bytes.OfOneRun(() =>
    {
        ValueTask<int> task = run(7);
        _pulses.Beat();
        if (task.Result != -7)
        {
            Assert.Fail("The failure was to be tolerated.");
        }
    });
}
