namespace FlowGen;

/// <summary>
/// The writing end of a stream of the run's handle. A node that has a parameter of this type sends items out while it runs; without a handle they are discarded. Nodes that
/// name the parameter alike write to the same stream.
/// </summary>
/// <typeparam name="T">Type of the items.</typeparam>
public readonly struct Emitter<T> : IEquatable<Emitter<T>>
{
    private readonly FlowStream<T>? _stream;

    private readonly CancellationToken _ofRun;

    internal Emitter(FlowStream<T> stream, CancellationToken ofRun)
    {
        _stream = stream;
        _ofRun = ofRun;
    }

    /// <summary>Whether somebody holds the run, so that items may be read.</summary>
    public bool IsConnected => _stream is { HasEnded: false };

    /// <summary>Whether two write to different streams.</summary>
    public static bool operator !=(Emitter<T> left, Emitter<T> right) => !left.Equals(right);

    /// <summary>Whether two write to the same stream.</summary>
    public static bool operator ==(Emitter<T> left, Emitter<T> right) => left.Equals(right);

    /// <summary>Sends an item out. Never waits: where the buffer is full, the oldest item is dropped and counted.</summary>
    /// <param name="item">The item.</param>
    public void Emit(T item) => _stream?.Emit(item);

    /// <summary>Sends an item out, and waits for room in the buffer as long as somebody reads.</summary>
    /// <param name="item">The item.</param>
    /// <param name="cancellationToken">Ends the waiting; the item is not sent then. Without one, the cancellation of the run does.</param>
    /// <exception cref="OperationCanceledException">The token, or the run, was cancelled.</exception>
    public ValueTask EmitAsync(T item, CancellationToken cancellationToken = default) =>
        _stream?.EmitAsync(item, cancellationToken.CanBeCanceled ? cancellationToken : _ofRun) ?? default;

    /// <inheritdoc/>
    public bool Equals(Emitter<T> other) => ReferenceEquals(_stream, other._stream);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Emitter<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _stream?.GetHashCode() ?? 0;
}
