namespace FlowGen.CompilerServices;

/// <summary>Watches over one element in flight after the other: the policies of the node, as its loop knows them.</summary>
internal sealed class ElementPolicy<TItem, TResult>(EachLoop<TItem, TResult> loop, EachWorker<TItem, TResult> worker)
    : FlowPolicy<TResult>(loop.Frame, step: -1, loop.Node, loop.Rules.Policy!)
{
    private TItem _item = default!;
    private FlowScope? _scope;

    /// <inheritdoc/>
    protected override object? Owner => loop.Owner;

    internal ValueTask<TResult> RunAsync(TItem item, int index, FlowScope? scope)
    {
        _item = item;
        _scope = scope;
        Item = index;
        Frame = loop.Frame;
        Node = loop.Node;
        CancellationToken token = Open(loop.Token);
        if (Rules.ComesFirst)
        {
            return Begin();
        }

        ValueTask<TResult> pending;
        try
        {
            pending = TryAsync(token);
        }
        catch (Exception error)
        {
            return Continue(error);
        }

        if (!pending.IsCompletedSuccessfully)
        {
            return Continue(pending);
        }

        Close();
        return pending;
    }

    /// <summary>The loop goes back to its pool.</summary>
    internal void Leave()
    {
        Forget();
        _item = default!;
        _scope = null;
        Item = -1;
        Frame = null!;
    }

    /// <inheritdoc/>
    protected internal override int RuleFor(Exception error) => loop.RuleFor(error);

    /// <inheritdoc/>
    protected override bool IsWorthRetrying(int rule, Exception error) => loop.IsWorthRetrying(rule, error);

    /// <inheritdoc/>
    protected override TimeSpan ReadLimit(bool ofAllTries) => loop.ReadLimit(ofAllTries);

    /// <inheritdoc/>
    protected override ValueTask<TResult> TryAsync(CancellationToken token) => loop.ExecuteAsync(_item, Item, _scope, Attempt, token);

    private protected override void TellAgain()
    {
        if (Frame.IsWatched)
        {
            worker.TryAgain(Attempt);
        }
    }

    private protected override void TellFailed(Exception error)
    {
        if (Rules.IsSubWorkflow && Frame.IsWatched)
        {
            worker.TryFailed(error);
        }
    }
}
