namespace FlowGen.Benchmarks.Policies;

/// <summary>Where compensations put what they undo. Nothing is ever undone here.</summary>
internal static class Undone
{
    public static List<int> Values { get; } = [];

    public static void Add(int value) => Values.Add(value);
}
