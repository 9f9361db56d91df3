using System.Runtime.CompilerServices;

namespace FlowGen.Benchmarks.Sources;

/// <summary>Work for a processor, about two microseconds.</summary>
public static class Busy
{
    private const int Rounds = 1000;

    /// <summary>A number that depends on every round, so that none can be left out.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Work(int seed)
    {
        uint value = (uint)seed | 1;
        for (int round = 0; round < Rounds; round++)
        {
            value ^= value << 13;
            value ^= value >> 17;
            value ^= value << 5;
        }

        return (int)(value & 0xFFFF);
    }
}
