using System.ComponentModel;

namespace FlowGen.CompilerServices;

/// <summary>How a loop over elements goes: static data, made once per node.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class EachRules
{
    internal static readonly EachRules Plain = new();

    /// <summary>What the failure of an element means.</summary>
    public EachError OnError { get; init; }

    /// <summary>What becomes of the elements in flight when there is enough; null where nobody asks.</summary>
    public EachRest? Rest { get; init; }

    /// <summary>Another node may stop the loop; it completes with what has finished.</summary>
    public bool IsStoppable { get; init; }

    /// <summary>Its elements may add more.</summary>
    public bool Grows { get; init; }

    /// <summary>Whether each element is an activation of a sub-workflow.</summary>
    public bool IsSubWorkflow { get; init; }

    /// <summary>What watches over each element.</summary>
    public PolicyRules? Policy { get; init; }

    /// <summary>Whether some elements may end without a place in the result.</summary>
    internal bool HasGaps => OnError != EachError.Stop || Rest is not null || IsStoppable;
}
