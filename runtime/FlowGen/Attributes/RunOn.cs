namespace FlowGen;

/// <summary>Where a node's body executes.</summary>
public enum RunOn
{
    /// <summary>On the thread that schedules the run: right for everything that is short or awaits.</summary>
    Inline,

    /// <summary>Queued to the thread pool, so that nodes bound by the processor overlap. Costs a queueing per execution.</summary>
    ThreadPool,
}
