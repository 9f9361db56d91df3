using Agent;
using Scenarios.Tests.Kit;

namespace Scenarios.Tests;

public sealed class SupportAgentFailureTests : ScenarioTest
{
    private static readonly UserMessage s_message = new("I want my money back.");

    [Fact]
    public async Task Thinking_may_take_two_minutes()
    {
        AgentStage stage = new(Journal) { Thought = new Gate() };
        await using SupportAgent.Handle run = Start(stage);
        Clock.Advance(TimeSpan.FromMinutes(1));
        stage.Thought.Release();
        await stage.Thought.ReachedBy(2);
        Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(1, stage.Thought.Waiting);
        Clock.Advance(TimeSpan.FromSeconds(1));

        TimeoutException error = await Assert.ThrowsAsync<TimeoutException>(() => run.Completion.Soon());
        Assert.Contains("'Think' of workflow 'support-agent'", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, stage.Thought.Waiting);
        Assert.Equal(RunStatus.Failed, run.Status);
        Assert.False(await run.Approve.WhenPendingAsync().Soon());
    }

    [Fact]
    public async Task The_tokens_end_when_thinking_fails()
    {
        AgentStage stage = new(Journal) { Thought = new Gate() };
        await using SupportAgent.Handle run = Start(stage);
        Task<int> heard = CountAsync(run.Tokens);
        stage.Thought.Release();
        BoomException boom = new();
        stage.Thought.Fail(boom);

        Assert.Equal(1, await heard.Soon());
        Assert.Same(boom, await Assert.ThrowsAsync<BoomException>(() => run.Completion.Soon()));
    }

    [Fact]
    public async Task A_skill_may_take_a_minute()
    {
        AgentStage stage = new(Journal) { Found = new Gate() };
        await using SupportAgent.Handle run = Start(stage);
        await stage.Found.Reached;
        Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(1, stage.Found.Waiting);
        Clock.Advance(TimeSpan.FromSeconds(1));

        TimeoutException error = await Assert.ThrowsAsync<TimeoutException>(() => run.Completion.Soon());
        Assert.Contains("'Skill' of workflow 'support-agent'", error.Message, StringComparison.Ordinal);
        Assert.Equal("Executing Cancelled", Observer.StatesOf("Skill.Find"));
        Assert.Equal(2, Observer.Boundaries.Count);
        Assert.Equal(RunStatus.Failed, run.Status);
    }

    [Fact]
    public async Task A_skill_that_fails_fails_the_run()
    {
        BoomException boom = new();
        AgentStage stage = new(Journal);
        stage.Found.Fail(boom);
        await using SupportAgent.Handle run = Start(stage);

        Assert.Same(boom, await Assert.ThrowsAsync<BoomException>(() => run.Completion.Soon()));
        Assert.Equal([">Skill", "<Skill Failed"], Observer.Boundaries);
        Assert.Equal("Executing Failed", Observer.StatesOf("Skill.Find"));
        Assert.Equal("run Failed", Observer.Lines[^1]);
    }

    [Fact]
    public async Task A_skill_that_nobody_knows_is_not_found()
    {
        AgentStage stage = new(Journal);
        SupportAgent agent = new(stage, stage, new FlowCatalog([])) { Runtime = Runtime };
        await using SupportAgent.Handle run = agent.Start(s_message);

        FlowNotFoundException error = await Assert.ThrowsAsync<FlowNotFoundException>(() => run.Completion.Soon());
        Assert.Equal("refund", error.WorkflowId);
        Assert.Equal("Executing Failed", Observer.StatesOf("Pick"));
        Assert.Empty(Observer.Boundaries);
    }

    [Fact]
    public async Task A_skill_that_is_disabled_is_refused()
    {
        AgentStage stage = new(Journal);
        SupportAgent agent = stage.Agent(Runtime);
        stage.Catalog.Disable("refund");
        await using SupportAgent.Handle run = agent.Start(s_message);

        FlowDisabledException error = await Assert.ThrowsAsync<FlowDisabledException>(() => run.Completion.Soon());
        Assert.Equal("refund", error.WorkflowId);
        Assert.Equal("Skill", error.NodePath);
    }

    [Fact]
    public async Task An_answer_that_cannot_be_remembered_fails_the_run()
    {
        BoomException boom = new();
        AgentStage stage = new(Journal) { Price = 20 };
        stage.Remembered.Fail(boom);
        await using SupportAgent.Handle run = Start(stage);

        Assert.Same(boom, await Assert.ThrowsAsync<BoomException>(() => run.Completion.Soon()));
        Assert.Equal("Executing Completed", Observer.StatesOf("Answer"));
    }

    [Fact]
    public async Task An_approver_may_fail()
    {
        // Only silence is handled.
        BoomException boom = new();
        await using SupportAgent.Handle run = Start(new AgentStage(Journal));
        Assert.True(await run.Approve.WhenPendingAsync().Soon());
        Assert.True(run.Approve.TryFail(boom));

        Assert.Same(boom, await Assert.ThrowsAsync<BoomException>(() => run.Completion.Soon()));
    }

    [Fact]
    public async Task It_can_be_cancelled_by_its_handle_while_it_waits()
    {
        await using SupportAgent.Handle run = Start(new AgentStage(Journal));
        Assert.True(await run.Approve.WhenPendingAsync().Soon());
        Assert.True(run.Cancel());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Completion.Soon());
        Assert.Equal(RunStatus.Cancelled, run.Status);
        Assert.Equal(NodeState.Cancelled, run[SupportAgent.NodeId.Approve]);
        Assert.False(run.Approve.TrySet(new Approval(Granted: true, "ann")));
        Assert.Equal("run Cancelled", Observer.Lines[^1]);
    }

    [Fact]
    public async Task It_can_be_cancelled_by_its_caller_while_a_skill_runs()
    {
        AgentStage stage = new(Journal) { Found = new Gate() };
        using CancellationTokenSource cts = new();
        await using SupportAgent.Handle run = Start(stage, cts.Token);
        await stage.Found.Reached;
        await cts.CancelAsync();

        await IsCancelled(run.Completion, cts.Token);
        Assert.Equal([">Skill", "<Skill Cancelled"], Observer.Boundaries);
        Assert.Equal(RunStatus.Cancelled, run.Status);
    }

    [Fact]
    public async Task Letting_go_of_the_handle_ends_the_run()
    {
        SupportAgent.Handle run = Start(new AgentStage(Journal));
        Assert.True(await run.Approve.WhenPendingAsync().Soon());
        await run.DisposeAsync().Soon();

        Assert.Equal(RunStatus.Cancelled, run.Status);
        Assert.DoesNotContain(Journal.Entries, entry => entry.StartsWith("remember", StringComparison.Ordinal));
    }

    private static async Task<int> CountAsync(FlowStream<Token> tokens)
    {
        int count = 0;
        await foreach (Token _ in tokens)
        {
            count++;
        }

        return count;
    }

    private SupportAgent.Handle Start(AgentStage stage, CancellationToken ct = default)
        => stage.Agent(Runtime).Start(s_message, new RunOptions { ConversationId = "c1" }, ct);
}
