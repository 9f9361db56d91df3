namespace FlowGen.CompilerServices;

/// <summary>Where a [Wait] node of a run and the outside meet. Pooled with the frame of the run.</summary>
internal abstract class WaitPoint
{
    /// <summary>Nobody will wait here any more: who waits for a request learns that none comes.</summary>
    internal abstract void Close();

    /// <summary>Makes it ready for the next run.</summary>
    internal abstract void Reset();
}
