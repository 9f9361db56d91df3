namespace Allocation;

/// <summary>Paths on which nothing suspends: not one byte.</summary>
public sealed class SynchronousTests
{
    private readonly Func<int, ValueTask<int>> _step = static number => new ValueTask<int>(number + 1);

    [Fact]
    public void A_chain_of_synchronous_nodes()
    {
        SyncChain workflow = new();

        Assert.Equal(0, Bytes.OfThread(() => Expect(11, workflow.RunAsync(1))));
    }

    [Fact]
    public void A_chain_of_synchronous_nodes_with_a_token()
    {
        SyncChain workflow = new();
        using CancellationTokenSource cts = new();

        Assert.Equal(0, Bytes.OfThread(() => Expect(11, workflow.RunAsync(1, cts.Token))));
    }

    [Fact]
    public void A_workflow_without_a_task()
    {
        PlainChain workflow = new();

        Assert.Equal(0, Bytes.OfThread(() => Assert.True(workflow.Run(1) == 5)));
    }

    [Fact]
    public void A_chain_of_value_tasks()
    {
        Chain workflow = new(_step);

        Assert.Equal(0, Bytes.OfThread(() => Expect(6, workflow.RunAsync(1))));
    }

    [Fact]
    public void A_fan_of_value_tasks()
    {
        Fan workflow = new(_step);
        using CancellationTokenSource cts = new();

        Assert.Equal(0, Bytes.OfThread(() => Expect(16, workflow.RunAsync(1, cts.Token))));
    }

    [Theory]
    [InlineData(1, 2 + 4 + 2 + 3 + 4)]
    [InlineData(2, 3 + 6 - 3 + 0 + 6)]
    public void A_tangle_of_conditions_and_joins(int start, int expected)
    {
        Tangle workflow = new(_step);

        Assert.Equal(0, Bytes.OfThread(() => Expect(expected, workflow.RunAsync(start))));
    }

    [Fact]
    public void A_parent_with_a_child_used_twice_with_state_and_node_classes()
    {
        Parent workflow = new(new Child(_step));

        Assert.Equal(0, Bytes.OfThread(() => Assert.True(workflow.RunAsync(1).Result > 0)));
    }

    [Fact]
    public void With_an_observer_that_keeps_nothing()
    {
        Parent workflow = new(new Child(_step)) { Runtime = new FlowRuntime(new FlowRuntimeOptions { Observer = new Indifferent() }) };

        Assert.Equal(0, Bytes.OfThread(() => Assert.True(workflow.RunAsync(1).Result > 0)));
    }

    private static void Expect(int expected, ValueTask<int> run)
    {
        if (!run.IsCompletedSuccessfully || run.Result != expected)
        {
            Assert.Fail("The run did not complete with the expected value.");
        }
    }

    private sealed class Indifferent : IFlowObserver;
}
