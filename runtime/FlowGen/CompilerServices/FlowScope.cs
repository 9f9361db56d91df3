using System.ComponentModel;

namespace FlowGen.CompilerServices;

/// <summary>
/// The node instances and state objects of one activation of a workflow: rented when the activation is entered, filled on first use of each,
/// cleaned and given back when it is left. Emitted subclasses hold the objects.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class FlowScope : FlowParkable
{
    private IFlowObserver? _observer;
    private FlowGraph? _graph;
    private Guid _runId;
    private int _firstNode;

    /// <summary>Remembers, in an observed run, where this activation stands, for reports after the frame may have gone.</summary>
    /// <param name="frame">The frame that enters the activation.</param>
    /// <param name="firstNode">The first node of the activation in the frame's own graph.</param>
    public void Attribute(FlowFrame frame, int firstNode)
    {
        ArgumentNullException.ThrowIfNull(frame);
        _observer = frame.Observer;
        (_graph, _firstNode) = frame.Place(firstNode);
        _runId = frame.Root.RunId;
    }

    /// <summary>Emitted: cleans what this activation used. Never throws; an instance whose cleanup throws is dropped and reported.</summary>
    protected internal abstract void Clean();

    /// <summary>Emitted where an object is an <see cref="IAsyncCleanup"/>; <see cref="Clean"/> is not called then.</summary>
    protected internal virtual ValueTask CleanAsync()
    {
        Clean();
        return default;
    }

    /// <summary>Emitted: gives the clean bundle back to its pool.</summary>
    protected internal abstract void Return();

    /// <inheritdoc/>
    protected internal sealed override async ValueTask CleanAndReturnAsync()
    {
        await CleanAsync().ConfigureAwait(false);
        ForgetOrigin();
        Return();
    }

    /// <summary>Reports a cleanup that threw.</summary>
    /// <param name="node">The node in the graph of the scope's own workflow.</param>
    /// <param name="instance">What was being cleaned.</param>
    /// <param name="error">What it threw.</param>
    protected void CleanupFailed(int node, object instance, Exception error)
    {
        ArgumentNullException.ThrowIfNull(instance);
        Drop(instance);
        if (_observer is null || _graph is null)
        {
            return;
        }

        try
        {
            _observer.CleanupFailed(_runId, _graph.Nodes[_firstNode + node], instance.GetType(), error);
        }
        catch (Exception fault)
        {
            Faults.Ignore(fault);
        }
    }

    /// <summary>Lets go of an object for good.</summary>
    protected static void Drop(object? instance)
    {
        if (instance is IDisposable disposable)
        {
            try
            {
                disposable.Dispose();
            }
            catch (Exception fault)
            {
                Faults.Ignore(fault);
            }
        }
    }

    /// <summary>Forgets the run that the activation belonged to.</summary>
    protected internal void ForgetOrigin()
    {
        if (_observer is not null)
        {
            _observer = null;
            _graph = null;
            _runId = default;
        }
    }
}
