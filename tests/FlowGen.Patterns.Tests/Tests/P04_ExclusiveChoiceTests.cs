namespace Patterns.P04_ExclusiveChoice;

public sealed class P04_ExclusiveChoiceTests
{
    private readonly Stage _stage = new();

    [Theory]
    [InlineData(Means.Bicycle, "Cycle")]
    [InlineData(Means.Van, "Drive")]
    [InlineData(Means.Plane, "Fly")]
    [InlineData(Means.Balloon, "Fly")]
    public async Task One_branch_is_taken_and_the_others_are_skipped(Means means, string taken)
    {
        await using RouteParcel.Handle run = Route(means).Start(new Parcel(900));
        await run.Completion.Soon();

        Assert.Equal(["Choose", "Choose.", taken, taken + "."], _stage.Log);
        NodeState[] branches = [run[RouteParcel.NodeId.Cycle], run[RouteParcel.NodeId.Drive], run[RouteParcel.NodeId.Fly]];
        Assert.Equal((1, 2), (branches.Count(state => state == NodeState.Completed), branches.Count(state => state == NodeState.Skipped)));
    }

    [Fact]
    public async Task No_branch_is_taken_before_it_is_decided()
    {
        _stage.Hold("Choose");
        ValueTask run = Route(Means.Van).RunAsync(new Parcel(900));
        Assert.Equal(["Choose"], _stage.Log);

        _stage.Release("Choose");
        await run.Soon();
        Assert.Equal(["Choose", "Choose.", "Drive", "Drive."], _stage.Log);
    }

    [Fact]
    public async Task No_branch_is_taken_when_the_decision_fails()
    {
        StageException error = _stage.Fail("Choose");

        Assert.Same(error, await Assert.ThrowsAsync<StageException>(() => Route(Means.Van).RunAsync(new Parcel(900)).Soon()));
        Assert.Equal(["Choose", "Choose!"], _stage.Log);
    }

    [Fact]
    public async Task The_failure_of_the_branch_is_no_reason_to_take_another()
    {
        StageException error = _stage.Fail("Drive");

        Assert.Same(error, await Assert.ThrowsAsync<StageException>(() => Route(Means.Van).RunAsync(new Parcel(900)).Soon()));
        Assert.Equal(["Choose", "Choose.", "Drive", "Drive!"], _stage.Log);
    }

    [Fact]
    public async Task Neither_is_a_cancellation()
    {
        _stage.Hold("Fly");
        await using RouteParcel.Handle run = Route(Means.Plane).Start(new Parcel(900));
        await _stage.Reached("Fly");

        Assert.True(run.Cancel());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Completion.Soon());
        Assert.Equal(["Choose", "Choose.", "Fly", "Fly~"], _stage.Log);
    }

    private RouteParcel Route(Means means) => new(new Carriers(_stage, means));

    private sealed class Carriers(Stage stage, Means means) : ICarriers
    {
        public ValueTask<Means> ChooseAsync(Parcel parcel, CancellationToken ct) => stage.Play("Choose", means, ct);

        public ValueTask CycleAsync(Parcel parcel, CancellationToken ct) => stage.Play("Cycle", ct);

        public ValueTask DriveAsync(Parcel parcel, CancellationToken ct) => stage.Play("Drive", ct);

        public ValueTask FlyAsync(Parcel parcel, CancellationToken ct) => stage.Play("Fly", ct);
    }
}
