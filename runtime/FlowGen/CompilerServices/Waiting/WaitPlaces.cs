namespace FlowGen.CompilerServices;

/// <summary>Numbers the [Wait] nodes of a graph, so that a run keeps room for them and no others.</summary>
/// <param name="ofNodes">Per node its number; -1 for others.</param>
/// <param name="count">How many there are.</param>
internal sealed class WaitPlaces(int[] ofNodes, int count)
{
    internal int Count => count;

    internal int Of(int node) => ofNodes[node];
}
