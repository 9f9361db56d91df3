namespace FlowGen;

/// <summary>Where a piece of code stands inside a run.</summary>
public readonly record struct FlowContext;
