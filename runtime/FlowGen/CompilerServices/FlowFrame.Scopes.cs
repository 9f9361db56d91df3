using System.ComponentModel;

namespace FlowGen.CompilerServices;

/// <summary>How a frame leaves the activations that it entered, and the state objects that live as long as the whole run.</summary>
public abstract partial class FlowFrame
{
    /// <summary>Cleans what the activation used and gives its bundle back, before the parent goes on. What needs no awaiting closes itself.</summary>
    protected internal static ValueTask CloseScopeAsync(FlowScope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return scope.CleanAndReturnAsync();
    }

    /// <summary>Leaves the cleaning for later.</summary>
    protected internal void ParkScope(FlowScope scope, CleanupMode mode) => RunRuntime.Park(scope, mode);

    /// <summary>Whether the frame's own activation is to be cleaned later, and when.</summary>
    protected bool ParksActivation(CleanupMode own, out CleanupMode mode)
    {
        mode = _details?.Cleanup ?? own;
        return mode != CleanupMode.Immediate;
    }

    /// <summary>The one object of a [State(Scope = Run)] class in this run.</summary>
    protected internal T StateOfRun<T>()
        where T : class, new()
    {
        FlowFrame root = Root;
        lock (root.Steps)
        {
            for (RunState? state = root.Details.States; state is not null; state = state.NextInRun)
            {
                if (state is RunState<T> { Value: { } value })
                {
                    return value;
                }
            }

            RunState<T> created = RunState<T>.Rent();
            created.NextInRun = root.Details.States;
            root.Details.States = created;
            return created.Value;
        }
    }

    /// <summary>What the last step of a run leaves: its own activation, and the state objects of the whole run.</summary>
    protected async ValueTask CloseRunAsync(FlowScope? scope)
    {
        if (scope is not null)
        {
            await CloseScopeAsync(scope).ConfigureAwait(false);
        }

        await CloseRunStatesAsync().ConfigureAwait(false);
    }

    /// <summary>An element of an [Each] leaves them to the run that it belongs to.</summary>
    private ValueTask CloseRunStatesAsync()
    {
        if (_details is not { States: { } states, Parent: null } details)
        {
            return default;
        }

        details.States = null;
        return CloseAsync(states);
    }

    private async ValueTask CloseAsync(RunState? states)
    {
        while (states is not null)
        {
            RunState? next = states.NextInRun;
            states.NextInRun = null;
            try
            {
                await states.CleanAsync().ConfigureAwait(false);
                states.Return();
            }
            catch (Exception error)
            {
                states.Lose();
                ReportCleanupFailure(states.ValueType, error);
            }

            states = next;
        }
    }

    private void ReportCleanupFailure(Type instance, Exception error)
    {
        try
        {
            Observer?.CleanupFailed(RunId, Graph.Nodes[0], instance, error);
        }
        catch (Exception fault)
        {
            Faults.Ignore(fault);
        }
    }
}

/// <summary>Holds one state object for the length of a run.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
internal abstract class RunState : FlowPooled
{
    internal RunState? NextInRun { get; set; }

    internal abstract Type ValueType { get; }

    internal abstract ValueTask CleanAsync();

    internal abstract void Return();

    internal abstract void Lose();
}

/// <inheritdoc/>
internal sealed class RunState<T> : RunState
    where T : class, new()
{
    private static readonly FlowPool<RunState<T>> s_pool = new(typeof(T).FullName ?? typeof(T).Name, FlowPoolKind.State, 64);

    internal T Value { get; private set; } = new();

    internal override Type ValueType => typeof(T);

    protected internal override int NodeInstances => 1;

    internal static RunState<T> Rent()
    {
        RunState<T> state = s_pool.Take() ?? s_pool.Register(new RunState<T>());
        state.MarkRented();
        return state;
    }

    internal override ValueTask CleanAsync()
    {
        switch (Value)
        {
            case IAsyncCleanup cleanup:
                return cleanup.CleanupAsync();
            case ICleanup cleanup:
                cleanup.Cleanup();
                return default;
            default:
                // Without a cleanup nothing says how to make it new again.
                Value = new T();
                return default;
        }
    }

    internal override void Return()
    {
        MarkReturned();
        s_pool.Put(this);
    }

    internal override void Lose()
    {
        Value = new T();
        Return();
    }
}
