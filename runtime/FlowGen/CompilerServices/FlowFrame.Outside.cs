using System.Runtime.CompilerServices;

namespace FlowGen.CompilerServices;

/// <summary>How nodes of a frame reach whoever holds the run, and are reached.</summary>
public abstract partial class FlowFrame
{
    internal WaitTable? KnownWaits => _details?.Waits;

    internal WaitTable Waits => KnownWaits ?? Details.MakeWaits(Graph);

    /// <summary>A [Wait] node asks, and completes with the answer.</summary>
    protected internal ValueTask<TResponse> AskAsync<TRequest, TResponse>(int node, TRequest request, bool isTransient, CancellationToken token)
    {
        if (OwnPoint<TRequest, TResponse>(node) is { } point)
        {
            return point.AskAsync(request, isTransient, token, IsLinkedTo(token));
        }

        return AskAnywhereAsync<TRequest, TResponse>(node, request, isTransient, token);
    }

    /// <summary>The same for one of several requests at once.</summary>
    protected internal ValueTask<TResponse> AskAsync<TKey, TRequest, TResponse>(int node, TKey key, TRequest request, bool isTransient, CancellationToken token)
        where TKey : notnull
    {
        (FlowGraph graph, int index) = Place(node);
        return Root.Waits.PointsOf<TKey>(graph, index).PointOf<TRequest, TResponse>(key, isTransient).AskAsync(request, isTransient, token, isLinked: !token.CanBeCanceled);
    }

    /// <summary>Whether a token of nodes stays the same until the frame is given back.</summary>
    private protected virtual bool IsStanding(CancellationToken token) => token == Token;

    /// <summary>The writing end of a stream.</summary>
    /// <param name="boundary">The sub-workflow node around the node that writes; -1 for none.</param>
    /// <param name="name">The name of its parameter.</param>
    protected internal Emitter<T> EmitterOf<T>(int boundary, string name)
    {
        if (Handle is not { } handle)
        {
            return default;
        }

        string around = boundary >= 0 ? PathOf(boundary) : PathOfFrame();
        return new Emitter<T>(handle.Stream<T>(around.Length == 0 ? name : around + "." + name), Token);
    }

    /// <summary>A question of this frame has been answered: it goes on, on this thread. Only serial frames ask like that.</summary>
    internal virtual void GoOnWithAnswer() => throw new NotSupportedException();

    /// <summary>The place of one of the run's own nodes, which has asked in this frame before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private protected WaitPoint<TRequest, TResponse>? OwnPoint<TRequest, TResponse>(int node) =>
        _details is { Parent: null, Waits: { } waits } ? waits.Known(node) as WaitPoint<TRequest, TResponse> : null;

    /// <summary>Whether the questions of the run are told when a token is cancelled.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private protected bool IsLinkedTo(CancellationToken token) => Waits.IsLinkedTo(token) || (IsStanding(token) && Waits.TryLink(token));

    private protected ValueTask<TResponse> AskAnywhereAsync<TRequest, TResponse>(int node, TRequest request, bool isTransient, CancellationToken token)
    {
        if (InheritedItem is var item and >= 0)
        {
            // An element of an [Each] around its workflow, whose code knows nothing of that: the others may ask as well.
            return AskAsync<int, TRequest, TResponse>(node, item, request, isTransient, token);
        }

        (FlowGraph graph, int index) = Place(node);
        FlowFrame root = Root;
        WaitPoint<TRequest, TResponse> point = root.Waits.PointOf<TRequest, TResponse>(graph, index, isTransient);
        bool isLinked = ReferenceEquals(root, this) ? IsLinkedTo(token) : !token.CanBeCanceled;
        return point.AskAsync(request, isTransient, token, isLinked);
    }

    /// <summary>The sub-workflow node that this frame is; empty for the run itself.</summary>
    internal string PathOfFrame() => _details is { Parent: { } parent } details ? parent.PathOf(details.Boundary) : string.Empty;
}
