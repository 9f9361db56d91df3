namespace FlowGen;

/// <summary>A run was given a value that its workflow cannot work with.</summary>
/// <param name="problem">Which value and why, as a sentence.</param>
/// <param name="workflowId">The workflow that was given it, if known.</param>
/// <param name="nodePath">The node that found it, if any.</param>
/// <param name="runId">The run it happened in, if any.</param>
/// <param name="cure">What to do about it, as a sentence.</param>
/// <param name="innerException">What the value caused, if anything.</param>
public sealed class FlowInputException(
    string problem,
    string? workflowId = null,
    string? nodePath = null,
    Guid? runId = null,
    string? cure = null,
    Exception? innerException = null)
    : FlowException(problem, workflowId, nodePath, runId, cure, innerException);
