using FlowGen.CompilerServices;

namespace FlowGen;

/// <summary>
/// Where a piece of code stands inside a run: which run, which node, which element. A node receives one by declaring a parameter
/// of this type; observers receive one with every event. It is a view of the running frame and is valid only while the run is alive.
/// </summary>
public readonly struct FlowContext : IEquatable<FlowContext>
{
    private readonly FlowFrame? _frame;
    private readonly int _generation;
    private readonly int _node;
    private readonly int _item;
    private readonly int _attempt;

    internal FlowContext(FlowFrame frame, int node, int item, int attempt)
    {
        _frame = frame;
        _generation = frame.Generation;
        _node = node;
        _item = item;
        _attempt = attempt;
    }

    /// <summary>Identity of the top-level run; the same in every sub-workflow it calls.</summary>
    /// <exception cref="InvalidOperationException">The run has ended.</exception>
    public Guid RunId => Frame.Root.RunId;

    /// <summary>The workflow that was started, whatever it calls.</summary>
    /// <exception cref="InvalidOperationException">The run has ended.</exception>
    public FlowDescriptor Workflow => Frame.Root.Descriptor;

    /// <summary>The node, or the sub-workflow node for boundary events; null for events of the run itself.</summary>
    /// <exception cref="InvalidOperationException">The run has ended.</exception>
    public FlowGraphNode? Node => _node < 0 ? null : Frame.NodeAt(_node);

    /// <summary>Path of the node (<c>Cold.Label.Print</c>); empty for the run itself.</summary>
    /// <exception cref="InvalidOperationException">The run has ended.</exception>
    public string Path => Node?.Path ?? string.Empty;

    /// <summary>How many sub-workflow boundaries enclose the node; 0 in the main workflow.</summary>
    /// <exception cref="InvalidOperationException">The run has ended.</exception>
    public int Depth => Node?.Depth ?? 0;

    /// <summary>Position of the element in the innermost [Each] that encloses the node; -1 outside of any.</summary>
    /// <exception cref="InvalidOperationException">The run has ended.</exception>
    public int Item => _item >= 0 ? _item : Frame.InheritedItem;

    /// <summary>Which try of a node with <see cref="RetryAttribute"/> this is, from 1.</summary>
    public int Attempt => Math.Max(1, _attempt);

    /// <summary>
    /// The conversation this run belongs to: <see cref="RunOptions.ConversationId"/>, or <c>{tenant}::{workflow id}::{user}</c>.
    /// </summary>
    /// <exception cref="InvalidOperationException">The run has ended.</exception>
    public string ConversationId => Frame.Root.ConversationId;

    /// <summary>The tenant given with <see cref="RunOptions"/>, if any.</summary>
    /// <exception cref="InvalidOperationException">The run has ended.</exception>
    public string? Tenant => Frame.Root.Options?.Tenant;

    /// <summary>The user given with <see cref="RunOptions"/>, if any.</summary>
    /// <exception cref="InvalidOperationException">The run has ended.</exception>
    public string? User => Frame.Root.Options?.User;

    /// <summary>The services of this run, from <see cref="RunOptions.Services"/>.</summary>
    /// <exception cref="InvalidOperationException">The run has ended.</exception>
    public IServiceProvider? Services => Frame.Root.Options?.Services;

    /// <summary>The runtime that the started workflow belongs to.</summary>
    /// <exception cref="InvalidOperationException">The run has ended.</exception>
    public FlowRuntime Runtime => Frame.Root.Runtime;

    private FlowFrame Frame => _frame is { } frame && frame.Generation == _generation
        ? frame
        : throw new InvalidOperationException(
            "This FlowContext belongs to a run that has ended. Read what you need from it while the node runs.");

    /// <summary>Whether two contexts stand at the same node and element of the same run.</summary>
    public static bool operator ==(FlowContext left, FlowContext right) => left.Equals(right);

    /// <summary>Whether two contexts stand at different places.</summary>
    public static bool operator !=(FlowContext left, FlowContext right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(FlowContext other) =>
        ReferenceEquals(_frame, other._frame) && _generation == other._generation && _node == other._node && _item == other._item;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is FlowContext other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_frame, _generation, _node, _item);
}
