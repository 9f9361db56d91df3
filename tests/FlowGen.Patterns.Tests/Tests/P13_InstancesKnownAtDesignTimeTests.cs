namespace Patterns.P13_InstancesKnownAtDesignTime;

public sealed class P13_InstancesKnownAtDesignTimeTests
{
    private readonly Stage _stage = new Stage().Hold("Measure");
    private readonly AnalyseSample _analyse;

    public P13_InstancesKnownAtDesignTimeTests() => _analyse = new AnalyseSample(new Laboratory(_stage));

    [Fact]
    public async Task Three_instances_run_at_once_and_all_are_waited_for()
    {
        ValueTask<Finding> run = _analyse.RunAsync(new Sample(5));
        Assert.Equal(3, _stage.Waiting("Measure"));
        _stage.Release("Measure");
        _stage.Release("Measure");
        Assert.Equal(0, _stage.Count("Report"));

        _stage.Release("Measure");
        Assert.Equal(new Finding(15), await run.Soon());
        Assert.Equal(1, _stage.Count("Report"));
    }

    [Fact]
    public async Task The_failure_of_one_instance_cancels_the_others()
    {
        StageException error = _stage.Fail("Measure");
        ValueTask<Finding> run = _analyse.RunAsync(new Sample(5));
        _stage.Release("Measure");

        Assert.Same(error, await Assert.ThrowsAsync<StageException>(() => run.Soon()));
        Assert.Equal((1, 2, 0), (_stage.Count("Measure!"), _stage.Count("Measure~"), _stage.Count("Report")));
    }

    [Fact]
    public async Task A_cancellation_reaches_those_that_have_not_finished()
    {
        await using AnalyseSample.Handle run = _analyse.Start(new Sample(5));
        await _stage.Reached("Measure", times: 3);
        _stage.Release("Measure");

        Assert.True(run.Cancel());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Completion.Soon());
        Assert.Equal((1, 2, 0), (_stage.Count("Measure."), _stage.Count("Measure~"), _stage.Count("Report")));
    }

    private sealed class Laboratory(Stage stage) : ILaboratory
    {
        public ValueTask<Reading> MeasureAsync(Sample sample, CancellationToken ct) => stage.Play("Measure", new Reading(sample.Value), ct);

        public ValueTask<Finding> ReportAsync(Reading first, Reading second, Reading third, CancellationToken ct)
            => stage.Play("Report", new Finding(first.Value + second.Value + third.Value), ct);
    }
}
