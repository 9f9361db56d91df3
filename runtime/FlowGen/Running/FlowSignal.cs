namespace FlowGen;

/// <summary>How the outside answers a <see cref="WaitAttribute"/> node of a run.</summary>
/// <typeparam name="TRequest">What the node asks: its parameter, a named tuple of several, <see cref="FlowUnit"/> for none.</typeparam>
/// <typeparam name="TResponse">What it is answered.</typeparam>
public readonly struct FlowSignal<TRequest, TResponse>
{
}
