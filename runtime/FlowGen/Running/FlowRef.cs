namespace FlowGen;

/// <summary>
/// A workflow that somebody has chosen: the value that a <see cref="DynamicSubWorkflowAttribute"/> node runs. The default value refers to nothing.
/// </summary>
/// <typeparam name="TIn">What the workflow takes; a named tuple for several inputs, <see cref="FlowUnit"/> for none.</typeparam>
/// <typeparam name="TOut">What it gives; <see cref="FlowUnit"/> for nothing.</typeparam>
public readonly struct FlowRef<TIn, TOut> : IEquatable<FlowRef<TIn, TOut>>
{
    private readonly CatalogEntry? _entry;

    /// <summary>Refers to a workflow object.</summary>
    /// <param name="flow">The workflow.</param>
    /// <exception cref="ArgumentNullException"><paramref name="flow"/> is null.</exception>
    public FlowRef(IFlow<TIn, TOut> flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        Flow = flow;
    }

    internal FlowRef(IFlow<TIn, TOut> flow, CatalogEntry entry)
    {
        Flow = flow;
        _entry = entry;
    }

    /// <summary>Whether it refers to nothing.</summary>
    public bool IsEmpty => Flow is null;

    /// <summary>The workflow's id; null if it refers to nothing.</summary>
    public string? WorkflowId => Flow?.Descriptor.Id;

    internal IFlow<TIn, TOut>? Flow { get; }

    /// <summary>Whether the catalog that it comes from lets it run now.</summary>
    internal bool IsEnabled => _entry is not { IsEnabled: false };

    /// <summary>Whether two refer to the same workflow object.</summary>
    public static bool operator ==(FlowRef<TIn, TOut> left, FlowRef<TIn, TOut> right) => left.Equals(right);

    /// <summary>Whether two refer to different workflow objects.</summary>
    public static bool operator !=(FlowRef<TIn, TOut> left, FlowRef<TIn, TOut> right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(FlowRef<TIn, TOut> other) => ReferenceEquals(Flow, other.Flow);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is FlowRef<TIn, TOut> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Flow is null ? 0 : System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(Flow);

    /// <summary>The workflow's id.</summary>
    public override string ToString() => WorkflowId ?? string.Empty;
}
