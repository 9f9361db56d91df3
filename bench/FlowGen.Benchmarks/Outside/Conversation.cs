using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;

namespace FlowGen.Benchmarks.Outside;

/// <summary>A run that asks sixteen times, one question after the other.</summary>
[Workflow]
public sealed partial class Conversation
{
    public const int Questions = 16;

    [return: From(nameof(Ask16))]
    public partial ValueTask<Answer> RunAsync(Answer first, CancellationToken ct = default);

    [Wait]
    private partial ValueTask<Answer> Ask1([Input] Answer first);

    [Wait]
    private partial ValueTask<Answer> Ask2([From(nameof(Ask1))] Answer before);

    [Wait]
    private partial ValueTask<Answer> Ask3([From(nameof(Ask2))] Answer before);

    [Wait]
    private partial ValueTask<Answer> Ask4([From(nameof(Ask3))] Answer before);

    [Wait]
    private partial ValueTask<Answer> Ask5([From(nameof(Ask4))] Answer before);

    [Wait]
    private partial ValueTask<Answer> Ask6([From(nameof(Ask5))] Answer before);

    [Wait]
    private partial ValueTask<Answer> Ask7([From(nameof(Ask6))] Answer before);

    [Wait]
    private partial ValueTask<Answer> Ask8([From(nameof(Ask7))] Answer before);

    [Wait]
    private partial ValueTask<Answer> Ask9([From(nameof(Ask8))] Answer before);

    [Wait]
    private partial ValueTask<Answer> Ask10([From(nameof(Ask9))] Answer before);

    [Wait]
    private partial ValueTask<Answer> Ask11([From(nameof(Ask10))] Answer before);

    [Wait]
    private partial ValueTask<Answer> Ask12([From(nameof(Ask11))] Answer before);

    [Wait]
    private partial ValueTask<Answer> Ask13([From(nameof(Ask12))] Answer before);

    [Wait]
    private partial ValueTask<Answer> Ask14([From(nameof(Ask13))] Answer before);

    [Wait]
    private partial ValueTask<Answer> Ask15([From(nameof(Ask14))] Answer before);

    [Wait]
    private partial ValueTask<Answer> Ask16([From(nameof(Ask15))] Answer before);
}

/// <summary>The same by hand: an async method that awaits one source sixteen times.</summary>
public sealed class ConversationByHand : IValueTaskSource<Answer>
{
    private ManualResetValueTaskSourceCore<Answer> _core;

    /// <summary>The last answer.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<Answer> RunAsync()
    {
        Answer answer = default;
        for (int i = 0; i < Conversation.Questions; i++)
        {
            answer = await new ValueTask<Answer>(this, _core.Version).ConfigureAwait(false);
        }

        return answer;
    }

    public void Answer(Answer answer) => _core.SetResult(answer);

    public Answer GetResult(short token)
    {
        Answer answer = _core.GetResult(token);
        _core.Reset();
        return answer;
    }

    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
        => _core.OnCompleted(continuation, state, token, flags);
}

public readonly record struct Answer(int Number);
