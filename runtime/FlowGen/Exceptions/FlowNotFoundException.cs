namespace FlowGen;

/// <summary>Something that was asked for by name does not exist: a workflow, a service of the run.</summary>
/// <param name="problem">What was asked for, as a sentence.</param>
/// <param name="workflowId">The workflow that was asked for, or in which it happened.</param>
/// <param name="nodePath">The node it happened at, if any.</param>
/// <param name="runId">The run it happened in, if any.</param>
/// <param name="cure">What to do about it, as a sentence.</param>
public sealed class FlowNotFoundException(
    string problem, string? workflowId = null, string? nodePath = null, Guid? runId = null, string? cure = null)
    : FlowException(problem, workflowId, nodePath, runId, cure);
