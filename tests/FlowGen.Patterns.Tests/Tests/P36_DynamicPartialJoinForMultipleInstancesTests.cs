namespace Patterns.P36_DynamicPartialJoinForMultipleInstances;

public sealed class P36_DynamicPartialJoinForMultipleInstancesTests : IDetectives
{
    private readonly Doors _doors = new();
    private readonly Dictionary<string, string[]> _reveals = [];
    private Action<More<Lead>>? _added;

    [Fact]
    public async Task Instances_are_added_and_enough_is_enough()
    {
        _reveals["knife"] = ["shop", "glove"];
        ValueTask<Indictment> run = new Investigate(this).RunAsync(File("knife", "note"));
        await _doors["shop"].Reached;
        await _doors["glove"].Reached;
        _doors.Open("glove", "note");
        Assert.Equal(1, _doors["knife"].Waiting);
        _doors.Open("shop");

        Assert.Equal(new Indictment("note+shop+glove"), await run.Soon());
        Assert.Equal(0, _doors["knife"].Waiting);
    }

    [Fact]
    public async Task An_instance_that_was_added_adds_others()
    {
        _reveals["knife"] = ["shop"];
        _reveals["shop"] = ["owner"];
        _doors.Open("knife", "shop", "owner");

        Assert.Equal(new Indictment("knife+shop+owner"), await new Investigate(this).RunAsync(File("knife")).Soon());
    }

    [Fact]
    public async Task If_there_are_no_more_the_rule_need_not_hold()
    {
        _reveals["knife"] = ["shop"];
        _doors.Open("knife", "shop");

        Assert.Equal(new Indictment("knife+shop"), await new Investigate(this).RunAsync(File("knife")).Soon());
    }

    [Fact]
    public async Task With_enough_of_them_none_is_added()
    {
        More<Lead> more = default;
        _added = m => more = m;
        await using Investigate.Handle run = new Investigate(this).Start(File("knife", "note", "hat"));
        await _doors["hat"].Reached;
        Assert.True(more.TryAdd(new Lead("dog")));
        await _doors["dog"].Reached;
        _doors.Open("knife", "note", "hat");

        Assert.Equal(new Indictment("knife+note+hat"), await run.Completion.Soon());
        Assert.False(more.TryAdd(new Lead("cat")));
        Assert.Equal(0, _doors["dog"].Waiting + _doors["cat"].Arrivals);
    }

    [Fact]
    public async Task The_failure_of_an_added_instance_fails_the_run()
    {
        InvalidOperationException shot = new("shot");
        _reveals["knife"] = ["shop"];
        ValueTask<Indictment> run = new Investigate(this).RunAsync(File("knife"));
        await _doors["shop"].Reached;
        _doors["shop"].Fail(shot);

        Assert.Same(shot, await Assert.ThrowsAsync<InvalidOperationException>(() => run.Soon()));
        Assert.Equal(0, _doors["knife"].Waiting);
    }

    [Fact]
    public async Task Cancellation_reaches_added_instances()
    {
        _reveals["knife"] = ["shop"];
        using CancellationTokenSource cts = new();
        ValueTask<Indictment> run = new Investigate(this).RunAsync(File("knife"), cts.Token);
        await _doors["shop"].Reached;
        await cts.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(0, _doors["knife"].Waiting + _doors["shop"].Waiting);
    }

    public ValueTask<Clue> FollowAsync(Lead lead, More<Lead> more, CancellationToken ct)
    {
        _added?.Invoke(more);
        foreach (string revealed in _reveals.GetValueOrDefault(lead.Name, []))
        {
            Assert.True(more.TryAdd(new Lead(revealed)));
        }

        return _doors[lead.Name].Wait(new Clue(lead.Name), ct);
    }

    private static Case File(params string[] leads) => new("murder", [.. leads.Select(name => new Lead(name))]);
}
