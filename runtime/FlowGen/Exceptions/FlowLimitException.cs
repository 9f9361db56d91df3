namespace FlowGen;

/// <summary>A limit that the workflow or its host has set would be exceeded.</summary>
/// <param name="problem">Which limit, as a sentence.</param>
/// <param name="workflowId">The workflow it is set for, if any.</param>
/// <param name="nodePath">The node it happened at, if any.</param>
/// <param name="runId">The run it happened in, if any.</param>
/// <param name="cure">What to do about it, as a sentence.</param>
public sealed class FlowLimitException(
    string problem, string? workflowId = null, string? nodePath = null, Guid? runId = null, string? cure = null)
    : FlowException(problem, workflowId, nodePath, runId, cure);
