namespace FlowGen;

/// <summary>Where a node stands among the nodes of its level.</summary>
[Flags]
public enum FlowNodeRole
{
    /// <summary>Something comes before it and something after it.</summary>
    Internal = 0,

    /// <summary>Nothing comes before it.</summary>
    Entry = 1,

    /// <summary>Nothing comes after it.</summary>
    Exit = 2,
}
