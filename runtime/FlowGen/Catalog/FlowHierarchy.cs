namespace FlowGen;

/// <summary>
/// A workflow in the tree of everything a workflow calls. Branches are made as they are looked at, so a tree costs nothing however often its
/// workflows are shared. Immutable and thread-safe.
/// </summary>
public sealed class FlowHierarchy
{
    private readonly FlowCatalog _catalog;
    private IReadOnlyList<FlowHierarchy>? _children;

    internal FlowHierarchy(FlowCatalog catalog, string nodePath, string workflowId, FlowDescriptor? workflow)
    {
        _catalog = catalog;
        NodePath = nodePath;
        WorkflowId = workflowId;
        Workflow = workflow;
    }

    /// <summary>The calling node from the top of the tree (<c>Cold.Label</c>); empty at the top.</summary>
    public string NodePath { get; }

    /// <summary>The workflow's id.</summary>
    public string WorkflowId { get; }

    /// <summary>The workflow; null if the catalog does not have it, because it comes from another assembly.</summary>
    public FlowDescriptor? Workflow { get; }

    /// <summary>One per call of the workflow, in declaration order.</summary>
    public IReadOnlyList<FlowHierarchy> Children => _children ??= MakeChildren();

    /// <summary>The calling node and the workflow's id.</summary>
    public override string ToString() => NodePath.Length == 0 ? WorkflowId : $"{NodePath}: {WorkflowId}";

    private IReadOnlyList<FlowHierarchy> MakeChildren() => Workflow is null
        ? []
        : Array.AsReadOnly(Workflow.Children
            .Select(child => new FlowHierarchy(
                _catalog,
                NodePath.Length == 0 ? child.NodePath : $"{NodePath}.{child.NodePath}",
                child.WorkflowId,
                _catalog.Find(child.WorkflowId)))
            .ToArray());
}
