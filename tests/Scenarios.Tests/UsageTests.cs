using Scenarios.Tests.Kit;
using Ship;

namespace Scenarios.Tests;

/// <summary>The consumer's side, as the specification writes it.</summary>
public sealed class UsageTests : ScenarioTest
{
    [Theory]
    [InlineData(20)]
    [InlineData(500)]
    public async Task A_chat_hears_approves_and_ends(int price)
    {
        AgentStage stage = new(Journal) { Price = price };

        Assert.Equal($"One moment. The kettle is refunded: {price}.", await Usage.Chat(stage.Agent(Runtime), "c1", CancellationToken.None).Soon());
        Assert.Equal("recall(c1)", Journal.Entries[0]);
    }

    [Fact]
    public async Task A_run_can_be_inspected()
    {
        Gate rated = new();
        rated.Open();
        await Usage.Inspect(new FulfilOrder(new ShipParcel(new Carrier(rated), new MakeLabel())) { Runtime = Runtime }, new ShipOrder(["tea"], new Address("1"))).Soon();

        Assert.StartsWith("run ", Observer.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_node_can_be_tested_alone()
        => Assert.Equal(new Label("^XA^FDx^FS^XZ"), await Usage.TestOneNode(new ShipParcel.Scale()).Soon());

    private sealed class Carrier(Gate rated) : ICarrier
    {
        public ValueTask<Rate> RateAsync(Box b, Address to, CancellationToken ct) => rated.Wait(new Rate(10), ct);
    }
}
