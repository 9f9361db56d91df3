using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace FlowGen.CompilerServices;

/// <summary>
/// One activation of a workflow while it runs: the base of the frames that the generator emits. This part knows who the run is;
/// <see cref="FlowFrame{TResult}"/> adds the result, <see cref="SerialFrame{TResult}"/> and <see cref="ParallelFrame{TResult}"/> the order of execution.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract partial class FlowFrame : FlowPooled
{
    // Most runs have none. It stays with the frame once it is there.
    private RunDetails? _details;

    /// <summary>The token that the caller gave.</summary>
    protected CancellationToken Token;

    /// <summary>The runtime of the workflow object. What the run belongs to is that of the root's object.</summary>
    protected internal abstract FlowRuntime Runtime { get; }

    /// <summary>The runtime of the whole run: that of the workflow object that was started.</summary>
    internal FlowRuntime RunRuntime => Root.Runtime;

    /// <summary>The graph of this frame's own workflow.</summary>
    protected internal abstract FlowGraph Graph { get; }

    /// <summary>The descriptor of this frame's own workflow.</summary>
    protected internal abstract FlowDescriptor Descriptor { get; }

    /// <summary>The compiled steps.</summary>
    protected abstract StepTable Steps { get; }

    internal FlowFrame Root
    {
        get
        {
            FlowFrame frame = this;
            while (frame._details?.Parent is { } parent)
            {
                frame = parent;
            }

            return frame;
        }
    }

    internal RunOptions? Options => _details?.Options;

    /// <summary>Executing leaf nodes allowed at once in this activation; 0 for no limit.</summary>
    protected internal int Limit => _details?.Limit ?? 0;

    internal int InheritedItem
    {
        get
        {
            for (RunDetails? details = _details; details is not null; details = details.Parent?._details)
            {
                if (details.Item >= 0)
                {
                    return details.Item;
                }
            }

            return -1;
        }
    }

    /// <summary>Made on demand: most runs are never asked. Several nodes may ask at once.</summary>
    internal Guid RunId => Details.RunIdBy(Runtime.TimeProvider);

    /// <summary>The same if there is any.</summary>
    private protected RunDetails? KnownDetails => _details;

    /// <summary>What is known of the run beyond its values; made when somebody wants to keep or know something.</summary>
    private protected RunDetails Details => _details ?? MakeDetails();

    internal FlowRun? Handle => _details?.Handle;

    internal FlowFrame? Parent => _details?.Parent;

    /// <summary>Position of the element that this frame is; -1 for none.</summary>
    internal int ItemOfFrame => _details?.Item ?? -1;

    internal Section SectionOf(Type name) => (Root.Details.Sections ?? Root.Details.MakeSections()).Of(name);

    /// <summary>The token of the run, or of this part of it.</summary>
    internal CancellationToken RunToken => Token;

    /// <summary>The source of the token, for somebody who will cancel it.</summary>
    internal CancellationTokenSource? TakeSource() => Details.Source?.TakeForCancelling();

    internal string ConversationId =>
        Options?.ConversationId ?? $"{Options?.Tenant}::{Descriptor.Id}::{Options?.User}";

    /// <summary>Emitted: whether a step that waits can no longer run, as far as what has settled tells.</summary>
    protected internal virtual bool IsImpossible(int step) => false;

    /// <summary>Emitted: how many node and state instances it holds now. Read while it runs.</summary>
    protected internal virtual int OwnedInstances => 0;

    /// <summary>Instances that an activation holds now.</summary>
    protected static int InstancesOf(FlowScope? scope) => scope?.NodeInstances ?? 0;

    /// <summary>The loop of a node asks for more iterations than it may make.</summary>
    /// <exception cref="FlowLimitException">Always.</exception>
    protected void ThrowLimit(int node, int iterations) => throw FlowEntry.LimitReached(Root.Descriptor.Id, PathOf(node), iterations, Root.RunId);

    /// <summary>Emitted where a failure is handled only if it is of the right type.</summary>
    protected virtual bool Handles(int step, Exception error) => true;

    /// <summary>Emitted for handlers: the failure that theirs replaces.</summary>
    protected virtual Exception? Replaced(int step) => null;

    /// <summary>Emitted where a failure does not cancel what executes.</summary>
    protected virtual bool WaitsForSiblings => false;

    /// <summary>Emitted: whether a step that takes one of several has enough.</summary>
    protected internal virtual bool MayStart(int step) => false;

    /// <summary>Whoever holds the run has paused it, and no failure is on its way.</summary>
    internal bool IsOnHold => _details is { Handle.IsPaused: true, Error: null } && !Token.IsCancellationRequested;

    /// <summary>Registers a paused frame with whoever holds the run.</summary>
    internal virtual FlowRun.Parking Park() => FlowRun.Parking.Refused;

    /// <summary>Withdraws it.</summary>
    /// <returns>False when it is about to be put to work.</returns>
    internal virtual bool TryUnpark() => false;

    /// <summary>From any thread: a suspended step has completed. Only parallel frames have slots.</summary>
    internal virtual void Post(StepSlot slot) => throw new NotSupportedException();

    /// <summary>Runs the body of a step on the current thread of the pool.</summary>
    internal virtual StepSlot? ExecuteOnPool(StepSlot slot, bool mayKeep) => throw new NotSupportedException();

    /// <summary>Gives a top-level run its options. Not called when there are none.</summary>
    protected void Accept(RunOptions? options) => Details.Options = options;

    /// <summary>Sets the number of leaf nodes that may execute at once. Not called when there is no limit.</summary>
    protected void LimitTo(int limit) => Details.Limit = Limit == 0 ? limit : Math.Min(Limit, limit);

    /// <summary>Makes this frame a part of another run: a linked sub-workflow, or one element of an [Each] over a sub-workflow.</summary>
    /// <param name="parent">The frame that holds the sub-workflow node.</param>
    /// <param name="node">The sub-workflow node in the parent's own graph.</param>
    /// <param name="item">Position of the element; -1 outside of [Each].</param>
    /// <param name="cleanup">When the call asks for its activation to be cleaned; null for the workflow's own mode.</param>
    /// <param name="limit">How many leaf nodes may execute at once in it; 0 for no limit.</param>
    protected void Join(FlowFrame parent, int node, int item, CleanupMode? cleanup, int limit)
    {
        ArgumentNullException.ThrowIfNull(parent);
        RunDetails details = Details;
        details.Parent = parent;
        details.Boundary = node;
        details.Item = item;
        details.Cleanup = cleanup;

        // Elements share the parent's allowance, one leaf each (see EachLoop).
        details.Limit = item >= 0 && parent.Limit > 0 ? 1 : limit;

        if (parent._details is { IsWatched: true } watched)
        {
            details.Observer = watched.Observer;
            details.Handle = watched.Handle;
            details.Watch(Graph);
            watched.Handle?.AddPart(this);
        }
    }

    /// <summary>How many elements an [Each] may have in flight: what its author wrote, within the limit of the workflow. 0 for no limit.</summary>
    /// <exception cref="FlowInputException">The number is negative.</exception>
    protected int Degree(int node, int wanted)
    {
        if (wanted < 0)
        {
            throw new FlowInputException(
                $"The parallelism of node '{PathOf(node)}' is {wanted}.",
                Root.Descriptor.Id,
                PathOf(node),
                Root.RunId,
                "Give a positive number, or 0 for no limit.");
        }

        return Limit == 0 ? wanted : wanted == 0 ? Limit : Math.Min(wanted, Limit);
    }

    /// <summary>A number of elements in flight within the limit of a sub-workflow; 0 means no limit.</summary>
    protected static int Within(int limit, int wanted) => wanted == 0 ? limit : Math.Min(limit, wanted);

    /// <summary>The per-run service of a [Service] parameter.</summary>
    /// <exception cref="FlowInputException">The run has no services or not this one.</exception>
    protected T Service<T>(int node)
        where T : class
    {
        FlowFrame root = Root;
        IServiceProvider? services = root.Options?.Services;
        return services?.GetService(typeof(T)) as T ?? throw new FlowInputException(
            $"Service '{typeof(T)}' of node '{PathOf(node)}' is not available to this run.",
            root.Descriptor.Id,
            PathOf(node),
            root.RunId,
            services is null
                ? "Pass RunOptions with Services to the entry."
                : $"Register '{typeof(T)}' with the provider given as RunOptions.Services.");
    }

    /// <summary>The sub-workflow that is about to be entered is declared with <c>Enabled = false</c>.</summary>
    /// <exception cref="FlowDisabledException">Always.</exception>
    protected void ThrowDisabled(string workflowId, int node) => throw new FlowDisabledException(workflowId, PathOf(node), Root.RunId);

    /// <summary>The context that a node with a <see cref="FlowContext"/> parameter receives.</summary>
    protected internal FlowContext ContextOf(int node, int item = -1, int attempt = 1) => new(this, node, item, attempt);

    internal string PathOf(int node) => node < 0 ? string.Empty : NodeAt(node).Path;

    /// <summary>Limits the time that the run, or this part of it, may take from its first suspension on. Called once its token is known.</summary>
    /// <exception cref="FlowInputException">The limit is not positive.</exception>
    protected void LimitTime(TimeSpan limit)
    {
        if (limit <= TimeSpan.Zero)
        {
            throw new FlowInputException($"The time limit is {limit}.", Descriptor.Id, cure: "Give a limit of more than zero.");
        }

        RunDetails details = Details;
        Token = details.OpenSource(Token);
        details.Source!.LimitTo(limit);
        details.HasTimeLimit = true;
    }

    /// <summary>A node suspends: from the first time on the run may take too long.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private protected void WatchTime()
    {
        if (_details is { HasTimeLimit: true } details)
        {
            details.Source!.Watch(RunRuntime.TimeProvider);
        }
    }

    /// <summary>Forgets the run. Emitted frames call it when they go back to their pool.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected void ForgetRun()
    {
        Token = default;
        if (_details is { } details)
        {
            ForgetDetails(details);
        }
    }

    private void ForgetDetails(RunDetails details)
    {
        if (details is { Handle: { } handle, Parent: not null })
        {
            handle.RemovePart(this);
        }

        details.Forget();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private RunDetails MakeDetails()
    {
        var made = new RunDetails();
        return Interlocked.CompareExchange(ref _details, made, null) ?? made;
    }
}
