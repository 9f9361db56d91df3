namespace Behaviour.Interleavings;

/// <summary>What holds in whatever order things happen to a run.</summary>
public sealed class InterleavingTests
{
    private const int Orders = 1_000;

    [Fact]
    public void A_voyage_ends_well_or_leaves_nothing_behind() => Interleaving.Explore(Orders, order =>
    {
        World world = new() { Order = order, Storms = order.Happens(2) ? 6 : 0 };
        Account account = new();
        Voyage voyage = new(new Packs(world), world) { Runtime = account.Watch(order.Clock) };
        using CancellationTokenSource source = new();
        Voyage.Handle run = voyage.Start(new Trip(7), ct: source.Token);
        order.Disturb("cancel the run", () => run.Cancel());
        order.Disturb("cancel the token", source.Cancel);
        order.Offer("answer", () => run.Permit.IsPending, () => run.Permit.TrySet(new Leave(IsGranted: true)));
        Pause(order, run);

        order.Play(run.Completion);

        if (run.Completion.IsCompletedSuccessfully)
        {
            Assert.Equal(new Report("3 3"), run.Completion.Result);
        }

        int kept = run.Status == RunStatus.Completed ? 1 : 0;
        Assert.All(world.Done, done => Assert.Equal((done.Key, kept), (done.Key, done.Value)));
        AssertSettled(order, run, run.Completion, account);
    });

    [Fact]
    public void A_search_ends_well_or_leaves_nothing_behind() => Interleaving.Explore(Orders, order =>
    {
        World world = new() { Order = order, Storms = order.Happens(2) ? 12 : 0 };
        Account account = new();
        Search search = new(new Round(world), world) { Runtime = account.Watch(order.Clock) };
        using CancellationTokenSource source = new();
        Search.Handle run = search.Start(new Area(0), ct: source.Token);
        order.Disturb("cancel the run", () => run.Cancel());
        order.Disturb("cancel the token", source.Cancel);
        Pause(order, run);

        order.Play(run.Completion);

        if (run.Completion.IsCompletedSuccessfully)
        {
            Assert.Equal(new Find(3), run.Completion.Result);
        }

        Assert.Equal(run.Status == RunStatus.Completed ? 3 : 0, world.Done.GetValueOrDefault("level"));
        AssertSettled(order, run, run.Completion, account);
    });

    [Fact]
    public void An_order_is_the_same_each_time()
    {
        List<string[]> scripts = [];
        for (int i = 0; i < 2; i++)
        {
            Interleaving.Explore(20, order =>
            {
                World world = new() { Order = order };
                Search search = new(new Round(world), world) { Runtime = new FlowRuntime(new FlowRuntimeOptions { TimeProvider = order.Clock }) };
                order.Play(search.RunAsync(new Area(0)).AsTask());
                scripts.Add([.. order.Script]);
            });
        }

        // The variables may ask for another number of orders.
        int half = scripts.Count / 2;
        Assert.Equal(scripts.Take(half), scripts.Skip(half));
        Assert.True(scripts.Select(script => string.Join(' ', script)).Distinct(StringComparer.Ordinal).Count() > Math.Min(half / 2, 10));
    }

    [Fact]
    public void What_can_never_go_on_is_told_with_its_seed_and_its_script()
    {
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(
            () => Interleaving.Explore(1, order =>
            {
                order.Offer("only", () => true, () => { });
                order.Play(new TaskCompletionSource().Task);
                Assert.Fail("It cannot end.");
            }));

        Assert.Contains("Seed 0", error.Message, StringComparison.Ordinal);
        Assert.Contains("only", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Twice it may be paused, and it is resumed at some moment.</summary>
    private static void Pause(Interleaving order, FlowRun run)
    {
        for (int i = 0; i < 2; i++)
        {
            order.Disturb("pause", () => run.Pause());
            order.Offer("resume", () => run.Status == RunStatus.Paused, () => run.Resume());
        }
    }

    private static void AssertSettled(Interleaving order, FlowRun run, Task completion, Account account)
    {
        Assert.Equal(
            completion.Status switch
            {
                TaskStatus.RanToCompletion => RunStatus.Completed,
                TaskStatus.Canceled => RunStatus.Cancelled,
                _ => RunStatus.Failed,
            },
            run.Status);
        Assert.Equal(0, order.Waiting);
        account.AssertBalanced(run);
    }
}
