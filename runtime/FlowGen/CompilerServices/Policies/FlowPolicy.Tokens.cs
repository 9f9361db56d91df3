using System.Runtime.CompilerServices;

namespace FlowGen.CompilerServices;

/// <content>The token that the body takes: one that a limit can cancel, and the caller as well.</content>
public abstract partial class FlowPolicy
{
    private readonly bool _givesToken;
    private CancellationTokenSource? _source;
    private CancellationTokenRegistration _link;
    private bool _isLinked;
    private TokenRelay? _relay;

    /// <summary>Begins an execution within a token, and gives the token that the body is to take.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected CancellationToken Open(CancellationToken outer)
    {
        Outer = outer;
        Attempt = 1;
        return NextToken();
    }

    /// <summary>
    /// The token of the first try in a pass that runs without the policy. <see cref="CloseFirst"/> follows once the body has returned, if the caller can cancel.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public CancellationToken FirstToken(CancellationToken outer) =>
        !outer.CanBeCanceled && _source is { IsCancellationRequested: false } source ? source.Token : OpenFirst(outer);

    /// <summary>The first try completed at once, in a pass that runs without the policy.</summary>
    public void CloseFirst() => _relay?.Unwatch();

    /// <summary>The first try completed at once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Close()
    {
        if (_isLinked)
        {
            Unlink();
        }
    }

    /// <summary>The frame goes back to its pool. Emitted code calls it.</summary>
    public void Forget()
    {
        if (_relay is { IsGivenUp: true })
        {
            _relay = null;
            _source = null;
        }

        Close();
        Outer = default;
        if (_isTimed)
        {
            _isTimed = false;
            _timer.Forget();
        }

        Rest();
    }

    /// <summary>The run is over, and only tokens were needed of the policy.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Rest()
    {
        // What a body has left on its token must not hear of later runs.
        if (_source is { } source && !source.TryReset())
        {
            _source = null;
        }
    }

    // Kept out of the pass, which has this at each of its nodes.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private CancellationToken OpenFirst(CancellationToken outer)
    {
        if (_source is null || _source.IsCancellationRequested)
        {
            _source = new CancellationTokenSource();
        }

        if (outer.CanBeCanceled)
        {
            (_relay ??= Frame.Relay).Watch(outer, _source);
        }

        return _source.Token;
    }

    /// <summary>The token of the next try.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private protected CancellationToken NextToken() => !_givesToken ? Outer
        : _source is { IsCancellationRequested: false } source && !Outer.CanBeCanceled && !_isLinked ? source.Token
        : OpenSource(Outer);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private CancellationToken OpenSource(CancellationToken outer)
    {
        if (_source is null || _source.IsCancellationRequested)
        {
            Unlink();
            _source = new CancellationTokenSource();
        }

        if (outer.CanBeCanceled && !_isLinked)
        {
            _isLinked = true;
            _link = outer.UnsafeRegister(static state => Cancellation.Request((CancellationTokenSource)state!), _source);
        }

        return _source.Token;
    }

    private void Unlink()
    {
        if (!_isLinked)
        {
            return;
        }

        // A callback that ran or is running right now may still touch the source: it must not be used again.
        if (!_link.Unregister())
        {
            _source = null;
        }

        _link = default;
        _isLinked = false;
    }
}
