namespace Behaviour.Outside;

public sealed class StreamTests
{
    private readonly Gate _before = new();
    private readonly Gate _between = new();
    private readonly Gate _after = new();
    private readonly Journal _journal = new();

    [Fact]
    public async Task Items_come_in_order_and_the_stream_ends_with_the_node_and_not_with_the_run()
    {
        _before.Open();
        _between.Open();
        await using Sends.Handle run = new Sends(_before, _between, _after).Start(new Ask(5));

        Assert.Equal([0, 1, 2, 3, 4], await All(run.Numbers));
        Assert.True(run.Numbers.HasEnded);
        Assert.Equal(RunStatus.Running, run.Status);
        _after.Open();
        await run.Completion.Soon();
    }

    [Fact]
    public async Task Items_that_nobody_reads_yet_are_kept()
    {
        _before.Open();
        await using Sends.Handle run = new Sends(_before, _between, _after).Start(new Ask(3));
        Assert.Equal(NodeState.Executing, run[Sends.NodeId.Send]);
        _between.Open();
        _after.Open();
        await run.Completion.Soon();

        Assert.Equal([0, 1, 2], await All(run.Numbers));
    }

    [Fact]
    public async Task The_oldest_are_dropped_and_counted_where_the_buffer_is_full()
    {
        _before.Open();
        _between.Open();
        _after.Open();
        await using Sends.Handle run = new Sends(_before, _between, _after).Start(new Ask(10), new RunOptions { StreamCapacity = 3 });
        await run.Completion.Soon();

        Assert.Equal(7, run.Numbers.Dropped);
        Assert.Equal([7, 8, 9], await All(run.Numbers));
    }

    [Theory]
    [InlineData("failed")]
    [InlineData("cancelled")]
    public async Task The_stream_ends_when_the_run_does(string how)
    {
        await using Sends.Handle run = new Sends(_before, _between, _after).Start(new Ask(2));
        Task<List<int>> read = All(run.Numbers);
        _before.Open();
        if (how == "failed")
        {
            _between.Fail(new BoomException("boom"));
        }
        else
        {
            run.Cancel();
        }

        Assert.Equal([0, 1], await read);
        await run.DisposeAsync().Soon();
    }

    [Fact]
    public async Task A_writer_that_waits_for_room_is_held_back_by_its_reader()
    {
        await using SendsWithCare.Handle run = new SendsWithCare(_before, _journal).Start(new Ask(5), new RunOptions { StreamCapacity = 1 });
        await using IAsyncEnumerator<int> reader = run.Numbers.GetAsyncEnumerator();
        ValueTask<bool> first = reader.MoveNextAsync();
        _before.Open();
        Assert.True(await first.Soon());
        Assert.Equal(0, reader.Current);
        Assert.InRange(_journal.Entries.Count, 0, 2);
        Assert.Equal(NodeState.Executing, run[SendsWithCare.NodeId.Send]);
        List<int> rest = [];
        while (await reader.MoveNextAsync().Soon())
        {
            rest.Add(reader.Current);
        }

        Assert.Equal([1, 2, 3, 4], rest);
        Assert.Equal(0, run.Numbers.Dropped);
        Assert.Equal("done", (await run.Completion.Soon()).Text);
    }

    [Fact]
    public async Task A_reader_that_leaves_lets_the_writer_go_on()
    {
        for (int round = 0; round < 20; round++)
        {
            Gate before = new();
            await using SendsWithCare.Handle run = new SendsWithCare(before, _journal).Start(new Ask(20), new RunOptions { StreamCapacity = 1 });
            IAsyncEnumerator<int> reader = run.Numbers.GetAsyncEnumerator();
            ValueTask<bool> first = reader.MoveNextAsync();
            Task opening = before.OpenElsewhere();
            Assert.True(await first.Soon());
            await reader.DisposeAsync().Soon();
            await opening.Soon();

            Assert.Equal("done", (await run.Completion.Soon()).Text);
        }
    }

