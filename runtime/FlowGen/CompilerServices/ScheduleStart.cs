namespace FlowGen.CompilerServices;

/// <summary>What the scheduler of a run starts with when the first pass has been suspended: it depends on the step alone.</summary>
internal sealed class ScheduleStart(int unsettled, ushort[] waits, ushort[] orderWaits, ulong[] ready, StepStatus[] status)
{
    private readonly ushort[] _waits = [.. waits];
    private readonly ushort[] _orderWaits = [.. orderWaits];
    private readonly ulong[] _ready = [.. ready];
    private readonly StepStatus[] _status = [.. status];

    /// <summary>How many steps have not settled.</summary>
    internal int Unsettled { get; } = unsettled;

    /// <summary>After how many completions the run must first wake up, if nothing settles before; 0 while unknown.</summary>
    internal int FirstWake { get; set; }

    internal void CopyTo(ushort[] waits, ushort[] orderWaits, ulong[] ready, StepStatus[] status)
    {
        _waits.AsSpan().CopyTo(waits);
        _orderWaits.AsSpan().CopyTo(orderWaits);
        _ready.AsSpan().CopyTo(ready);
        _status.AsSpan().CopyTo(status);
    }
}

/// <summary>Where a step stands.</summary>
internal enum StepStatus : byte
{
    Pending,
    Ready,
    Executing,
    Doomed,
    Settled,
    Dropped,

    /// <summary>It settled without having completed, because something has failed or was cancelled.</summary>
    Abandoned,
}
