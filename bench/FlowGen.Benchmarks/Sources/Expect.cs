namespace FlowGen.Benchmarks.Sources;

/// <summary>Checks, before anything is timed, that both sides of a comparison compute the same.</summary>
public static class Expect
{
    /// <summary>Throws <see cref="InvalidOperationException"/> unless every result equals <paramref name="expected"/>.</summary>
    public static void Same<T>(T expected, params ReadOnlySpan<T> results)
    {
        foreach (T result in results)
        {
            if (!EqualityComparer<T>.Default.Equals(expected, result))
                throw new InvalidOperationException($"One side yields {expected}, the other {result}: they are not comparable.");
        }
    }
}
