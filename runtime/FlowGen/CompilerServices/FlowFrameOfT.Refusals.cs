using System.Runtime.CompilerServices;

namespace FlowGen.CompilerServices;

/// <summary>Runs that end before their first node, because what was asked for them cannot be had.</summary>
public abstract partial class FlowFrame<TResult>
{
    /// <summary>The run fails before it has begun. What emitted code calls in place of <see cref="Start()"/>.</summary>
    /// <param name="error">Why.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    protected ValueTask<TResult> Refuse(Exception error)
    {
        short version = _core.Version;
        RefuseHeld(error);
        return new ValueTask<TResult>(this, version);
    }

    /// <summary>The same in place of <see cref="StartWithoutResult()"/>.</summary>
    /// <param name="error">Why.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    protected ValueTask RefuseWithoutResult(Exception error)
    {
        short version = _core.Version;
        RefuseHeld(error);
        return new ValueTask(this, version);
    }

    /// <summary>The same in place of <see cref="StartHeld()"/>.</summary>
    /// <param name="error">Why.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    protected void RefuseHeld(Exception error)
    {
        RecordError(error, cancelled: false);
        Complete();
    }
}
