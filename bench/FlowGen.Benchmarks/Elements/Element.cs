namespace FlowGen.Benchmarks.Elements;

/// <summary>One of many that an [Each] node runs for.</summary>
/// <param name="Index">Where the baseline has to put the result; FlowGen knows it.</param>
public readonly record struct Element(int Index, int Value)
{
    /// <summary>So many that differ.</summary>
    public static Element[] Many(int count)
        => [.. Enumerable.Range(0, count).Select(index => new Element(index, (index * 7) + 3))];
}
