namespace FlowGen;

/// <summary>A disabled workflow was started or called.</summary>
/// <param name="workflowId">The disabled workflow.</param>
/// <param name="nodePath">The node that called it; null when it was started directly.</param>
/// <param name="runId">The run that called it, if any.</param>
/// <param name="cure">What to do about it; a general advice if null.</param>
public sealed class FlowDisabledException(string workflowId, string? nodePath = null, Guid? runId = null, string? cure = null)
    : FlowException(
        "The workflow is disabled.",
        workflowId,
        nodePath,
        runId,
        cure ?? "Remove 'Enabled = false' from its [Workflow] attribute, or do not call it.");
