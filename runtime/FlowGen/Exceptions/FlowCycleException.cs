namespace FlowGen;

/// <summary>Workflows call each other in a circle.</summary>
public sealed class FlowCycleException : FlowException
{
    /// <summary>Names the circle.</summary>
    /// <param name="path">Workflow ids in calling order; the last closes the circle and equals an earlier one (A, B, A).</param>
    /// <param name="nodePath">The node whose call closes it, if known.</param>
    /// <param name="runId">The run it was found in, if any.</param>
    /// <param name="cure">What to do about it; a general advice if null.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> has fewer than two ids.</exception>
    public FlowCycleException(IReadOnlyList<string> path, string? nodePath = null, Guid? runId = null, string? cure = null)
        : base(
            $"Workflows call each other in a circle: {Join(path)}.",
            path[^1],
            nodePath,
            runId,
            cure ?? "Remove one of these calls, or move what they share into a workflow of its own.") => Path = [.. path];

    /// <summary>Workflow ids in calling order; the last closes the circle and equals an earlier one.</summary>
    public IReadOnlyList<string> Path { get; }

    private static string Join(IReadOnlyList<string> path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.Count >= 2
            ? string.Join(" -> ", path)
            : throw new ArgumentException("A circle has at least two ids, the last of which closes it.", nameof(path));
    }
}
