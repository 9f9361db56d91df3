namespace Patterns.P06_MultiChoice;

public sealed class P06_MultiChoiceTests
{
    private static readonly EmergencyCall s_call = new("Market Square");
    private readonly Stage _stage = new();

    [Theory]
    [InlineData(false, false, false)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(false, false, true)]
    [InlineData(true, true, false)]
    [InlineData(true, false, true)]
    [InlineData(false, true, true)]
    [InlineData(true, true, true)]
    public async Task Every_subset_may_be_taken(bool crime, bool fire, bool injury)
    {
        await Answer(new Situation(crime, fire, injury)).RunAsync(s_call).Soon();

        Assert.Equal((crime, fire, injury), (_stage.Count("Police.") == 1, _stage.Count("FireEngine.") == 1, _stage.Count("Ambulance.") == 1));
    }

    [Fact]
    public async Task Those_that_are_taken_are_under_way_at_once()
    {
        _stage.Hold("Police", "FireEngine", "Ambulance");
        ValueTask run = Answer(new Situation(Crime: true, Fire: false, Injury: true)).RunAsync(s_call);
        Assert.Equal((1, 0, 1), (_stage.Waiting("Police"), _stage.Waiting("FireEngine"), _stage.Waiting("Ambulance")));

        _stage.Open("Ambulance");
        _stage.Open("Police");
        await run.Soon();
        Assert.Equal(["Ambulance.", "Police."], _stage.Log.TakeLast(2));
    }

    [Fact]
    public async Task The_failure_of_one_cancels_the_others()
    {
        _stage.Hold("Police", "Ambulance");
        StageException error = _stage.Fail("Ambulance");
        ValueTask run = Answer(new Situation(Crime: true, Fire: false, Injury: true)).RunAsync(s_call);
        _stage.Open("Ambulance");

        Assert.Same(error, await Assert.ThrowsAsync<StageException>(() => run.Soon()));
        Assert.Equal((1, 0), (_stage.Count("Police~"), _stage.Count("FireEngine")));
    }

    [Fact]
    public async Task A_cancellation_ends_all_that_were_taken()
    {
        _stage.Hold("Police", "Ambulance");
        await using AnswerEmergency.Handle run = Answer(new Situation(Crime: true, Fire: false, Injury: true)).Start(s_call);
        await _stage.Reached("Ambulance");

        Assert.True(run.Cancel());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Completion.Soon());
        Assert.Equal((1, 1), (_stage.Count("Police~"), _stage.Count("Ambulance~")));
        Assert.Equal(NodeState.Skipped, run[AnswerEmergency.NodeId.SendFireEngine]);
    }

    private AnswerEmergency Answer(Situation situation) => new(new Dispatch(_stage, situation));

    private sealed class Dispatch(Stage stage, Situation situation) : IDispatch
    {
        public ValueTask<Situation> AssessAsync(EmergencyCall call, CancellationToken ct) => stage.Play("Assess", situation, ct);

        public ValueTask SendPoliceAsync(EmergencyCall call, CancellationToken ct) => stage.Play("Police", ct);

        public ValueTask SendFireEngineAsync(EmergencyCall call, CancellationToken ct) => stage.Play("FireEngine", ct);

        public ValueTask SendAmbulanceAsync(EmergencyCall call, CancellationToken ct) => stage.Play("Ambulance", ct);
    }
}
