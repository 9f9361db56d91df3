using Behaviour.Choosing;

namespace Behaviour.Rulings;

/// <summary>runtime.md, section 4, run-time chosen children: a test for each thing it says.</summary>
public sealed class ChosenChildrenRuling
{
    [Fact]
    public async Task They_run_as_child_frames()
    {
        await using Chooser.Handle run = new Chooser(_ => ChoosingTests.Ref(new WaitsAtGate(new Gate()))).Start(new Ask(1));

        Assert.Equal(2, run.Memory.Frames);
    }

    [Fact]
    public async Task Under_the_same_run_id_and_conversation()
    {
        await using Chooser.Handle run = new Chooser(_ => ChoosingTests.Ref(new Doubles())).Start(new Ask(1), new RunOptions { ConversationId = "talk" });

        Assert.Equal($"2 {run.RunId} talk Call.Work", (await run.Completion.Soon()).Text);
    }

    [Fact]
    public async Task The_execution_stack_is_checked_for_cycles_before_the_child_starts()
    {
        Journal journal = new();
        Chooser? workflow = null;
        workflow = new Chooser(ask => journal.Add("pick", ChoosingTests.Ref(workflow!)));

        await Assert.ThrowsAsync<FlowCycleException>(() => workflow.RunAsync(new Ask(1)).Soon());
        Assert.Equal(["pick"], journal.Entries);
    }

    [Fact]
    public async Task The_execution_stack_is_checked_for_depth_before_the_child_starts()
    {
        RecordingObserver observer = new();
        await using FlowRuntime runtime = observer.Watch();

        await Assert.ThrowsAsync<FlowLimitException>(() => new Factorial { Runtime = runtime }.RunAsync(new Ask(7)).Soon());
        Assert.Equal(string.Empty, observer.StatesOf("Below.Below.Below.Below.Below.Below.Less"));
        Assert.Equal("Executing Completed", observer.StatesOf("Below.Below.Below.Below.Below.Less"));
    }

    [Fact]
    public async Task Disabled_workflows_are_refused_before_the_child_starts()
    {
        FlowDisabledException error = await Assert.ThrowsAsync<FlowDisabledException>(
            () => new Chooser(_ => ChoosingTests.Ref(new SwitchedOff())).RunAsync(new Ask(1)).Soon());

        Assert.Equal("switched off", error.WorkflowId);
        Assert.Equal("Call", error.NodePath);
    }

    [Fact]
    public async Task The_message_prints_the_stack()
    {
        Chooser? chooser = null;
        chooser = new Chooser(_ => ChoosingTests.Ref(new Detour(_ => ChoosingTests.Ref(chooser!))));

        FlowCycleException error = await Assert.ThrowsAsync<FlowCycleException>(() => chooser.RunAsync(new Ask(1)).Soon());
        Assert.Contains("chooser -> detour -> chooser", error.Message, StringComparison.Ordinal);
    }
}
