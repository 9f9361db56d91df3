namespace FlowGen.CompilerServices;

/// <summary>What a run must know of a node to tell where it stands.</summary>
[Flags]
internal enum NodeTraits : byte
{
    /// <summary>It runs once at most, and asks nobody.</summary>
    None = 0,

    /// <summary>One activation may run it several times.</summary>
    Repeats = 1,

    /// <summary>It, or a sub-workflow around it, may run several times.</summary>
    MayRunAgain = 2,

    /// <summary>It asks the outside.</summary>
    Wait = 4,

    /// <summary>It belongs to a workflow that is linked at run time.</summary>
    Linked = 8,
}
