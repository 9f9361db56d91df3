using Scenarios;

namespace Behaviour.Graphs;

public sealed class CatalogTests
{
    private static FlowCatalog Catalog => Compiled.FlowGenCatalogAccess.Catalog;

    private static string Fulfil => FulfilOrder.Descriptor.Id;

    private static string Ship => ShipParcel.Descriptor.Id;

    private static string Label => MakeLabel.Descriptor.Id;

    [Fact]
    public void It_holds_every_workflow_of_the_assembly()
    {
        int declared = typeof(CatalogTests).Assembly.GetTypes().Count(t => t.IsDefined(typeof(WorkflowAttribute), inherit: false) && !t.ContainsGenericParameters);

        Assert.Equal(declared, Catalog.Workflows.Count);
        Assert.Same(Edges.Descriptor, Catalog.Get("edges"));
        Assert.Same(FulfilOrder.Descriptor, Catalog.Find(Fulfil));
        Assert.Null(Catalog.Find("no such workflow"));
    }

    [Fact]
    public void It_knows_parents_and_children()
    {
        Assert.Equal([Ship], Catalog.Children(Fulfil).Select(w => w.Id));
        Assert.Equal([Label], Catalog.Children(Ship).Select(w => w.Id));
        Assert.Equal([Fulfil], Catalog.Parents(Ship).Select(w => w.Id));
        Assert.Contains(Catalog.Roots, w => w.Id == Fulfil);
        Assert.DoesNotContain(Catalog.Roots, w => w.Id == Ship);
    }

    [Fact]
    public void It_draws_the_hierarchy()
    {
        FlowHierarchy root = Catalog.Hierarchy(Fulfil);

        Assert.Equal(["Cold", "Dry"], root.Children.Select(c => c.NodePath));
        Assert.Equal("Cold.Label", Assert.Single(root.Children[0].Children).NodePath);
        Assert.Equal(Label, root.Children[1].Children[0].WorkflowId);
    }
}
