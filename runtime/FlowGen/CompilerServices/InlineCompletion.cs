namespace FlowGen.CompilerServices;

/// <summary>
/// Notices operations that complete while somebody hooks a continuation to them, on the same thread. Their continuation would run inside
/// of the code that is about to leave, and a long chain of such operations would use up the stack: instead, that code just goes on.
/// </summary>
/// <remarks>One for each thread. It holds whoever is hooking right now; nothing is read of that object afterwards, for it may have moved on.</remarks>
internal sealed class InlineCompletion
{
    private static readonly object s_resumed = new();

    [ThreadStatic]
    private static InlineCompletion? t_current;

    private object? _owner;
    private int _version;

    internal static InlineCompletion OfThread => t_current ??= new InlineCompletion();

    /// <summary>Before the continuation is hooked.</summary>
    /// <returns>Who was hooking before, further up the stack.</returns>
    internal Hooking Begin(object owner, int version)
    {
        var outer = new Hooking(_owner, _version);
        _owner = owner;
        _version = version;
        return outer;
    }

    /// <summary>After the continuation has been hooked.</summary>
    /// <returns>True when the operation has completed meanwhile, and the caller goes on.</returns>
    internal bool End(Hooking outer)
    {
        bool hasResumed = ReferenceEquals(_owner, s_resumed);
        _owner = outer.Owner;
        _version = outer.Version;
        return hasResumed;
    }

    /// <summary>Called by the continuation.</summary>
    /// <returns>True when its owner is further up this stack and goes on there.</returns>
    internal bool TryResume(object owner, int version)
    {
        if (!ReferenceEquals(_owner, owner) || _version != version)
        {
            return false;
        }

        _owner = s_resumed;
        return true;
    }

    internal readonly record struct Hooking(object? Owner, int Version);
}
