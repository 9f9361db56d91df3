using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;

namespace FlowGen.Benchmarks.Outside;

/// <summary>
/// <see cref="ConversationByHand"/> with what a run promises to those outside: anybody may answer any question at any time, from any thread; who comes first has answered it, all others are
/// told that they have not.
/// </summary>
public sealed class SharedConversationByHand : IValueTaskSource<Answer>
{
    private const int Open = 1;

    private ManualResetValueTaskSourceCore<Answer> _core;

    // Twice the number of the question, and whether it is open.
    private int _question;

    /// <summary>The last answer.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<Answer> RunAsync(CancellationToken ct)
    {
        Answer answer = default;
        for (int i = 1; i <= Conversation.Questions; i++)
        {
            ct.ThrowIfCancellationRequested();
            answer = await AskAsync(i).ConfigureAwait(false);
        }

        return answer;
    }

    /// <summary>False for who comes too late, or too early.</summary>
    public bool TryAnswer(int question, Answer answer)
    {
        int open = (2 * question) + Open;
        if (Interlocked.CompareExchange(ref _question, 2 * question, open) != open)
        {
            return false;
        }

        _core.SetResult(answer);
        return true;
    }

    public Answer GetResult(short token)
    {
        Answer answer = _core.GetResult(token);
        _core.Reset();
        return answer;
    }

    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
        => _core.OnCompleted(continuation, state, token, flags);

    private ValueTask<Answer> AskAsync(int question)
    {
        ValueTask<Answer> asked = new(this, _core.Version);
        Volatile.Write(ref _question, (2 * question) + Open);
        return asked;
    }
}