    [Fact]
    public async Task A_writer_that_waits_for_room_is_cancelled_with_the_run()
    {
        await using SendsWithCare.Handle run = new SendsWithCare(_before, _journal).Start(new Ask(5), new RunOptions { StreamCapacity = 1 });
        IAsyncEnumerator<int> reader = run.Numbers.GetAsyncEnumerator();
        ValueTask<bool> first = reader.MoveNextAsync();
        _before.Open();
        Assert.True(await first.Soon());
        run.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Completion.Soon());
        await reader.DisposeAsync().Soon();
    }

    [Fact]
    public async Task So_is_one_that_gives_no_token()
    {
        await using SendsCarelessly.Handle run = new SendsCarelessly(_before).Start(new Ask(5), new RunOptions { StreamCapacity = 1 });
        IAsyncEnumerator<int> reader = run.Numbers.GetAsyncEnumerator();
        ValueTask<bool> first = reader.MoveNextAsync();
        _before.Open();
        Assert.True(await first.Soon());
        run.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Completion.Soon());
        Assert.Equal(NodeState.Cancelled, run[SendsCarelessly.NodeId.Send]);
        await reader.DisposeAsync().Soon();
    }

    [Fact]
    public async Task Without_a_reader_a_writer_does_not_wait()
    {
        _before.Open();
        await using SendsWithCare.Handle run = new SendsWithCare(_before, _journal).Start(new Ask(5), new RunOptions { StreamCapacity = 2 });
        await run.Completion.Soon();

        Assert.Equal(3, run.Numbers.Dropped);
        Assert.Equal([3, 4], await All(run.Numbers));
    }

    [Fact]
    public async Task A_reader_that_is_cancelled_does_not_disturb_the_run()
    {
        using CancellationTokenSource reader = new();
        await using Sends.Handle run = new Sends(_before, _between, _after).Start(new Ask(2));
        Task<List<int>> read = All(run.Numbers, reader.Token);
        await reader.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);
        _before.Open();
        Task<List<int>> again = All(run.Numbers);
        _between.Open();
        _after.Open();

        Assert.Equal([0, 1], await again);
        Assert.Equal("2", (await run.Completion.Soon()).Text);
    }

    [Fact]
    public async Task Nodes_that_name_it_alike_write_to_one_stream_which_ends_with_the_last()
    {
        await using SendsTogether.Handle run = new SendsTogether(_before, _between, _after).Start(new Ask(1));
        Assert.Same(run.Words, run.Words);
        _between.Open();
        Assert.False(run.Words.HasEnded);
        _before.Open();

        Assert.Equal(["right", "left"], await All(run.Words));
        Assert.Equal(RunStatus.Running, run.Status);
        _after.Open();
        await run.Completion.Soon();
    }

    [Fact]
    public async Task A_stream_does_not_end_between_two_elements_iterations_or_tries()
    {
        await using SendsInLoops.Handle run = new SendsInLoops(_before, _after).Start([new Ask(7), new Ask(8)]);
        Task<List<int>> elements = All(run.Elements);
        Task<List<int>> rounds = All(run.Rounds);
        Task<List<int>> tries = All(run.Tries);
        _before.Release();
        Assert.False(run.Elements.HasEnded);
        Assert.Equal(NodeState.Executing, run[SendsInLoops.NodeId.Element]);
        _before.Release();
        Assert.True(run.Elements.HasEnded);
        Assert.Equal(NodeState.Completed, run[SendsInLoops.NodeId.Element]);
        _before.Release();
        Assert.False(run.Rounds.HasEnded);
        _before.Open();

        Assert.Equal([7, 8], await elements);
        Assert.Equal([2, 3, 4], await rounds);
        Assert.Equal([1, 2, 3], await tries);
        Assert.Equal(RunStatus.Running, run.Status);
        _after.Open();
        Assert.Equal("5", (await run.Completion.Soon()).Text);
    }

    [Fact]
    public async Task An_empty_collection_has_an_empty_stream_and_a_node_that_completed()
    {
        _before.Open();
        await using SendsInLoops.Handle run = new SendsInLoops(_before, _after).Start([]);

        Assert.Empty(await All(run.Elements));
        Assert.Equal(NodeState.Completed, run[SendsInLoops.NodeId.Element]);
    }

    [Fact]
    public async Task Streams_of_sub_workflows_end_with_the_node_that_may_run_again()
    {
        Gate inner = new();
        Gate loop = new();
        _before.Open();
        _between.Open();
        await using SendsBelow.Handle run = new SendsBelow(new Sends(_before, _between, inner), new SendsRound(loop), _after).Start(new Ask(2));
        Assert.Equal([0, 1], await All(run.Flattened_Numbers));
        Task<List<int>> round = All(run.Round_Numbers);
        Task<List<int>> again = All(run.Again_Numbers);
        Assert.False(run.Again_Numbers.HasEnded);
        loop.Release();
        Assert.False(run.Round_Numbers.HasEnded);
        Assert.Equal(NodeState.Executing, run[SendsBelow.NodeId.Round]);
        loop.Open();
        Assert.Equal([2, 3], await round);
        inner.Open();
        Assert.Equal([0, 1], await again);
        Assert.Equal(RunStatus.Running, run.Status);
        _after.Open();
        Assert.Equal("242", (await run.Completion.Soon()).Text);
    }

    [Fact]
    public async Task The_stream_of_a_skipped_node_ends_at_once()
    {
        await using SendsPerhaps.Handle run = new SendsPerhaps(_after).Start(new Ask(1));

        Assert.Empty(await All(run.Numbers));
        Assert.Equal(RunStatus.Running, run.Status);
    }

    [Fact]
    public async Task A_stream_is_found_by_its_path_and_type()
    {
        await using Sends.Handle run = new Sends(_before, _between, _after).Start(new Ask(1));

        Assert.Same(run.Numbers, run.Stream<int>("numbers"));
        Assert.Throws<ArgumentException>(() => run.Stream<string>("numbers"));
    }

    [Fact]
    public async Task Every_item_goes_to_one_of_the_readers()
    {
        await using Sends.Handle run = new Sends(_before, _between, _after).Start(new Ask(50));
        Task<List<int>> one = All(run.Numbers);
        Task<List<int>> two = All(run.Numbers);
        _before.Open();
        _between.Open();
        _after.Open();

        Assert.Equal(Enumerable.Range(0, 50), (await one).Concat(await two).Order());
    }

    [Fact]
    public async Task Without_a_handle_items_are_discarded()
    {
        _before.Open();
        _between.Open();
        _after.Open();

        Assert.Equal("1000", (await new Sends(_before, _between, _after).RunAsync(new Ask(1000)).Soon()).Text);
        Assert.Equal("done", (await new SendsWithCare(_before, _journal).RunAsync(new Ask(1000)).Soon()).Text);
    }

    private static Task<List<T>> All<T>(FlowStream<T> stream, CancellationToken ct = default)
    {
        return Read().Soon();

        async Task<List<T>> Read()
        {
            List<T> items = [];
            await foreach (T item in stream.WithCancellation(ct))
            {
                items.Add(item);
            }

            return items;
        }
    }
}
