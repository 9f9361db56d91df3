namespace FlowGen;

/// <summary>
/// The node starts only when the source has one of the values; otherwise, or when the source is absent, it is skipped. Several attributes
/// must all hold.
/// </summary>
/// <param name="source">A node, or a plain method, property, field or constructor parameter; <c>nameof</c>.</param>
/// <param name="values">Constants of the source's type; none means <c>true</c>.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true, Inherited = false)]
public sealed class WhenAttribute(string source, params object[] values) : Attribute
{
    /// <summary>What is compared.</summary>
    public string Source { get; } = source;

    /// <summary>The values that start the node; empty means <c>true</c>.</summary>
    public IReadOnlyList<object> Values { get; } = values;
}

/// <summary>
/// The node is skipped when the source has one of the values or is absent; otherwise it starts. Several attributes must all hold.
/// </summary>
/// <param name="source">A node, or a plain method, property, field or constructor parameter; <c>nameof</c>.</param>
/// <param name="values">Constants of the source's type; none means <c>true</c>.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true, Inherited = false)]
public sealed class UnlessAttribute(string source, params object[] values) : Attribute
{
    /// <summary>What is compared.</summary>
    public string Source { get; } = source;

    /// <summary>The values that skip the node; empty means <c>true</c>.</summary>
    public IReadOnlyList<object> Values { get; } = values;
}

/// <summary>
/// The node starts for every value of the source that no <see cref="WhenAttribute"/> of the workflow lists; it is skipped when the source is absent.
/// </summary>
/// <param name="source">A node, or a plain method, property, field or constructor parameter; <c>nameof</c>.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true, Inherited = false)]
public sealed class OtherwiseAttribute(string source) : Attribute
{
    /// <summary>What is compared.</summary>
    public string Source { get; } = source;
}
