namespace FlowGen.CompilerServices;

/// <summary>Failures that did not decide the run are kept with the one that did, in <c>Exception.Data["FlowGen.Suppressed"]</c>.</summary>
internal static class Suppression
{
    internal const string Key = "FlowGen.Suppressed";

    internal static void Add(Exception decisive, Exception other)
    {
        if (ReferenceEquals(decisive, other))
        {
            return;
        }

        lock (decisive.Data.SyncRoot)
        {
            if (decisive.Data[Key] is List<Exception> known)
            {
                known.Add(other);
            }
            else
            {
                decisive.Data[Key] = new List<Exception> { other };
            }
        }
    }

    /// <summary>Another exception decides in place of one: what is kept with that goes with it.</summary>
    internal static void Move(Exception from, Exception to)
    {
        if (from.Data[Key] is { } kept)
        {
            to.Data[Key] = kept;
            from.Data.Remove(Key);
        }
    }
}
