using System.ComponentModel;

namespace FlowGen.CompilerServices;

/// <summary>
/// How a run reaches a workflow through its virtual entry: who calls it leaves the place in the run on the thread, and the generated
/// body of the entry takes it first thing. An override that an author wrote takes nothing, and then runs as plain code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct FlowLink
{
    [ThreadStatic]
    private static object? t_target;

    [ThreadStatic]
    private static FlowLink t_link;

    private FlowLink(FlowFrame parent, int node, int item, CleanupMode? cleanup, int limit, CancellationToken token)
    {
        Parent = parent;
        Node = node;
        Item = item;
        Cleanup = cleanup;
        Limit = limit;
        Token = token;
    }

    private FlowLink(FlowRun handle, RunOptions? options, CancellationToken token)
    {
        Parent = null!;
        Handle = handle;
        Options = options;
        Token = token;
    }

    /// <summary>The handle of a top-level run; null for a part of one.</summary>
    public FlowRun? Handle { get; }

    /// <summary>The options of a top-level run.</summary>
    public RunOptions? Options { get; }

    /// <summary>The frame that holds the sub-workflow node; null for a top-level run.</summary>
    public FlowFrame Parent { get; }

    /// <summary>The sub-workflow node in the parent's own graph.</summary>
    public int Node { get; }

    /// <summary>Position of the element; -1 outside of [Each].</summary>
    public int Item { get; }

    /// <summary>When the call asks for its activation to be cleaned.</summary>
    public CleanupMode? Cleanup { get; }

    /// <summary>How many leaf nodes may execute at once; 0 for no limit.</summary>
    public int Limit { get; }

    /// <summary>The node's token.</summary>
    public CancellationToken Token { get; }

    /// <summary>Leaves a place for the entry of <paramref name="target"/>, which is called next.</summary>
    public static void Offer(object target, FlowFrame parent, int node, int item, CleanupMode? cleanup, int limit, CancellationToken token)
    {
        t_link = new FlowLink(parent, node, item, cleanup, limit, token);
        t_target = target;
    }

    /// <summary>Takes the place that was left for <paramref name="target"/>; a call from anywhere else finds none.</summary>
    public static bool TryTake(object target, out FlowLink link)
    {
        if (!ReferenceEquals(t_target, target))
        {
            link = default;
            return false;
        }

        link = t_link;
        Withdraw();
        return true;
    }

    /// <summary>Leaves the handle of a top-level run for the entry of <paramref name="target"/>, which is called next.</summary>
    public static void Offer(object target, FlowRun handle, RunOptions? options, CancellationToken token)
    {
        t_link = new FlowLink(handle, options, token);
        t_target = target;
    }

    /// <summary>The token for an entry that may be plain code: the handle can cancel it.</summary>
    public static CancellationToken TokenOf(FlowRun handle, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(handle);
        return handle.OpenOutside(token);
    }

    /// <summary>The entry has been called: if it was plain code, the handle follows what it has returned.</summary>
    public static void Follow<T>(FlowRun<T> handle, ValueTask<T> run)
    {
        ArgumentNullException.ThrowIfNull(handle);
        if (t_target is null)
        {
            return;
        }

        Withdraw();
        _ = handle.FollowAsync(run);
    }

    /// <summary>Forgets a place that nobody took.</summary>
    public static void Withdraw()
    {
        t_target = null;
        t_link = default;
    }
}
