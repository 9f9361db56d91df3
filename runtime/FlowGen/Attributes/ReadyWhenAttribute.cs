namespace FlowGen;

/// <summary>
/// A join with a rule of its own, two of three for example. The rule is <c>static Readiness Rule(ReadOnlySpan&lt;NodeState&gt; states)</c>, gets the states of
/// the named nodes in the order they are named, and is asked whenever one of them settles. If it still waits when all have, the node is skipped.
/// </summary>
/// <param name="rule">Name of the rule, a static method of the workflow; <c>nameof</c>.</param>
/// <param name="nodes">Names of nodes; <c>nameof</c>. The node's parameters from them must be optional.</param>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class ReadyWhenAttribute(string rule, params string[] nodes) : Attribute
{
    /// <summary>The rule.</summary>
    public string Rule { get; } = rule;

    /// <summary>The nodes whose states it is given.</summary>
    public IReadOnlyList<string> Nodes { get; } = nodes;

    /// <summary>Whether those of the nodes that have not settled are cancelled when the rule says <see cref="Readiness.Run"/>. Default: false.</summary>
    public bool CancelRest { get; init; }
}

/// <summary>What the rule of a <see cref="ReadyWhenAttribute"/> says.</summary>
public enum Readiness
{
    /// <summary>Ask again when another node has settled.</summary>
    Wait,

    /// <summary>The node runs now.</summary>
    Run,

    /// <summary>The node will not run.</summary>
    Skip,
}
