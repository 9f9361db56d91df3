using System.ComponentModel;

namespace FlowGen.CompilerServices;

/// <summary>
/// Collects the values that are there into one array. A chain of calls rather than a span of pairs: emitted code has to compile as C# 11,
/// which has no collection expressions, and the array is the only object made when all values are there.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct Gathering<T>
{
    private readonly T[] _values;
    private readonly int _count;

    /// <summary>Nothing yet.</summary>
    /// <param name="sources">How many values there can be.</param>
    public Gathering(int sources)
        : this(new T[sources], 0)
    {
    }

    private Gathering(T[] values, int count)
    {
        _values = values;
        _count = count;
    }

    /// <summary>Goes on with <paramref name="value"/> if it is there.</summary>
    public Gathering<T> Add(bool isThere, T value)
    {
        if (!isThere)
        {
            return this;
        }

        _values[_count] = value;
        return new Gathering<T>(_values, _count + 1);
    }

    /// <summary>The values, in the order they were added.</summary>
    public T[] ToArray()
    {
        T[] values = _values;
        Array.Resize(ref values, _count);
        return values;
    }
}
