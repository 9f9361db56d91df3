using FlowGen.Generator.Linking.Checks;
using FlowGen.Generator.Lowering;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking;

/// <summary>Flattens the declarations of a workflow that is not compiled, as <see cref="GraphBuilder"/> flattens the graph of one that is.</summary>
internal sealed class DeclaredGraphBuilder
{
    private readonly IReadOnlyDictionary<string, BindResult> _workflows;
    private readonly BindResult _root;
    private readonly NodeIdentifiers _identifiers;
    private readonly StreamCollector _streams;
    private readonly List<string> _nodes = [];
    private readonly List<DeclaredSignal> _signals = [];

    private DeclaredGraphBuilder(BindResult root, IReadOnlyDictionary<string, BindResult> workflows)
    {
        _root = root;
        _workflows = workflows;
        _identifiers = new NodeIdentifiers(root.Nodes.Select(node => node.Name));
        _streams = new StreamCollector(root.Surface.HandleConfines);
    }

    /// <param name="root">The workflow.</param>
    /// <param name="workflows">All of the assembly, by key.</param>
    /// <param name="isFlat">Only its own nodes: it has more than anybody could list.</param>
    public static DeclaredGraph Build(BindResult root, IReadOnlyDictionary<string, BindResult> workflows, bool isFlat)
    {
        DeclaredGraphBuilder builder = new(root, isFlat ? new Dictionary<string, BindResult>() : workflows);
        builder.Add(root, "", isInEach: false);

        // What has a name that it cannot have is what FG1008 is about.
        return new DeclaredGraph(
            builder._nodes.Where(name => name != ReservedNames.FieldOfEnums).ToEquatableArray(),
            builder._signals.Where(signal => !ReservedNames.AreOfHandle(signal.Identifier)).ToEquatableArray(),
            builder._streams.Streams.Where(stream => !ReservedNames.AreOfHandle(stream.Identifier)).ToEquatableArray());
    }

    /// <summary>A workflow that contains itself ends where it would begin again, and many that contain each other end where no run could have more.</summary>
    private void Add(BindResult workflow, string identifier, bool isInEach, params string[] around)
    {
        foreach (DeclaredNode node in workflow.Nodes)
        {
            string own = identifier.Length == 0 ? node.Name : _identifiers.Within(identifier, node.Name);
            bool repeats = isInEach || node.IsEach;
            int position = _nodes.Count;
            _nodes.Add(own);
            if (node.Wait is { } wait)
            {
                _signals.Add(new DeclaredSignal(own, SignalPlan.Of(wait.Wait, wait.Response.Annotated, wait.Key, repeats, _root.Surface.HandleConfines)));
            }

            foreach (BoundStream stream in node.Streams)
            {
                _streams.Add(stream, identifier, identifier, position);
            }

            WorkflowCall? call = workflow.Calls.FirstOrDefault(c => c.Node == node.Name);
            if (call is not null && _nodes.Count < SizeCheck.MaxSteps && !around.Contains(call.Child, StringComparer.Ordinal) && _workflows.TryGetValue(call.Child, out BindResult? child))
            {
                Add(child, own, repeats, [.. around, workflow.Surface.Key, call.Child]);
            }
        }
    }
}
