namespace FlowGen;

/// <summary>What the objects of a pool are.</summary>
public enum FlowPoolKind
{
    /// <summary>Frames: one per run, or per child that runs as a unit.</summary>
    Run,

    /// <summary>Scopes: the node instances and the state of one activation of a workflow.</summary>
    Scope,

    /// <summary>Objects of one <c>[State]</c> class.</summary>
    State,

    /// <summary>Loops: one per <c>[Each]</c> node under way.</summary>
    Loop,
}
