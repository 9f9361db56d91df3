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

    /// <summary>The step that is being executed, so that a failure can be placed. Written before each step.</summary>
    protected int Step;

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

    internal string ConversationId =>
        Options?.ConversationId ?? $"{Options?.Tenant}::{Descriptor.Id}::{Options?.User}";

    /// <summary>Emitted: whether a step that waits can no longer run, as far as what has settled tells.</summary>
    protected internal virtual bool IsImpossible(int step) => false;

    /// <summary>From any thread: a suspended step has completed. Only parallel frames have slots.</summary>
    internal virtual void Post(StepSlot slot) => throw new NotSupportedException();

    /// <summary>Runs the body of a step on the current thread of the pool.</summary>
    internal virtual void ExecuteOnPool(StepSlot slot) => throw new NotSupportedException();

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

        if (parent.Observer is { } observer)
        {
            JoinObserved(observer);
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
    protected internal FlowContext ContextOf(int node, int item = -1) => new(this, node, item);

    internal string PathOf(int node) => node < 0 ? string.Empty : NodeAt(node).Path;

    /// <summary>Forgets the run. Emitted frames call it when they go back to their pool.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected void ForgetRun()
    {
        Token = default;
        _details?.Forget();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private RunDetails MakeDetails()
    {
        var made = new RunDetails();
        return Interlocked.CompareExchange(ref _details, made, null) ?? made;
    }
}
