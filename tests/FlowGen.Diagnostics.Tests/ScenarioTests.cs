using FlowGen.Generator.Model;

namespace FlowGen.Diagnostics.Tests;

/// <summary>Where the values of whole workflows come from.</summary>
public class ScenarioTests
{
    [Fact]
    public void A_switch_merges_its_branches()
    {
        BoundWorkflow desk = Bound.Workflow("Desk", """
            public enum Route { Billing, Technical, Sales }
            [Workflow] public partial class Desk
            {
                public partial ValueTask<C> RunAsync(A ticket, CancellationToken ct = default);
                [Node] Route Classify(A ticket) => default;
                [Node, When(nameof(Classify), Route.Billing)] C Billing(A ticket) => new();
                [Node, When(nameof(Classify), Route.Technical)] B Diagnose(A ticket) => new();
                [Node] C Explain(B diagnosis) => new();
                [Node, Otherwise(nameof(Classify))] C Human(A ticket) => new();
                static bool IsAngry(A ticket) => true;
                [Node, When(nameof(IsAngry))] E Apologise(A ticket) => new();
                [Node] C Sign(C reply, E? apology) => new();
            }
            """);
        Assert.Equal(
            """
            Classify: ticket <- a
            Billing [Classify = Billing]: ticket <- a
            Diagnose [Classify = Technical]: ticket <- a
            Explain [Classify = Technical]: diagnosis <- Diagnose
            Human [Classify = Sales]: ticket <- a
            Apologise [IsAngry]: ticket <- a
            Sign: reply <- Billing | Explain | Human; apology? <- Apologise
            result <- Sign
            """.Replace("<- a", "<- ticket", StringComparison.Ordinal),
            Bound.Describe(desk));
    }
}
