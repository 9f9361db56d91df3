#pragma warning disable FG9004
namespace Allocation;

/// <summary>Asks three times.</summary>
[Workflow]
internal sealed partial class Interview
{
    [return: From(nameof(Why))]
    public partial ValueTask<int> RunAsync(string name, CancellationToken ct = default);

    [Wait] private partial ValueTask<string> Where(string name);

    [Wait] private partial ValueTask<int> When([From(nameof(Where))] string where);

    [Wait] private partial ValueTask<int> Why([From(nameof(When))] int when);
}

/// <summary>Asks, but not for ever.</summary>
[Workflow]
internal sealed partial class Deadline
{
    [return: From(nameof(When))]
    public partial ValueTask<int> RunAsync(string name, CancellationToken ct = default);

    [Wait, Timeout(Hours = 1)] private partial ValueTask<string> Where(string name);

    [Wait, Timeout(Hours = 1)] private partial ValueTask<int> When([From(nameof(Where))] string where);
}

/// <summary>A run that asks costs its handle, and its questions nothing.</summary>
public sealed class WaitTests
{
    private static FlowRun? s_kept;

    [Fact]
    public void Questions_and_answers()
    {
        Interview workflow = new();
        long handle = Bytes.OfThread(static () => Keep(new Interview.Handle()));

        Assert.Equal(handle, Bytes.OfThread(() => Ask(workflow)));
    }

    [Fact]
    public void Questions_with_a_limit()
    {
        Deadline workflow = new();
        long handle = Bytes.OfThread(static () => Keep(new Deadline.Handle()));

        Assert.Equal(handle, Bytes.OfThread(() => Ask(workflow)));
    }

    private static void Keep(FlowRun run) => s_kept = run;

    private static void Ask(Deadline workflow)
    {
        Deadline.Handle run = workflow.Start("ann");
        Assert.True(run.Where.IsPending && run.Where.TrySet("here"));
        Assert.True(run.When.TrySet(7));
        Assert.True(run.Status == RunStatus.Completed);
    }

    private static void Ask(Interview workflow)
    {
        Interview.Handle run = workflow.Start("ann");
        Assert.True(run.Where.IsPending && run.Where.TrySet("here"));
        Assert.True(run.When.TrySet(7));
        Assert.True(run.Why.TrySet(8));
        Assert.True(run.Status == RunStatus.Completed);
    }
}
