namespace Behaviour.Watching;

/// <summary>The first node is undone, at the second try.</summary>
[Workflow]
internal sealed partial class RetriesUndo(Journal journal)
{
#pragma warning disable FG1009 // One run only.
    private int _left = 1;
#pragma warning restore FG1009

    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    One Book(Ask ask) => new(ask.Number);

    [Compensate(nameof(Book)), Retry(2, DelayMs = 0)]
    void Cancel(One one)
    {
        journal.Add($"cancel {one.Number}");
        if (_left-- > 0)
        {
            throw new InvalidOperationException("not now");
        }
    }

    [Node]
    Answer Pay(One one) => throw new NotSupportedException($"{one.Number}");
}

public sealed class RetriedUndoTests
{
    [Fact]
    public async Task A_node_does_not_execute_again_while_it_is_being_undone()
    {
        Journal journal = new();
        RecordingObserver observer = new();
        RetriesUndo workflow = new(journal) { Runtime = observer.Watch() };

        await Assert.ThrowsAsync<NotSupportedException>(() => workflow.RunAsync(new Ask(1)).Soon());

        Assert.Equal(["cancel 1", "cancel 1"], journal.Entries);
        Assert.Equal("Executing Completed Compensated", observer.StatesOf("Book"));
    }
}
