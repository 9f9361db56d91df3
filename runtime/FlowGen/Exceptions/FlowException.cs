using System.Text;

namespace FlowGen;

/// <summary>
/// What FlowGen itself throws. The message says what happened, where (workflow, node, run) and what to do about it. Exceptions of nodes are
/// never wrapped: they reach the caller as they were thrown.
/// </summary>
public abstract class FlowException : Exception
{
    /// <summary>Composes the message.</summary>
    /// <param name="problem">What happened, as a sentence.</param>
    /// <param name="workflowId">The workflow it happened in, if known.</param>
    /// <param name="nodePath">The node it happened at, if any.</param>
    /// <param name="runId">The run it happened in, if any.</param>
    /// <param name="cure">What to do about it, as a sentence.</param>
    /// <param name="innerException">What caused it, if anything.</param>
    protected FlowException(
        string problem,
        string? workflowId = null,
        string? nodePath = null,
        Guid? runId = null,
        string? cure = null,
        Exception? innerException = null)
        : base(Compose(problem, workflowId, nodePath, runId, cure), innerException)
    {
        WorkflowId = workflowId;
        NodePath = nodePath;
        RunId = runId;
        Cure = cure;
    }

    /// <summary>The run it happened in; null outside of a run.</summary>
    public Guid? RunId { get; }

    /// <summary>The workflow it happened in or is about; null if none.</summary>
    public string? WorkflowId { get; }

    /// <summary>Path of the node it happened at (<c>Cold.Label.Print</c>); null if none.</summary>
    public string? NodePath { get; }

    /// <summary>What to do about it; null if nothing general can be said.</summary>
    public string? Cure { get; }

    private static string Compose(string problem, string? workflowId, string? nodePath, Guid? runId, string? cure)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(problem);
        var message = new StringBuilder(problem);
        char separator = '(';
        Where("workflow", workflowId);
        Where("node", nodePath);
        Where("run", runId?.ToString());
        if (separator == ',')
        {
            message.Append(')');
        }

        if (!string.IsNullOrWhiteSpace(cure))
        {
            message.Append(' ').Append(cure);
        }

        return message.ToString();

        void Where(string what, string? name)
        {
            if (string.IsNullOrEmpty(name))
            {
                return;
            }

            message.Append(separator == '(' ? " (" : ", ").Append(what).Append(" '").Append(name).Append('\'');
            separator = ',';
        }
    }
}
