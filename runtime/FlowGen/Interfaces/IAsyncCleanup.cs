namespace FlowGen;

/// <summary>Like <see cref="ICleanup"/> for cleaning that waits; where a class implements both, this one is used.</summary>
public interface IAsyncCleanup
{
    /// <summary>
    /// Forgets everything of the activation that ends. Called once per activation, after its last node has returned, whatever the outcome. An
    /// exception drops the instance and is reported to <see cref="IFlowObserver.CleanupFailed"/>; the run's result stands.
    /// </summary>
    ValueTask CleanupAsync();
}
