namespace Patterns.P17_InterleavedParallelRouting;

public sealed class P17_InterleavedParallelRoutingTests
{
    private static readonly Patient s_patient = new("Ann");
    private readonly Stage _stage = new();
    private readonly Clinic _clinic;
    private readonly ExaminePatient _examine;

    public P17_InterleavedParallelRoutingTests()
    {
        _clinic = new Clinic(_stage);
        _examine = new ExaminePatient(_clinic);
    }

    [Fact]
    public async Task One_runs_at_a_time_although_no_order_is_given()
    {
        _stage.Hold("Blood", "XRay", "Interview");
        ValueTask<Diagnosis> run = _examine.RunAsync(s_patient);
        Assert.Equal((1, 0, 0), (_stage.Waiting("Blood"), _stage.Waiting("XRay"), _stage.Waiting("Interview")));

        _stage.Release("Blood");
        await _stage.Reached("XRay");
        Assert.Equal((1, 0), (_stage.Waiting("XRay"), _stage.Waiting("Interview")));

        _stage.Release("XRay");
        await _stage.Reached("Interview");
        _stage.Release("Interview");
        Assert.Equal(new Diagnosis("image, history"), await run.Soon());
        Assert.Equal(1, _clinic.WithPatient.Most);
    }

    [Fact]
    public async Task The_partial_order_is_respected()
    {
        for (int i = 0; i < 20; i++)
        {
            await _examine.RunAsync(s_patient).Soon();
        }

        string[] order = [.. _stage.Log.Where(entry => entry is "Blood." or "Interview")];
        Assert.Equal(Enumerable.Repeat(new[] { "Blood.", "Interview" }, 20).SelectMany(pair => pair), order);
        Assert.Equal(1, _clinic.WithPatient.Most);
    }

    [Fact]
    public async Task Other_runs_are_not_held_up()
    {
        _stage.Hold("Blood");
        ValueTask<Diagnosis> one = _examine.RunAsync(s_patient);
        ValueTask<Diagnosis> two = _examine.RunAsync(new Patient("Bob"));
        Assert.Equal(2, _stage.Waiting("Blood"));

        _stage.Open("Blood");
        await one.Soon();
        await two.Soon();
        Assert.Equal(2, _stage.Count("Interview."));
    }

    [Fact]
    public async Task After_a_failure_those_that_waited_never_start()
    {
        _stage.Hold("Blood");
        StageException error = _stage.Fail("Blood");
        ValueTask<Diagnosis> run = _examine.RunAsync(s_patient);
        _stage.Release("Blood");

        Assert.Same(error, await Assert.ThrowsAsync<StageException>(() => run.Soon()));
        Assert.Equal(["Blood", "Blood!"], _stage.Log);
    }

    [Fact]
    public async Task A_cancellation_reaches_those_that_wait()
    {
        _stage.Hold("Blood");
        await using ExaminePatient.Handle run = _examine.Start(s_patient);
        await _stage.Reached("Blood");

        Assert.True(run.Cancel());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Completion.Soon());
        Assert.Equal(["Blood", "Blood~"], _stage.Log);

        _stage.Open("Blood");
        await _examine.RunAsync(s_patient).Soon();
    }

    private sealed class Clinic(Stage stage) : IClinic
    {
        public InFlight WithPatient { get; } = new();

        public ValueTask<BloodCount> TakeBloodAsync(Patient patient, CancellationToken ct) => See("Blood", new BloodCount(1), ct);

        public ValueTask<Image> XRayAsync(Patient patient, CancellationToken ct) => See("XRay", new Image("image"), ct);

        public ValueTask<History> InterviewAsync(Patient patient, BloodCount blood, CancellationToken ct) => See("Interview", new History("history"), ct);

        public ValueTask<Diagnosis> DiagnoseAsync(Image image, History history, CancellationToken ct)
            => stage.Play("Diagnose", new Diagnosis($"{image.Text}, {history.Text}"), ct);

        private async ValueTask<T> See<T>(string part, T value, CancellationToken ct)
        {
            WithPatient.Enter();
            try
            {
                return await stage.Play(part, value, ct);
            }
            finally
            {
                WithPatient.Leave();
            }
        }
    }
}
