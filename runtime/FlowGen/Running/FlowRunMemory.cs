using FlowGen.CompilerServices;

namespace FlowGen;

/// <summary>What one run holds at one moment.</summary>
/// <param name="NodeInstances">Instances of node and state classes.</param>
/// <param name="TotalNodes">Nodes of the workflow's graph.</param>
/// <param name="Frames">The run's own frame, and one for each linked sub-workflow that is active; 0 when the run has ended.</param>
public readonly record struct FlowRunMemory(int NodeInstances, int TotalNodes, int Frames)
{
    internal static FlowRunMemory Of(FlowFrame? root, List<FlowFrame>? parts, int nodes)
    {
        if (root is null)
        {
            return new FlowRunMemory(0, nodes, 0);
        }

        int instances = root.OwnedInstances;
        foreach (FlowFrame part in parts ?? [])
        {
            instances += part.OwnedInstances;
        }

        return new FlowRunMemory(instances, nodes, 1 + (parts?.Count ?? 0));
    }
}
