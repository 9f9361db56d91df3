namespace FlowGen;

/// <summary>What a catalog knows of one workflow.</summary>
internal sealed class CatalogEntry(FlowDescriptor workflow, int index)
{
    private volatile bool _isEnabled = workflow.Enabled;

    internal FlowDescriptor Workflow { get; } = workflow;

    internal int Index { get; } = index;

    internal List<FlowDescriptor> Parents { get; } = [];

    internal List<FlowDescriptor> Children { get; } = [];

    /// <summary>The object that runs.</summary>
    internal object? Instance;

    internal bool IsEnabled
    {
        get => _isEnabled;
        set => _isEnabled = value;
    }
}
