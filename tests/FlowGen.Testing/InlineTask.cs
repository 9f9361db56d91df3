using System.Threading.Tasks.Sources;

namespace FlowGen.Testing;

/// <summary>A task that has not completed when it is asked, and completes, in place, as soon as somebody wants to be told.</summary>
public sealed class InlineTask : IValueTaskSource<int>
{
    private readonly int _value;
    private bool _hasCompleted;

    private InlineTask(int value) => _value = value;

    /// <summary>A task that yields <paramref name="value"/>.</summary>
    public static ValueTask<int> Of(int value) => new(new InlineTask(value), 0);

    /// <inheritdoc/>
    public int GetResult(short token) => _hasCompleted ? _value : throw new InvalidOperationException("It has not completed.");

    /// <inheritdoc/>
    public ValueTaskSourceStatus GetStatus(short token) => _hasCompleted ? ValueTaskSourceStatus.Succeeded : ValueTaskSourceStatus.Pending;

    /// <inheritdoc/>
    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        ArgumentNullException.ThrowIfNull(continuation);
        _hasCompleted = true;
        continuation(state);
    }
}
