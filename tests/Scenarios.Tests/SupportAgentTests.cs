using Agent;
using Scenarios.Tests.Kit;

namespace Scenarios.Tests;

public sealed class SupportAgentTests : ScenarioTest
{
    private static readonly UserMessage s_message = new("I want my money back.");

    [Fact]
    public async Task A_harmless_skill_needs_no_approval()
    {
        AgentStage stage = new(Journal) { Price = 20 };
        await using SupportAgent.Handle run = Start(stage);

        Assert.Equal("One moment. The kettle is refunded: 20.", (await run.Completion.Soon()).Text);
        Assert.False(await run.Approve.WhenPendingAsync().Soon());
        Assert.Equal("recall(c1) think(hello) find({}) remember(c1, One moment. The kettle is refunded: 20.)", Journal.ToString());
        Assert.Equal("Skipped", Observer.StatesOf("Approve"));
        Assert.Equal(NodeState.Skipped, run[SupportAgent.NodeId.Approve]);
        Assert.Equal(RunStatus.Completed, run.Status);
    }

    [Fact]
    public async Task A_risky_skill_is_approved_by_somebody()
    {
        await using SupportAgent.Handle run = Start(new AgentStage(Journal));
        Assert.True(await run.Approve.WhenPendingAsync().Soon());
        Assert.Equal(5, run.Approve.Request!.Risk);
        Assert.Equal(NodeState.Waiting, run[SupportAgent.NodeId.Approve]);
        Assert.False(run.Completion.IsCompleted);

        Assert.True(run.Approve.TrySet(new Approval(Granted: true, "ann")));
        Assert.Equal("One moment. The kettle is refunded: 500.", (await run.Completion.Soon()).Text);
        Assert.False(run.Approve.TrySet(new Approval(Granted: true, "bob")));
    }

    [Fact]
    public async Task Or_not_approved()
    {
        await using SupportAgent.Handle run = Start(new AgentStage(Journal));
        Assert.True(await run.Approve.WhenPendingAsync().Soon());
        run.Approve.TrySet(new Approval(Granted: false, "ann"));

        Assert.Equal("Not approved.", (await run.Completion.Soon()).Text);
        Assert.Equal("remember(c1, Not approved.)", Journal.Entries[^1]);
    }

    [Fact]
    public async Task An_approval_that_comes_early_is_kept()
    {
        AgentStage stage = new(Journal) { Recalled = new Gate() };
        await using SupportAgent.Handle run = Start(stage);
        Assert.True(run.Approve.TrySet(new Approval(Granted: true, "ann")));
        stage.Recalled.Open();

        Assert.Equal("One moment. The kettle is refunded: 500.", (await run.Completion.Soon()).Text);
    }

    [Fact]
    public async Task Silence_for_a_day_is_no_approval()
    {
        await using SupportAgent.Handle run = Start(new AgentStage(Journal));
        Assert.True(await run.Approve.WhenPendingAsync().Soon());
        Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromMilliseconds(1));
        Assert.True(run.Approve.IsPending);
        Clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal("Not approved.", (await run.Completion.Soon()).Text);
        Assert.False(run.Approve.IsPending);
        Assert.Equal("Executing Completed", Observer.StatesOf("Expired"));
        Assert.Equal(RunStatus.Completed, run.Status);
    }

    [Fact]
    public async Task Tokens_are_heard_while_it_thinks()
    {
        AgentStage stage = new(Journal) { Thought = new Gate() };
        await using SupportAgent.Handle run = Start(stage);
        await using IAsyncEnumerator<Token> tokens = run.Tokens.GetAsyncEnumerator();
        await stage.Thought.Reached;
        stage.Thought.Release();
        Assert.True(await tokens.MoveNextAsync().Soon());
        Assert.Equal("One ", tokens.Current.Text);
        Assert.Equal(NodeState.Executing, run[SupportAgent.NodeId.Think]);

        stage.Thought.Release();
        Assert.True(await tokens.MoveNextAsync().Soon());
        Assert.Equal("moment.", tokens.Current.Text);
        Assert.False(await tokens.MoveNextAsync().Soon());

        // The stream ends with the node that fills it, not with the run.
        Assert.False(run.Completion.IsCompleted);
        Assert.Equal(0, run.Tokens.Dropped);
    }

    [Fact]
    public async Task The_skill_runs_as_a_part_of_the_run()
    {
        AgentStage stage = new(Journal) { Price = 20, Found = new Gate() };
        await using SupportAgent.Handle run = Start(stage);
        await stage.Found.Reached;
        Assert.Equal(NodeState.Executing, run[SupportAgent.NodeId.Skill]);
        Assert.Equal(2, run.Memory.Frames);
        stage.Found.Open();
        await run.Completion.Soon();

        Assert.Equal([">Skill", "<Skill Completed"], Observer.Boundaries);
        Assert.Equal("Executing Completed", Observer.StatesOf("Skill.Assess"));
        Assert.Equal([run.RunId], Observer.Events.Select(e => e.RunId).Distinct());
        Assert.Single(Observer.Events, e => e.Kind == FlowEventKind.RunStarted);
        Assert.Equal(0, run.Memory.Frames);
    }

    [Fact]
    public async Task A_conversation_has_a_name_even_if_nobody_gives_one()
    {
        AgentStage stage = new(Journal) { Price = 20 };
        await using SupportAgent.Handle run = stage.Agent(Runtime).Start(s_message, new RunOptions { Tenant = "acme", User = "ann" });
        await run.Completion.Soon();

        Assert.Equal("recall(acme::support-agent::ann)", Journal.Entries[0]);
    }

    [Fact]
    public async Task It_can_be_paused()
    {
        AgentStage stage = new(Journal) { Price = 20, Recalled = new Gate() };
        await using SupportAgent.Handle run = Start(stage);
        Assert.True(run.Pause());
        stage.Recalled.Open();
        Assert.Equal(RunStatus.Paused, run.Status);
        Assert.Equal("recall(c1)", Journal.ToString());
        Assert.Equal(NodeState.Completed, run[SupportAgent.NodeId.Recall]);

        Assert.True(run.Resume());
        Assert.Equal("One moment. The kettle is refunded: 20.", (await run.Completion.Soon()).Text);
    }

    private SupportAgent.Handle Start(AgentStage stage, CancellationToken ct = default)
        => stage.Agent(Runtime).Start(s_message, new RunOptions { ConversationId = "c1" }, ct);
}
