using FlowGen.CompilerServices;

namespace FlowGen;

/// <summary>Adds elements to the [Each] loop in which a node runs. A node of the loop receives it by declaring a parameter of this type.</summary>
/// <typeparam name="T">Type of the elements.</typeparam>
public readonly struct More<T> : IEquatable<More<T>>
{
    private readonly EachLoop<T>? _loop;
    private readonly int _generation;

    internal More(EachLoop<T> loop)
    {
        _loop = loop;
        _generation = loop.Generation;
    }

    /// <summary>Whether two add to different loops.</summary>
    public static bool operator !=(More<T> left, More<T> right) => !left.Equals(right);

    /// <summary>Whether two add to the same loop.</summary>
    public static bool operator ==(More<T> left, More<T> right) => left.Equals(right);

    /// <summary>Adds an element: it runs after those that are there, and its result stands behind theirs. May be called from any thread.</summary>
    /// <param name="item">The element.</param>
    /// <returns>False when the loop takes no more: it has ended, it fails, or it has enough. While the caller's own element runs, it has not ended.</returns>
    public bool TryAdd(T item) => _loop is not null && _loop.TryAdd(item, _generation);

    /// <inheritdoc/>
    public bool Equals(More<T> other) => ReferenceEquals(_loop, other._loop) && _generation == other._generation;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is More<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_loop, _generation);
}
