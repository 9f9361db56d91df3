using System.ComponentModel;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace FlowGen.CompilerServices;

/// <summary>What entries that need no frame use.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class FlowEntry
{
    /// <summary>Runs nodes that need no frame, and undoes what they did to the context of the caller.</summary>
    [DebuggerStepThrough]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Guard<TPass>(ref TPass pass)
        where TPass : struct, IAsyncStateMachine => AmbientContext.Guard(ref pass);

    /// <summary>
    /// What <see cref="CancellationToken.ThrowIfCancellationRequested"/> does. That one takes the address of the token, which keeps the JIT
    /// from holding it in a register, and from dropping the checks where no token is given.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller has cancelled the run.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ThrowIfCancelled(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            ThrowCancelled(cancellationToken);
        }
    }

    /// <summary>The failure of an entry comes through its task, never synchronously; cancellation by the caller is cancellation.</summary>
    public static ValueTask<T> Failed<T>(Exception error, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(error);
        return IsCancellation(error, cancellationToken)
            ? ValueTask.FromCanceled<T>(cancellationToken)
            : ValueTask.FromException<T>(error);
    }

    /// <inheritdoc cref="Failed{T}"/>
    public static ValueTask Failed(Exception error, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(error);
        return IsCancellation(error, cancellationToken)
            ? ValueTask.FromCanceled(cancellationToken)
            : ValueTask.FromException(error);
    }

    /// <summary>Whether an exception means that the run was cancelled rather than that it failed.</summary>
    public static bool IsCancellation(Exception error, CancellationToken cancellationToken) =>
        error is OperationCanceledException && cancellationToken.IsCancellationRequested;

    /// <summary>Thrown by a run of a workflow that is declared with <c>Enabled = false</c>.</summary>
    public static FlowDisabledException Disabled(string workflowId) => new(workflowId);

    /// <summary>Ends a run that cannot begin.</summary>
    public static void Refuse<T>(FlowRun<T> handle, Exception error)
    {
        ArgumentNullException.ThrowIfNull(handle);
        handle.Detach(RunStatus.Failed);
        handle.End(default!, error);
    }

    /// <summary>The sub-workflow that is about to be entered is declared with <c>Enabled = false</c>.</summary>
    /// <exception cref="FlowDisabledException">Always.</exception>
    public static void ThrowDisabled(string workflowId, string nodePath) => throw new FlowDisabledException(workflowId, nodePath);

    /// <summary>The same for an element of an [Each].</summary>
    public static FlowDisabledException DisabledAt(string workflowId, FlowFrame parent, int node)
    {
        ArgumentNullException.ThrowIfNull(parent);
        return new FlowDisabledException(workflowId, parent.PathOf(node), parent.Root.RunId);
    }

    /// <summary>Thrown by a workflow that was not compiled because it has errors.</summary>
    public static InvalidOperationException NotCompiled(string workflow, string reason) =>
        new($"Workflow '{workflow}' was not compiled: {reason}");

    /// <summary>Thrown by the method of a node that only a run can execute.</summary>
    public static InvalidOperationException OutsideOfRun(string workflowId, string node, string what) =>
        new($"Node '{node}' of workflow '{workflowId}' can only be {what} by a run: start the workflow instead of calling the method.");

    /// <summary>Thrown for a node that returned null where a task should be.</summary>
    public static InvalidOperationException NoTask(string workflowId, string node) =>
        new($"Node '{node}' of workflow '{workflowId}' returned null instead of a task: make it async, or return Task.CompletedTask or Task.FromResult(...).");

    /// <summary>A loop asks for more iterations than it may make.</summary>
    public static FlowLimitException LimitReached(string workflowId, string nodePath, int iterations, Guid? runId = null) => new(
        $"The loop has made {iterations} iterations, and its condition asks for more.",
        workflowId,
        nodePath,
        runId,
        "Set MaxIterations on [Repeat] to what the loop may need, or AtLimit = RepeatLimit.Stop.");

    /// <summary>Names a run that has no frame to do so.</summary>
    public static Guid NewRunId(FlowRuntime runtime)
    {
        ArgumentNullException.ThrowIfNull(runtime);
        return Guid.CreateVersion7(runtime.TimeProvider.GetUtcNow());
    }

    /// <summary>The failure of a handler replaces the one that it was to handle, which is kept with it.</summary>
    /// <returns>False, so that an exception filter can call it.</returns>
    public static bool Replaces(Exception error, Exception? replaced)
    {
        if (replaced is not null)
        {
            Suppression.Add(error, replaced);
        }

        return false;
    }

    /// <summary>Throws a failure again, with the stack trace of its own throw.</summary>
    public static void Rethrow(Exception? error)
    {
        if (error is not null)
        {
            ExceptionDispatchInfo.Throw(error);
        }
    }

    /// <summary>The result of a synchronous entry. It waits only where an object of the run is cleaned asynchronously.</summary>
    public static T Wait<T>(ValueTask<T> run) => run.IsCompleted ? run.GetAwaiter().GetResult() : run.AsTask().GetAwaiter().GetResult();

    /// <inheritdoc cref="Wait{T}"/>
    public static void Wait(ValueTask run)
    {
        if (run.IsCompleted)
        {
            run.GetAwaiter().GetResult();
            return;
        }

        run.AsTask().GetAwaiter().GetResult();
    }

    /// <summary>An operation without result as one that returns <see cref="FlowUnit"/>.</summary>
    public static ValueTask<FlowUnit> WithUnit(ValueTask operation)
    {
        if (!operation.IsCompletedSuccessfully)
        {
            return AwaitUnit(operation);
        }

        operation.GetAwaiter().GetResult();
        return default;
    }

    /// <summary>An operation without what it yields.</summary>
    public static ValueTask WithoutResult<T>(ValueTask<T> operation)
    {
        if (!operation.IsCompletedSuccessfully)
        {
            return AwaitResult(operation);
        }

        _ = operation.Result;
        return default;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private static async ValueTask AwaitResult<T>(ValueTask<T> operation) => _ = await operation.ConfigureAwait(false);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<FlowUnit> AwaitUnit(ValueTask operation)
    {
        await operation.ConfigureAwait(false);
        return default;
    }

    [DoesNotReturn]
    private static void ThrowCancelled(CancellationToken cancellationToken) => throw new OperationCanceledException(cancellationToken);
}
