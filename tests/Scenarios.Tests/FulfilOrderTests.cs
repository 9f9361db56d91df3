using Scenarios.Tests.Kit;
using Ship;

namespace Scenarios.Tests;

public sealed class FulfilOrderTests : ScenarioTest
{
    private static readonly ShipOrder s_order = new(["ice", "tea"], new Address("89"));

    private readonly Carrier _carrier = new();

    [Fact]
    public async Task Three_levels_run_twice()
    {
        _carrier.Cold.Open();
        _carrier.Dry.Open();
        Fulfilment done = await Order().RunAsync(s_order).Soon();

        Assert.Equal(new Shipment("cold", new Label("^XA^FDcold 1kg 10^FS^XZ"), 10), done.Cold);
        Assert.Equal(new Shipment("dry", new Label("^XA^FDdry 2kg 20^FS^XZ"), 20), done.Dry);
    }

    [Fact]
    public async Task Boundaries_are_entered_and_left_once_each_and_nest()
    {
        _carrier.Cold.Open();
        _carrier.Dry.Open();
        await Order().RunAsync(s_order).Soon();

        foreach (string side in new[] { "Cold", "Dry" })
        {
            Assert.Equal(
                [$">{side}", $">{side}.Label", $"<{side}.Label Completed", $"<{side} Completed"],
                Observer.Boundaries.Where(e => e.Contains(side, StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task The_two_uses_run_side_by_side()
    {
        ValueTask<Fulfilment> run = Order().RunAsync(s_order);
        await _carrier.Cold.Reached;
        await _carrier.Dry.Reached;
        Assert.Equal([">Cold", ">Dry"], Observer.Boundaries);

        _carrier.Dry.Open();
        await _carrier.Cold.OpenElsewhere();
        await run.Soon();
    }

    [Fact]
    public async Task A_node_three_levels_down_has_a_path_and_an_id()
    {
        _carrier.Cold.Open();
        _carrier.Dry.Open();
        await Order().RunAsync(s_order).Soon();

        Assert.Equal("Executing Completed", Observer.StatesOf("Cold.Label.Print"));
        Assert.Equal(
            [
                "Pack", "Cold", "Cold_Quote", "Cold_Label", "Cold_Label_Text", "Cold_Label_Print", "Cold_Done",
                "Dry", "Dry_Quote", "Dry_Label", "Dry_Label_Text", "Dry_Label_Print", "Dry_Done", "Done",
            ],
            Enum.GetNames<FulfilOrder.NodeId>());
    }

    [Fact]
    public async Task A_child_that_fails_closes_its_boundary_and_its_sibling_s()
    {
        BoomException boom = new("boom");
        ValueTask<Fulfilment> run = Order().RunAsync(s_order);
        await _carrier.Cold.Reached;
        await _carrier.Dry.Reached;
        _carrier.Cold.Fail(boom);

        Assert.Same(boom, await Assert.ThrowsAsync<BoomException>(() => run.Soon()));
        Assert.Equal([">Cold", ">Dry"], Observer.Boundaries.Take(2));
        Assert.Equal(["<Cold Failed", "<Dry Cancelled"], Observer.Boundaries.Skip(2).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Cancelling_closes_every_boundary()
    {
        using CancellationTokenSource cts = new();
        ValueTask<Fulfilment> run = Order().RunAsync(s_order, cts.Token);
        await _carrier.Cold.Reached;
        await _carrier.Dry.Reached;
        await cts.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(["<Cold Cancelled", "<Dry Cancelled"], Observer.Boundaries.Skip(2).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Each_use_has_its_own_scale_as_long_as_it_lasts()
    {
        await using FulfilOrder.Handle run = Order().Start(s_order);
        await _carrier.Cold.Reached;
        await _carrier.Dry.Reached;
        Assert.Equal(2, run.Memory.NodeInstances);
        Assert.Equal(14, run.Memory.TotalNodes);
        Assert.Equal(NodeState.Executing, run[FulfilOrder.NodeId.Cold_Quote]);
        Assert.Equal(NodeState.Pending, run[FulfilOrder.NodeId.Cold_Label_Print]);

        _carrier.Cold.Open();
        _carrier.Dry.Open();
        await run.Completion.Soon();
        Assert.Equal(0, run.Memory.NodeInstances);
        Assert.Equal(NodeState.Completed, run[FulfilOrder.NodeId.Cold_Label_Print]);
    }

    [Fact]
    public async Task A_workflow_used_as_a_child_still_runs_by_itself()
    {
        _carrier.Cold.Open();

        Shipment shipment = await new ShipParcel(_carrier, new MakeLabel()).RunAsync(new Box("cold", 3), s_order).Soon();
        Assert.Equal(new Shipment("cold", new Label("^XA^FDcold 3kg 10^FS^XZ"), 10), shipment);
    }

    [Fact]
    public async Task Sixty_four_threads_of_orders_never_mix()
    {
        _carrier.Cold.Open();
        _carrier.Dry.Open();
        FulfilOrder workflow = Order();
        System.Collections.Concurrent.ConcurrentBag<Task> runs = [];
        await Crowd.Run(64, thread =>
        {
            for (int i = 0; i < 20; i++)
            {
                runs.Add(Check(thread + 1));
            }
        });
        await Task.WhenAll(runs).Soon();

        async Task Check(int items)
        {
            Fulfilment done = await workflow.RunAsync(new ShipOrder([.. Enumerable.Repeat("x", items)], new Address("1")));
            Assert.Equal(new Label("^XA^FDcold 1kg 10^FS^XZ"), done.Cold.Label);
            Assert.Equal(new Label($"^XA^FDdry {items}kg 20^FS^XZ"), done.Dry.Label);
        }
    }

    private FulfilOrder Order() => new(new ShipParcel(_carrier, new MakeLabel())) { Runtime = Runtime };

    private sealed class Carrier : ICarrier
    {
        public Gate Cold { get; } = new();

        public Gate Dry { get; } = new();

        public ValueTask<Rate> RateAsync(Box b, Address to, CancellationToken ct)
            => b.Name == "cold" ? Cold.Wait(new Rate(10), ct) : Dry.Wait(new Rate(20), ct);
    }
}
