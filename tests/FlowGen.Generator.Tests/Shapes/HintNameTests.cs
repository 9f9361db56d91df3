using FlowGen.Generator.Emission;
using FlowGen.Testing;

namespace FlowGen.Generator.Tests.Shapes;

/// <summary>Names of generated files: readable, bounded, unique, and a function of the source alone.</summary>
public class HintNameTests
{
    [Fact]
    public void A_file_is_named_after_its_workflow()
    {
        CompiledFlow flow = FlowCompiler.Compile("""
            namespace Shop.Orders;
            public record A(int Number);
            public partial class Outer
            {
                [Workflow]
                public sealed partial class Checkout
                {
                    public partial A Run(A a);
                    [Node] private A Work([Input] A a) => a;
                }
            }
            """).MustCompile();
        Assert.Equal(["FlowGenCatalog.g.cs", "Shop.Orders.Outer.Checkout.g.cs"], flow.Files.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Names_that_differ_in_case_or_nesting_only_get_files_of_their_own()
    {
        string[] keys = ["N.Flow", "N.FLOW", "N+Flow", "N.Other"];
        Dictionary<string, string> names = HintNames.For(keys);
        Assert.Equal(4, names.Values.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Equal("N.Other.g.cs", names["N.Other"]);
        Assert.All(keys.Except(["N.Other"]), key => Assert.Matches(@"^N\.(Flow|FLOW)\.[0-9a-f]{12}\.g\.cs$", names[key]));
    }

    [Fact]
    public void Names_do_not_depend_on_the_order_of_workflows()
        => Assert.Equal(
            HintNames.For(["N.Flow", "N.FLOW", "M.Flow"]).OrderBy(pair => pair.Key, StringComparer.Ordinal),
            HintNames.For(["M.Flow", "N.FLOW", "N.Flow"]).OrderBy(pair => pair.Key, StringComparer.Ordinal));

    [Fact]
    public void Long_names_are_cut_and_stay_unique()
    {
        string stem = "N." + new string('x', 300);
        Dictionary<string, string> names = HintNames.For([stem + "1", stem + "2"]);
        Assert.Equal(2, names.Values.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(names.Values, name => Assert.InRange(name.Length, 200, 220));
    }

    [Fact]
    public void A_workflow_called_like_the_catalog_gets_a_file_of_its_own()
    {
        CompiledFlow flow = FlowCompiler.Compile("""
            public record A(int Number);
            [Workflow]
            public sealed partial class flowGenCatalog
            {
                public partial A Run(A a);
                [Node] private A Work([Input] A a) => a;
            }
            """).MustCompile();
        Assert.Equal(2, flow.Files.Count);
    }
}
