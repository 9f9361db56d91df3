namespace FlowGen;

/// <summary>
/// A node or state class that can be used again: <see cref="Cleanup"/> makes an instance as good as new before it goes back to its pool.
/// </summary>
public interface ICleanup
{
    /// <summary>
    /// Forgets everything of the activation that ends. Called once per activation, after its last node has returned, whatever the outcome. An
    /// exception drops the instance and is reported to <see cref="IFlowObserver.CleanupFailed"/>; the run's result stands.
    /// </summary>
    void Cleanup();
}
