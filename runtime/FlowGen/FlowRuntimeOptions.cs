namespace FlowGen;

/// <summary>What a <see cref="FlowRuntime"/> is made with. Later changes have no effect on it.</summary>
public sealed class FlowRuntimeOptions
{
    /// <summary>Hears what the runs of the runtime's workflows do. Default: nobody.</summary>
    public IFlowObserver? Observer { get; set; }

    /// <summary>The clock of elapsed times and of the periodic sweep. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>
    /// The longest a scope with <see cref="CleanupMode.Periodic"/> stays parked. More than zero and at most about 49 days; default: 60 seconds.
    /// </summary>
    public TimeSpan CleanupInterval { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Makes what is left to chance the same in every process: the jitter of retries. For tests; default: null.</summary>
    public int? Seed { get; set; }
}
