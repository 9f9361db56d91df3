namespace FlowGen;

/// <summary>When the node instances and state of a finished activation are cleaned and given back to their pools.</summary>
public enum CleanupMode
{
    /// <summary>Before the parent goes on, or before the run's result is published.</summary>
    Immediate,

    /// <summary>Queued to the thread pool; never delays the run.</summary>
    Deferred,

    /// <summary>Parked until the runtime's next sweep (every 60 seconds by default) or until memory is short.</summary>
    Periodic,

    /// <summary>Parked until the host asks the runtime to clean up or until memory is short.</summary>
    OnDemand,
}
