namespace FlowGen.Runtime.Tests.Catalog;

public sealed class FlowCatalogTests
{
    /// <summary>Top calls Left and Right, both call Leaf, Left twice; Lone calls a workflow of another assembly.</summary>
    private static readonly FlowCatalog Catalog = new(
    [
        Flow("Top", ("L", "Left"), ("R", "Right")),
        Flow("Left", ("One", "Leaf"), ("Two", "Leaf")),
        Flow("Right", ("Leaf", "Leaf")),
        Flow("Leaf"),
        Flow("Lone", ("Far", "Elsewhere")),
    ]);

    [Fact]
    public void Workflows_keep_their_order() => Assert.Equal(["Top", "Left", "Right", "Leaf", "Lone"], Ids(Catalog.Workflows));

    [Fact]
    public void A_workflow_is_found_by_its_id()
    {
        Assert.Equal("Left", Catalog.Find("Left")!.Id);
        Assert.Same(Catalog.Find("Left"), Catalog.Get("Left"));
        Assert.Null(Catalog.Find("left"));
        Assert.Throws<ArgumentNullException>(() => Catalog.Find(null!));
        Assert.Throws<ArgumentNullException>(() => Catalog.Get(null!));
    }

    [Fact]
    public void Roots_are_called_by_nobody() => Assert.Equal(["Top", "Lone"], Ids(Catalog.Roots));

    [Fact]
    public void Parents_and_children_come_once_each()
    {
        Assert.Equal(["Left", "Right"], Ids(Catalog.Parents("Leaf")));
        Assert.Equal(["Leaf"], Ids(Catalog.Children("Left")));
        Assert.Equal(["Left", "Right"], Ids(Catalog.Children("Top")));
        Assert.Empty(Catalog.Parents("Top"));
        Assert.Empty(Catalog.Children("Leaf"));
    }

    [Fact]
    public void A_child_of_another_assembly_is_known_by_id_only()
    {
        Assert.Empty(Catalog.Children("Lone"));
        FlowHierarchy far = Assert.Single(Catalog.Hierarchy("Lone").Children);

        Assert.Equal("Elsewhere", far.WorkflowId);
        Assert.Null(far.Workflow);
        Assert.Empty(far.Children);
    }

    [Fact]
    public void A_hierarchy_has_a_branch_per_call()
    {
        FlowHierarchy top = Catalog.Hierarchy("Top");

        Assert.Equal(
            ["Top", "L: Left", "L.One: Leaf", "L.Two: Leaf", "R: Right", "R.Leaf: Leaf"],
            Walk(top).Select(branch => branch.ToString()));
        Assert.Same(Catalog.Get("Leaf"), top.Children[0].Children[1].Workflow);
        Assert.Same(top.Children, top.Children);
    }

    [Fact]
    public void All_hierarchies_are_those_of_the_roots() =>
        Assert.Equal(["Top", "Lone"], Catalog.Hierarchy().Select(tree => tree.WorkflowId));

    /// <summary>64 levels that each call the next one twice: 2^64 branches, of which only those looked at exist.</summary>
    [Fact]
    public void Sharing_costs_nothing_until_it_is_looked_at()
    {
        var catalog = new FlowCatalog(Enumerable.Range(0, 64).Select(i => Flow($"L{i}", ("A", $"L{i + 1}"), ("B", $"L{i + 1}"))));

        FlowHierarchy branch = catalog.Hierarchy("L0");
        while (branch.Children.Count > 0)
        {
            branch = branch.Children[1];
        }

        Assert.Equal("L64", branch.WorkflowId);
        Assert.Equal(64, branch.NodePath.Split('.').Length);
    }

    [Fact]
    public void Two_workflows_of_one_id_are_refused_by_type()
    {
        FlowDescriptor other = new("A", 1, typeof(Uri), enabled: true, [], output: null, [], NoGraph);

        ArgumentException error = Assert.Throws<ArgumentException>(() => new FlowCatalog([Flow("A"), other]));

        Assert.Contains("'A'", error.Message, StringComparison.Ordinal);
        Assert.Contains("FlowCatalogTests", error.Message, StringComparison.Ordinal);
        Assert.Contains("System.Uri", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_circle_is_refused_with_its_path()
    {
        FlowCycleException error = Assert.Throws<FlowCycleException>(() => new FlowCatalog(
            [Flow("X", ("x", "B")), Flow("A", ("b", "B")), Flow("B", ("c", "C")), Flow("C", ("a", "A"))]));

        Assert.Equal(["A", "B", "C", "A"], error.Path);
        Assert.Throws<FlowCycleException>(() => new FlowCatalog([Flow("A", ("self", "A"))]));
    }

    [Fact]
    public void Nothing_is_no_workflow()
    {
        Assert.Throws<ArgumentNullException>(() => new FlowCatalog(null!));
        Assert.Throws<ArgumentException>(() => new FlowCatalog([Flow("A"), null!]));
    }

    [Fact]
    public void An_empty_catalog_is_a_catalog()
    {
        var catalog = new FlowCatalog([]);

        Assert.Empty(catalog.Workflows);
        Assert.Empty(catalog.Roots);
        Assert.Empty(catalog.Hierarchy());
        Assert.Equal("The catalog is empty.", Assert.Throws<FlowNotFoundException>(() => catalog.Get("A")).Cure);
    }

    [Theory]
    [InlineData("Shop.Chekout", "Did you mean 'Shop.Checkout'?")]
    [InlineData("checkout", "Did you mean 'Shop.Checkout'?")]
    [InlineData("Store.Refund", "Did you mean 'Shop.Refund'?")]
    [InlineData("Inventory", "It has 'Shop.Checkout', 'Shop.Refund', 'Shop.Restock' and 1 more.")]
    [InlineData("", "It has 'Shop.Checkout', 'Shop.Refund', 'Shop.Restock' and 1 more.")]
    public void An_unknown_id_is_answered_with_near_ones(string id, string cure)
    {
        var catalog = new FlowCatalog([Flow("Shop.Refund"), Flow("Shop.Checkout"), Flow("Shop.Restock"), Flow("Shop.Ship")]);

        FlowNotFoundException error = Assert.Throws<FlowNotFoundException>(() => catalog.Get(id));

        Assert.Equal(cure, error.Cure);
        Assert.Equal(id, error.WorkflowId);
        Assert.Contains($"'{id}'", error.Message, StringComparison.Ordinal);
        Assert.Throws<FlowNotFoundException>(() => catalog.Parents(id));
        Assert.Throws<FlowNotFoundException>(() => catalog.Children(id));
        Assert.Throws<FlowNotFoundException>(() => catalog.Hierarchy(id));
    }

    [Fact]
    public void Answers_cannot_be_changed()
    {
        Assert.Throws<NotSupportedException>(() => ((IList<FlowDescriptor>)Catalog.Children("Top")).Clear());
        Assert.Throws<NotSupportedException>(() => ((IList<FlowDescriptor>)Catalog.Workflows).Clear());
    }

    private static FlowDescriptor Flow(string id, params (string Node, string Workflow)[] calls) => new(
        id, 1, typeof(FlowCatalogTests), enabled: true, [], output: null,
        [.. calls.Select(call => new FlowChild(call.Node, call.Workflow))], NoGraph);

    private static FlowGraph NoGraph() => new("none", 1, [], []);

    private static IEnumerable<string> Ids(IEnumerable<FlowDescriptor> workflows) => workflows.Select(workflow => workflow.Id);

    private static IEnumerable<FlowHierarchy> Walk(FlowHierarchy branch) => branch.Children.SelectMany(Walk).Prepend(branch);
}
