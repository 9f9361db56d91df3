namespace FlowGen;

/// <summary>The type of nothing: stands for an empty input or result wherever a type has to be named.</summary>
public readonly record struct FlowUnit
{
    /// <summary>Always <c>()</c>.</summary>
    public override string ToString() => "()";
}
