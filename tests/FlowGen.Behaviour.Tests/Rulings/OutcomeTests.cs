using Behaviour.Policies;

namespace Behaviour.Rulings;

/// <summary>"Outcome&lt;T&gt; handles a failure only if its consumer runs; if somebody requires the same value, the run still fails, after the observers have run."</summary>
public sealed class OutcomeTests
{
    private readonly Gate _gate = new();
    private readonly Gate _looking = new();
    private readonly Tries _tries = new();
    private readonly Journal _journal = new();

    [Fact]
    public async Task An_outcome_handles_a_failure_only_if_its_consumer_runs()
    {
        BoomException boom = new("boom");
        _gate.Fail(boom);

        Assert.Equal("7", (await new ObservedIfWanted(_gate, _journal).RunAsync(new Ask(7)).Soon()).Text);
        Assert.Equal(["look Failed"], _journal.Entries);
        Assert.Same(boom, await Assert.ThrowsAsync<BoomException>(() => new ObservedIfWanted(_gate, _journal).RunAsync(new Ask(0)).Soon()));
        Assert.Equal(["look Failed"], _journal.Entries);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task If_somebody_requires_the_same_value_the_run_still_fails_after_the_observers_have_run(bool failsFirst)
    {
        BoomException boom = new("boom");
        if (failsFirst)
        {
            _gate.Fail(boom);
        }

        ValueTask<Answer> run = new ObservedAndRequired(_gate, _looking, _journal) { Runtime = _tries.Watch() }.RunAsync(new Ask(7));
        _gate.Fail(boom);
        Assert.Equal(["look Failed"], _journal.Entries);
        Assert.False(run.IsCompleted);
        _looking.Open();

        Assert.Same(boom, await Assert.ThrowsAsync<BoomException>(() => run.Soon()));
        Assert.Equal(["look Failed", "looked"], _journal.Entries);
        Assert.Equal("run Failed", _tries.Lines[^1]);
    }
}
