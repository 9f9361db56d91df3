using Behaviour.Outside;

namespace Behaviour.Rulings;

/// <summary>runtime.md, Rulings, Emit: a test for each sentence.</summary>
public sealed class EmitRuling
{
    private readonly Gate _before = new();
    private readonly Gate _open = new();
    private readonly Journal _journal = new();

    public EmitRuling() => _open.Open();

    [Fact]
    public async Task Emit_never_blocks()
    {
        await using Sends.Handle run = new Sends(_before, _open, _open).Start(new Ask(10), new RunOptions { StreamCapacity = 1 });
        await using IAsyncEnumerator<int> reader = run.Numbers.GetAsyncEnumerator();
        ValueTask<bool> first = reader.MoveNextAsync();
        _before.Open();

        Assert.Equal("10", (await run.Completion.Soon()).Text);
        Assert.True(await first.Soon());
    }

    [Fact]
    public async Task It_drops_the_oldest_counted()
    {
        await using Sends.Handle run = new Sends(_open, _open, _open).Start(new Ask(5), new RunOptions { StreamCapacity = 2 });
        await run.Completion.Soon();
        await using IAsyncEnumerator<int> reader = run.Numbers.GetAsyncEnumerator();

        Assert.Equal(3, run.Numbers.Dropped);
        Assert.True(await reader.MoveNextAsync().Soon());
        Assert.Equal(3, reader.Current);
        Assert.True(await reader.MoveNextAsync().Soon());
        Assert.Equal(4, reader.Current);
        Assert.False(await reader.MoveNextAsync().Soon());
    }

    [Fact]
    public async Task Emit_async_waits()
    {
        await using SendsWithCare.Handle run = new SendsWithCare(_before, _journal).Start(new Ask(9), new RunOptions { StreamCapacity = 1 });
        await using IAsyncEnumerator<int> reader = run.Numbers.GetAsyncEnumerator();
        ValueTask<bool> first = reader.MoveNextAsync();
        _before.Open();
        Assert.True(await first.Soon());
        Assert.InRange(_journal.Entries.Count, 0, 2);
        Assert.Equal(NodeState.Executing, run[SendsWithCare.NodeId.Send]);
        int read = 1;
        while (await reader.MoveNextAsync().Soon())
        {
            read++;
        }

        Assert.Equal(9, read);
        Assert.Equal(0, run.Numbers.Dropped);
    }

    [Fact]
    public async Task With_no_reader_items_are_discarded()
    {
        Assert.Equal("done", (await new SendsWithCare(_open, _journal).RunAsync(new Ask(5_000)).Soon()).Text);
        await using SendsWithCare.Handle run = new SendsWithCare(_open, _journal).Start(new Ask(5_000));

        Assert.Equal("done", (await run.Completion.Soon()).Text);
        Assert.Equal(5_000 - 1_024, run.Numbers.Dropped);
    }
}
