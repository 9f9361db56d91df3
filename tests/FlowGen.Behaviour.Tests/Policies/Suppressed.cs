namespace Behaviour.Policies;

internal static class Suppressed
{
    /// <summary>What was kept with the failure that decided, in order.</summary>
    public static IReadOnlyList<Exception> With(Exception error)
        => error.Data["FlowGen.Suppressed"] is IEnumerable<Exception> kept ? [.. kept] : [];
}
