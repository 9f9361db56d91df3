namespace FlowGen.CompilerServices;

/// <summary>How a frame undoes what has completed in it.</summary>
public abstract partial class FlowFrame
{
    /// <summary>Emitted where something may have to be undone.</summary>
    protected internal virtual UndoLog? UndoLog => null;

    /// <summary>Whether this frame is a part of another one's run.</summary>
    internal bool IsPart => _details is { Parent: not null };

    /// <summary>The step has completed; something undoes it.</summary>
    protected void Arm(int step) => UndoLog!.Arm(this, step);

    /// <summary>The body of a step has completed, but its value came too late: it is undone all the same.</summary>
    protected internal void ArmDiscarded(int step, object? value)
    {
        UndoLog!.Supersede(Steps.NodeOf(step));
        UndoLog.Arm(this, step, value, hasValue: true);
    }

    /// <summary>The same for a sub-workflow that is undone as a whole.</summary>
    protected void ArmInstead(int step)
    {
        UndoLog!.Supersede(Steps.NodeOf(step));
        Arm(step);
    }

    /// <summary>The node of the parent that this frame is; -1 for none.</summary>
    internal int Boundary => _details?.Boundary ?? -1;

    /// <summary>Emitted: runs the compensation of a step.</summary>
    protected virtual ValueTask UndoAsync(int step, Exception reason, CancellationToken token) => default;

    /// <summary>Emitted: puts a value back that a step yielded too late.</summary>
    protected virtual void Restore(int step, object? value)
    {
    }

    /// <summary>Undoes, the last first, whatever happens.</summary>
    internal async ValueTask CompensateAsync(Exception reason)
    {
        if (UndoLog is not { IsEmpty: false } log)
        {
            return;
        }

        foreach ((FlowFrame frame, UndoLog.Entry entry) in log.TakeAll(this))
        {
            int node = frame.Steps.NodeOf(entry.Step);
            try
            {
                if (entry.HasValue)
                {
                    frame.Restore(entry.Step, entry.Value);
                }

                await frame.UndoAsync(entry.Step, reason, CancellationToken.None).ConfigureAwait(false);
                if (frame.IsWatched)
                {
                    frame.Compensated(node);
                }
            }
            catch (Exception error)
            {
                Suppression.Add(reason, error);
                if (frame.IsWatched)
                {
                    frame.CompensationFailed(node, error);
                }
            }
        }

        log.Release();
    }

    /// <summary>A node has its result, and a part of it goes on all the same.</summary>
    internal void BeginLingering() => (Details.Lingering ?? Details.MakeLingering()).Begin();

    /// <summary>That part has ended.</summary>
    internal void EndLingering() => Details.Lingering!.End();

    /// <summary>The run is over: the frame of a completed sub-workflow goes back.</summary>
    internal abstract void ReleaseKept();
}
