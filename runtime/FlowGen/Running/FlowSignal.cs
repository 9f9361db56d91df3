using FlowGen.CompilerServices;

namespace FlowGen;

/// <summary>
/// How the outside answers a <see cref="WaitAttribute"/> node of a run. May be used from any thread at any time; once the run has ended nothing is pending and nothing is taken.
/// </summary>
/// <typeparam name="TRequest">What the node asks: its parameter, a named tuple of several, <see cref="FlowUnit"/> for none.</typeparam>
/// <typeparam name="TResponse">What it is answered.</typeparam>
public readonly struct FlowSignal<TRequest, TResponse> : IEquatable<FlowSignal<TRequest, TResponse>>
{
    private readonly FlowRun? _run;
    private readonly WaitPoint<TRequest, TResponse>? _point;

    internal FlowSignal(FlowRun run, WaitPoint<TRequest, TResponse>? point)
    {
        _run = run;
        _point = point;
    }

    /// <summary>Whether the node asks at the moment.</summary>
    public bool IsPending => _run is not null && _run.IsPending(_point);

    /// <summary>What it asks; the type's default when it does not.</summary>
    public TRequest? Request => _run is null ? default : _run.RequestAt(_point);

    /// <summary>Whether two answer different requests.</summary>
    public static bool operator !=(FlowSignal<TRequest, TResponse> left, FlowSignal<TRequest, TResponse> right) => !left.Equals(right);

    /// <summary>Whether two answer the same request.</summary>
    public static bool operator ==(FlowSignal<TRequest, TResponse> left, FlowSignal<TRequest, TResponse> right) => left.Equals(right);

    /// <summary>
    /// Answers. An answer that comes before the node asks is kept until it does, unless the wait is <see cref="WaitAttribute.Transient"/>: one of a node that asks once, several,
    /// in their order, of a node that may ask again.
    /// </summary>
    /// <param name="response">The answer.</param>
    /// <returns>False when nobody takes it: the node has been answered or will not ask any more, or the run has ended.</returns>
    public bool TrySet(TResponse response) => _run is not null && _run.Answer(_point, response);

    /// <summary>Lets the node fail, if it is asking.</summary>
    /// <param name="error">What it fails with.</param>
    /// <returns>False when it is not asking.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="error"/> is null.</exception>
    public bool TryFail(Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return _run is not null && _run.Fail(_point, error);
    }

    /// <summary>Waits until the node asks.</summary>
    /// <param name="cancellationToken">Ends the waiting here, not that of the node.</param>
    /// <returns>True when it asks; false when it has settled without asking, or the run has ended.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async ValueTask<bool> WhenPendingAsync(CancellationToken cancellationToken = default) =>
        _run is not null && await _run.WhenPending(_point).WaitAsync(cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public bool Equals(FlowSignal<TRequest, TResponse> other) => ReferenceEquals(_run, other._run) && ReferenceEquals(_point, other._point);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is FlowSignal<TRequest, TResponse> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_run, _point);
}

/// <summary>
/// The same for a node that may ask several times at once, once per element of an [Each]: each request has a key, the position of the element unless
/// <see cref="WaitAttribute.Key"/> says otherwise.
/// </summary>
/// <typeparam name="TKey">What tells the requests apart.</typeparam>
/// <typeparam name="TRequest">What the node asks.</typeparam>
/// <typeparam name="TResponse">What it is answered.</typeparam>
public readonly struct FlowSignals<TKey, TRequest, TResponse> : IEquatable<FlowSignals<TKey, TRequest, TResponse>>
    where TKey : notnull
{
    private readonly FlowRun? _run;
    private readonly KeyedPoints<TKey>? _points;
    private readonly bool _isTransient;

    internal FlowSignals(FlowRun run, KeyedPoints<TKey>? points, bool isTransient)
    {
        _run = run;
        _points = points;
        _isTransient = isTransient;
    }

    /// <summary>What is being asked at the moment; a copy.</summary>
    public IReadOnlyList<KeyValuePair<TKey, TRequest>> Pending => _run is null ? [] : _run.PendingAt<TKey, TRequest, TResponse>(_points);

    /// <summary>The signal of one request, whether or not it is pending yet.</summary>
    /// <param name="key">The key.</param>
    public FlowSignal<TRequest, TResponse> this[TKey key] => _run is null ? default : _run.SignalAt<TKey, TRequest, TResponse>(_points, key, _isTransient);

    /// <summary>Whether two are those of different nodes.</summary>
    public static bool operator !=(FlowSignals<TKey, TRequest, TResponse> left, FlowSignals<TKey, TRequest, TResponse> right) => !left.Equals(right);

    /// <summary>Whether two are those of the same node.</summary>
    public static bool operator ==(FlowSignals<TKey, TRequest, TResponse> left, FlowSignals<TKey, TRequest, TResponse> right) => left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(FlowSignals<TKey, TRequest, TResponse> other) => ReferenceEquals(_run, other._run) && ReferenceEquals(_points, other._points);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is FlowSignals<TKey, TRequest, TResponse> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_run, _points);
}
