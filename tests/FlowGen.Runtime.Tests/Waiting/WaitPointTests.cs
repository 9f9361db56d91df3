using FlowGen.CompilerServices;

namespace FlowGen.Runtime.Tests.Waiting;

/// <summary>What can happen to a question between the moments that a run can be stopped at.</summary>
public sealed class WaitPointTests
{
    private readonly WaitPoint<string, int> _point = new(node: 0, path: null, asksOnce: true);
    private readonly List<IThreadPoolWorkItem> _work = [];

    [Fact]
    public void A_question_is_open_once_somebody_awaits_its_answer()
    {
        ValueTask<int> asked = _point.AskAsync("what?", isTransient: false, CancellationToken.None, isLinked: true);
        Assert.False(_point.IsPending);
        Task<bool> pending = _point.WhenPending();
        Assert.False(pending.IsCompleted);
        bool hasGoneOn = false;
        Await(asked, () => hasGoneOn = true);

        Assert.True(_point.IsPending);
        Assert.True(_point.TryReadRequest(out string? request));
        Assert.Equal("what?", request);
        Assert.True(Told(pending));
        Assert.True(Told(_point.WhenPending()));
        Assert.False(hasGoneOn || asked.IsCompleted);
    }

    [Fact]
    public void An_answer_that_comes_just_before_the_question_is_open_is_heard_and_the_node_does_not_go_on_inside_of_itself()
    {
        ValueTask<int> asked = _point.AskAsync("what?", isTransient: false, CancellationToken.None, isLinked: true);
        Task<bool> pending = _point.WhenPending();
        Assert.Equal(EarlyAnswer.Kept, _point.TryKeep(7));
        int answer = 0;
        Drive(() => Await(asked, () => answer = Answer(asked)));
        Assert.Equal(0, answer);
        Work();

        Assert.Equal(7, answer);
        Assert.False(_point.IsPending);
        Assert.False(Told(pending));
        Assert.Equal(EarlyAnswer.Refused, _point.TryKeep(8));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_cancellation_that_comes_just_before_the_question_is_open_ends_it(bool isLinked)
    {
        using CancellationTokenSource source = new();
        ValueTask<int> asked = _point.AskAsync("what?", isTransient: false, source.Token, isLinked);
        source.Cancel();
        _point.CancelIfRequested();
        OperationCanceledException? error = null;
        Drive(() => Await(asked, () => error = Assert.ThrowsAny<OperationCanceledException>(() => Answer(asked))));
        Assert.Null(error);
        Work();

        Assert.Equal(source.Token, error!.CancellationToken);
        Assert.False(_point.IsPending);
        Assert.Equal(EarlyAnswer.Refused, _point.TryKeep(8));
    }

    [Fact]
    public void Of_two_cancellations_one_ends_the_question()
    {
        using CancellationTokenSource source = new();
        ValueTask<int> asked = _point.AskAsync("what?", isTransient: false, source.Token, isLinked: false);
        int times = 0;
        Await(asked, () => times++);
        _point.CancelIfRequested();
        Assert.Equal(0, times);
        source.Cancel();
        _point.CancelIfRequested();

        Assert.Equal(1, times);
        Assert.True(asked.IsCanceled);
    }

    [Fact]
    public void A_question_whose_token_is_cancelled_already_is_never_open()
    {
        ValueTask<int> asked = _point.AskAsync("what?", isTransient: false, new CancellationToken(canceled: true), isLinked: true);

        Assert.True(asked.IsCompleted);
        Assert.ThrowsAny<OperationCanceledException>(() => Answer(asked));
        Assert.False(_point.IsPending);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_second_question_at_the_same_time_is_refused(int node)
    {
        WaitPoint<string, int> point = new(node, path: null, asksOnce: false);
        Await(point.AskAsync("first", isTransient: false, CancellationToken.None, isLinked: true), () => { });

        Assert.Throws<InvalidOperationException>(() => point.AskAsync("second", isTransient: false, CancellationToken.None, isLinked: true));
        Assert.True(point.TryReadRequest(out string? request));
        Assert.Equal("first", request);
    }

    [Fact]
    public void The_answer_is_taken_once()
    {
        using CancellationTokenSource source = new();
        ValueTask<int> asked = _point.AskAsync("what?", isTransient: false, source.Token, isLinked: false);
        Assert.Throws<InvalidOperationException>(() => Answer(asked));
        Await(asked, () => { });
        Assert.Throws<InvalidOperationException>(() => Await(asked, () => { }));
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => Answer(asked));

        Assert.Throws<InvalidOperationException>(() => Answer(asked));
    }

    [Fact]
    public void The_next_run_knows_nothing_of_the_last()
    {
        Assert.Equal(EarlyAnswer.Kept, _point.TryKeep(7));
        Task<bool> pending = _point.WhenPending();
        _point.Reset();

        Assert.False(Told(pending));
        Assert.False(_point.WhenPending().IsCompleted);
        Assert.False(_point.AskAsync("what?", isTransient: true, CancellationToken.None, isLinked: true).IsCompleted);
        _point.Reset();
        Assert.Equal(EarlyAnswer.Refused, _point.TryKeep(7));
        _point.Close();
        Assert.False(Told(_point.WhenPending()));
    }

    [Fact]
    public void Early_answers_are_taken_in_their_order()
    {
        WaitPoint<string, int> point = new(node: 0, path: null, asksOnce: false);
        Assert.All([1, 2, 3], answer => Assert.Equal(EarlyAnswer.Kept, point.TryKeep(answer)));

        Assert.All([1, 2, 3], answer => Assert.Equal(answer, Answer(point.AskAsync("what?", isTransient: false, CancellationToken.None, isLinked: true))));
        Await(point.AskAsync("what?", isTransient: false, CancellationToken.None, isLinked: true), () => { });
        Assert.Equal(EarlyAnswer.IsAsked, point.TryKeep(4));
    }

    private static bool Told(Task<bool> pending) => pending.GetAwaiter().GetResult();

    private static int Answer(ValueTask<int> asked) => asked.GetAwaiter().GetResult();

    private static void Await(ValueTask<int> asked, Action continuation) => asked.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(continuation);

    private void Drive(Action act)
    {
        PoolWork.Driver = _work.Add;
        try
        {
            act();
        }
        finally
        {
            PoolWork.Driver = null;
        }
    }

    private void Work()
    {
        Assert.Single(_work).Execute();
    }
}
