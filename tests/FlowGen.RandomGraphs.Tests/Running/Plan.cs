namespace RandomGraphs.Running;

/// <summary>How a run is driven.</summary>
/// <param name="CancelAtGate">Cancel when this many gates have been opened; -1 for never.</param>
/// <param name="CancelAtStart">Cancel in the code of the node that starts as this; -1 for never.</param>
/// <param name="IsWatched">By an observer.</param>
/// <param name="IsHeld">Through the handle.</param>
/// <param name="Pauses">Pause and resume now and then; through the handle only.</param>
internal sealed record Plan(int Seed, int CancelAtGate, int CancelAtStart, bool IsWatched, bool IsHeld, bool Pauses);
