namespace Behaviour.Watching;

[Workflow(Id = "off", Enabled = false)]
internal sealed partial class Off(Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask);

    [Node]
    Answer Show(Ask ask) => journal.Add("ran", new Answer($"{ask.Number}"));
}

[Workflow(Id = "off-inline", Enabled = false)]
internal sealed partial class OffInline(Journal journal)
{
    public partial Answer Run(Ask ask);

    [Node]
    Answer Show(Ask ask) => journal.Add("ran", new Answer($"{ask.Number}"));
}

[Workflow(Id = "calls-off")]
internal sealed partial class CallsOff(Off off)
{
    public partial ValueTask<Answer> RunAsync(Ask ask);

    static bool IsOdd(Ask ask) => ask.Number % 2 == 1;

#pragma warning disable FG5011 // That the child is disabled is what is tested.
    [SubWorkflow(nameof(off)), When(nameof(IsOdd))]
    private partial ValueTask<Answer> Child(Ask ask);
#pragma warning restore FG5011

    [Node]
    string Show([From(nameof(Child))] Answer? answer) => answer?.Text ?? "skipped";

    [Node]
    Answer Tell(string show) => new(show);
}

public sealed class DisabledTests
{
    private readonly Journal _journal = new();

    [Fact]
    public async Task A_disabled_workflow_refuses_through_its_task()
    {
        ValueTask<Answer> run = new Off(_journal).RunAsync(new Ask(1));

        FlowDisabledException error = await Assert.ThrowsAsync<FlowDisabledException>(() => run.Soon());
        Assert.Equal("off", error.WorkflowId);
        Assert.Empty(_journal.Entries);
    }

    [Fact]
    public void A_disabled_synchronous_workflow_refuses()
    {
        Assert.Equal("off-inline", Assert.Throws<FlowDisabledException>(() => new OffInline(_journal).Run(new Ask(1))).WorkflowId);
        Assert.Empty(_journal.Entries);
    }

    [Fact]
    public async Task A_disabled_child_fails_at_its_entry()
    {
        RecordingObserver observer = new();
        CallsOff workflow = new(new Off(_journal)) { Runtime = observer.Watch() };

        FlowDisabledException error = await Assert.ThrowsAsync<FlowDisabledException>(() => workflow.RunAsync(new Ask(1)).Soon());
        Assert.Equal("off", error.WorkflowId);
        Assert.Equal("Child", error.NodePath);
        Assert.Empty(_journal.Entries);
    }

    [Fact]
    public async Task A_disabled_child_that_is_skipped_harms_nobody()
        => Assert.Equal("skipped", (await new CallsOff(new Off(_journal)).RunAsync(new Ask(2)).Soon()).Text);
}
