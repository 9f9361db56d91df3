namespace Patterns.P01_Sequence;

public sealed class P01_SequenceTests
{
    private readonly Stage _stage = new();
    private readonly BakeBread _bake;

    public P01_SequenceTests() => _bake = new BakeBread(new Bakery(_stage));

    [Fact]
    public async Task Each_starts_after_the_one_before_it()
    {
        _stage.Hold("Knead", "Bake");
        ValueTask<Loaf> run = _bake.RunAsync(new Flour(500));
        Assert.Equal(["Knead"], _stage.Log);

        _stage.Release("Knead");
        Assert.Equal(["Knead", "Knead.", "Bake"], _stage.Log);

        _stage.Release("Bake");
        Assert.Equal(new Loaf(700), await run.Soon());
        Assert.Equal(["Knead", "Knead.", "Bake", "Bake.", "Wash", "Wash."], _stage.Log);
    }

    [Fact]
    public async Task After_a_failure_nothing_starts()
    {
        StageException error = _stage.Fail("Knead");

        Assert.Same(error, await Assert.ThrowsAsync<StageException>(() => _bake.RunAsync(new Flour(500)).Soon()));
        Assert.Equal(["Knead", "Knead!"], _stage.Log);
    }

    [Fact]
    public async Task After_a_cancellation_nothing_starts()
    {
        _stage.Hold("Bake");
        await using BakeBread.Handle run = _bake.Start(new Flour(500));
        await _stage.Reached("Bake");

        Assert.True(run.Cancel());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Completion.Soon());
        Assert.Equal(["Knead", "Knead.", "Bake", "Bake~"], _stage.Log);
        Assert.Equal((RunStatus.Cancelled, NodeState.Cancelled), (run.Status, run[BakeBread.NodeId.Bake]));
    }

    private sealed class Bakery(Stage stage) : IBakery
    {
        public ValueTask<Dough> KneadAsync(Flour flour, CancellationToken ct) => stage.Play("Knead", new Dough(flour.Grams + 300), ct);

        public ValueTask<Loaf> BakeAsync(Dough dough, CancellationToken ct) => stage.Play("Bake", new Loaf(dough.Grams - 100), ct);

        public ValueTask WashUpAsync(CancellationToken ct) => stage.Play("Wash", ct);
    }
}
