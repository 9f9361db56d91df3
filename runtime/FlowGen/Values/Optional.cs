namespace FlowGen;

/// <summary>
/// A value that may be absent, for producers whose value may itself be null. A parameter of this type is empty when its producer was
/// skipped. The default value is empty.
/// </summary>
/// <typeparam name="T">Type of the value.</typeparam>
public readonly record struct Optional<T>
{
    private readonly T? _value;

    /// <summary>Holds a value, which may be null where <typeparamref name="T"/> may.</summary>
    /// <param name="value">The value.</param>
    public Optional(T value)
    {
        _value = value;
        HasValue = true;
    }

    /// <summary>Whether there is a value.</summary>
    public bool HasValue { get; }

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public T Value => HasValue
        ? _value!
        : throw new InvalidOperationException("The optional value is absent. Ask HasValue first, or use GetValueOrDefault.");

    /// <summary>Holds <paramref name="value"/>.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator Optional<T>(T value) => new(value);

    /// <summary>The value, or the type's default when there is none.</summary>
    public T? GetValueOrDefault() => _value;

    /// <summary>The value, or <paramref name="defaultValue"/> when there is none.</summary>
    /// <param name="defaultValue">What stands for an absent value.</param>
    public T GetValueOrDefault(T defaultValue) => HasValue ? _value! : defaultValue;

    /// <summary>The value's own text; empty when there is none.</summary>
    public override string ToString() => HasValue ? _value?.ToString() ?? string.Empty : string.Empty;
}
