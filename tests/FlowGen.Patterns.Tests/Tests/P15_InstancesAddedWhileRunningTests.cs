namespace Patterns.P15_InstancesAddedWhileRunning;

public sealed class P15_InstancesAddedWhileRunningTests
{
    private static readonly Witness[] s_first = [new("Ann"), new("Bob")];
    private readonly Stage _stage = new();
    private readonly Police _police;
    private readonly InvestigateTheft _investigate;

    public P15_InstancesAddedWhileRunningTests()
    {
        _police = new Police(_stage);
        _investigate = new InvestigateTheft(_police);
    }

    [Fact]
    public async Task Those_that_are_added_run_too_and_stand_behind_the_others()
    {
        _police.Named["Ann"] = [new("Cleo")];
        _police.Named["Cleo"] = [new("Dan"), new("Eve")];

        Assert.Equal("Ann Bob Cleo Dan Eve", (await _investigate.RunAsync(s_first).Soon()).Statements);
        Assert.Equal(1, _stage.Count("Close"));
    }

    [Fact]
    public async Task What_follows_waits_for_those_that_are_added_last()
    {
        _police.Named["Bob"] = [new("Cleo")];
        _stage.Hold("Bob", "Cleo");
        ValueTask<CaseFile> run = _investigate.RunAsync(s_first);
        Assert.Equal((1, 0), (_stage.Count("Ann."), _stage.Count("Cleo")));

        _stage.Open("Bob");
        await _stage.Reached("Cleo");
        Assert.Equal((1, 0), (_stage.Waiting("Cleo"), _stage.Count("Close")));

        _stage.Open("Cleo");
        Assert.Equal("Ann Bob Cleo", (await run.Soon()).Statements);
    }

    [Fact]
    public async Task The_bound_holds_for_those_that_are_added()
    {
        _police.Named["Ann"] = [new("Cleo"), new("Dan")];
        _stage.Hold("Bob", "Cleo", "Dan");
        ValueTask<CaseFile> run = _investigate.RunAsync(s_first);
        await _stage.Reached("Bob");
        await _stage.Reached("Cleo");
        Assert.Equal((1, 1, 0), (_stage.Waiting("Bob"), _stage.Waiting("Cleo"), _stage.Count("Dan")));

        _stage.Open("Cleo");
        await _stage.Reached("Dan");
        Assert.Equal(1, _stage.Waiting("Dan"));

        _stage.Open("Dan");
        _stage.Open("Bob");
        Assert.Equal("Ann Bob Cleo Dan", (await run.Soon()).Statements);
    }

    [Fact]
    public async Task The_failure_of_one_that_was_added_cancels_the_others()
    {
        _police.Named["Ann"] = [new("Cleo"), new("Dan")];
        _stage.Hold("Bob", "Cleo");
        StageException error = _stage.Fail("Cleo");
        ValueTask<CaseFile> run = _investigate.RunAsync(s_first);
        await _stage.Reached("Bob");
        _stage.Open("Cleo");

        Assert.Same(error, await Assert.ThrowsAsync<StageException>(() => run.Soon()));
        Assert.Equal((1, 0, 0), (_stage.Count("Bob~"), _stage.Count("Dan"), _stage.Count("Close")));
    }

    [Fact]
    public async Task A_cancellation_ends_those_that_run_and_starts_no_more()
    {
        _police.Named["Ann"] = [new("Cleo"), new("Dan")];
        _stage.Hold("Bob", "Cleo");
        await using InvestigateTheft.Handle run = _investigate.Start(s_first);
        await _stage.Reached("Bob");
        await _stage.Reached("Cleo");

        Assert.True(run.Cancel());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Completion.Soon());
        Assert.Equal((1, 1, 0, 0), (_stage.Count("Bob~"), _stage.Count("Cleo~"), _stage.Count("Dan"), _stage.Count("Close")));
    }

    private sealed class Police(Stage stage) : IPolice
    {
        public Dictionary<string, Witness[]> Named { get; } = new(StringComparer.Ordinal);

        public ValueTask<Statement> InterviewAsync(Witness witness, CancellationToken ct)
            => stage.Play(witness.Name, new Statement(witness.Name, Named.GetValueOrDefault(witness.Name) ?? []), ct);

        public ValueTask<CaseFile> CloseAsync(Statement[] statements, CancellationToken ct)
            => stage.Play("Close", new CaseFile(string.Join(' ', statements.Select(statement => statement.By))), ct);
    }
}
