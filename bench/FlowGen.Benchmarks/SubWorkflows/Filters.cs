using System.Runtime.CompilerServices;

namespace FlowGen.Benchmarks.SubWorkflows;

// Five node classes with state, each a filter over the readings of one activation. Small enough that pooling them is what
// costs, large enough that the JIT leaves them as calls, as it does with most node classes.

/// <summary>Subtracts the first reading from all that follow.</summary>
[Node]
public sealed class Tare : ICleanup
{
    private int _zero;
    private bool _known;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public int Execute(int reading)
    {
        if (!_known)
        {
            _zero = reading & 15;
            _known = true;
        }

        return reading - _zero;
    }

    public void Cleanup()
    {
        _zero = 0;
        _known = false;
    }
}

/// <summary>Keeps a running mean.</summary>
[Node]
public sealed class Smooth : ICleanup
{
    private int _sum;
    private int _count;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public int Execute(int reading)
    {
        _sum += reading;
        _count++;
        return reading + (_sum >> _count);
    }

    public void Cleanup()
    {
        _sum = 0;
        _count = 0;
    }
}

/// <summary>Limits a reading to what the last ones reached.</summary>
[Node]
public sealed class Limit : ICleanup
{
    private int _highest;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public int Execute(int reading)
    {
        _highest = Math.Max(_highest, reading >> 1);
        return Math.Max(reading, _highest);
    }

    public void Cleanup() => _highest = 0;
}

/// <summary>Remembers the last readings.</summary>
[Node]
public sealed class Track : ICleanup
{
    private readonly int[] _last = new int[8];
    private int _next;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public int Execute(int reading)
    {
        _last[_next++ & 7] = reading;
        return reading + _last[0];
    }

    public void Cleanup()
    {
        Array.Clear(_last);
        _next = 0;
    }
}

/// <summary>Folds all readings into a checksum.</summary>
[Node]
public sealed class Digest : ICleanup
{
    private uint _hash;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public int Execute(int reading)
    {
        _hash = (_hash ^ (uint)reading) * 16777619;
        return (int)(_hash & 0xFFFF);
    }

    public void Cleanup() => _hash = 0;
}
