using System.Runtime.CompilerServices;

namespace FlowGen.Benchmarks.Scale;

/// <summary>What the nodes of large graphs do: next to nothing, but never nothing at all.</summary>
public static class Grid
{
    /// <summary>The body of a node with one predecessor.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Next(int value) => value + 1;

    /// <summary>The body of a node with two predecessors.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Cell(int up, int left) => (up ^ left) + 1;

    /// <summary>The same, as a node that could have suspended.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static ValueTask<int> NextAsync(int value) => new(value + 1);

    /// <inheritdoc cref="NextAsync"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static ValueTask<int> CellAsync(int up, int left) => new((up ^ left) + 1);

    /// <summary>The same nodes in plain loops: a wavefront.</summary>
    public static int Wavefront(int[] row, int seed)
    {
        Array.Fill(row, seed);
        for (int i = 0; i < row.Length; i++)
        {
            int left = seed;
            for (int j = 0; j < row.Length; j++)
                row[j] = left = Cell(row[j], left);
        }

        return row[^1];
    }

    /// <inheritdoc cref="Wavefront"/>
    public static async ValueTask<int> WavefrontAsync(int[] row, int seed)
    {
        Array.Fill(row, seed);
        for (int i = 0; i < row.Length; i++)
        {
            int left = seed;
            for (int j = 0; j < row.Length; j++)
                row[j] = left = await CellAsync(row[j], left).ConfigureAwait(false);
        }

        return row[^1];
    }

    /// <summary>The same nodes in plain loops: a binary tree that is reduced from its leaves; node i has the children 2i and 2i + 1.</summary>
    public static int Tree(int[] nodes, int seed)
    {
        for (int i = nodes.Length - 1; i > 0; i--)
            nodes[i] = 2 * i < nodes.Length ? Cell(nodes[2 * i], nodes[(2 * i) + 1]) : Next(seed);
        return nodes[1];
    }

    /// <inheritdoc cref="Tree"/>
    public static async ValueTask<int> TreeAsync(int[] nodes, int seed)
    {
        for (int i = nodes.Length - 1; i > 0; i--)
        {
            nodes[i] = 2 * i < nodes.Length
                ? await CellAsync(nodes[2 * i], nodes[(2 * i) + 1]).ConfigureAwait(false)
                : await NextAsync(seed).ConfigureAwait(false);
        }

        return nodes[1];
    }

    /// <summary>The same nodes in a plain loop: a chain.</summary>
    public static int Chain(int length, int seed)
    {
        for (int i = 0; i < length; i++)
            seed = Next(seed);
        return seed;
    }
}
