using FlowGen.Generator.Model;

namespace FlowGen.Generator.Lowering;

/// <summary>Which nodes of a workflow handle the failure of which: who names a node means it and them.</summary>
internal sealed class Handlers
{
    private readonly ILookup<int, int> _handlers;

    public Handlers(BoundWorkflow workflow) => _handlers = workflow.Nodes
        .SelectMany((node, i) => (node.Catch?.Nodes ?? EquatableArray<BoundCaught>.Empty).Select(caught => (caught.Node, Handler: i)))
        .ToLookup(pair => pair.Node, pair => pair.Handler);

    /// <summary>In declaration order.</summary>
    public IEnumerable<int> Of(int node) => _handlers[node];

    public bool Has(int node) => _handlers.Contains(node);

    /// <summary>The nodes, their handlers, the handlers of these, and so on.</summary>
    public IEnumerable<int> AllAround(IEnumerable<int> nodes) => nodes.SelectMany(node => AllAround(_handlers[node]).Prepend(node)).Distinct();

    /// <summary>The nodes and their handlers.</summary>
    public IEnumerable<int> Around(IEnumerable<int> nodes) => nodes.SelectMany(node => _handlers[node].Prepend(node)).Distinct();
}
