using Behaviour.Policies;

namespace Behaviour.Rulings;

/// <summary>A child that uses something which has to be cleaned.</summary>
[Workflow]
internal sealed partial class UsesATool(Gate gate, Journal journal)
{
    public partial ValueTask<Ask> RunAsync(Ask ask, CancellationToken ct = default);

    [Node<Tool>]
    private partial One Use([Input] Ask ask);

    [Node]
    async ValueTask<Ask> Work(One one, CancellationToken ct)
    {
        await gate.Wait(ct);
        return journal.Add("work", new Ask(one.Number + 1));
    }
}

[Workflow]
internal sealed partial class UsesItAgain(UsesATool child, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    static bool IsEnough([From(nameof(Call))] Ask ask) => ask.Number > 0;

    [SubWorkflow(nameof(child)), Repeat(Until = nameof(IsEnough), MaxIterations = 2, AtLimit = RepeatLimit.Stop)]
    private partial ValueTask<Ask> Call([Carry, Input] Ask ask);

    [Node]
    Answer Show([From(nameof(Call))] Ask two) => journal.Add("show", new Answer($"{two.Number}"));
}

/// <summary>Two activations side by side.</summary>
[Workflow]
internal sealed partial class UsesTwo(UsesATool left, UsesATool right)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [SubWorkflow(nameof(left))]
    private partial ValueTask<Ask> Left([Input] Ask ask);

    [SubWorkflow(nameof(right))]
    private partial ValueTask<Ask> Right([Input] Ask ask);

    [Node]
    Answer Show([From(nameof(Left))] Ask one, [From(nameof(Right))] Ask two) => new($"{one.Number} {two.Number}");
}

/// <summary>
/// "Each attempt, iteration or element of a sub-workflow is an activation of its own: Started, its nodes, Completed, cleanup (Immediate only), then the parent's next node; parallel
/// pairs may interleave." Attempts and elements stand in <c>RetryActivationsTests</c> and <c>ElementActivationsTests</c>.
/// </summary>
public sealed class ActivationTests
{
    private readonly Tries _tries = new();
    private readonly Gate _gate = new();
    private readonly Journal _journal = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Each_iteration_is_an_activation_of_its_own(bool opensFirst)
    {
        if (opensFirst)
        {
            _gate.Open();
        }

        ValueTask<Answer> run = new UsesItAgain(new UsesATool(_gate, _journal), _journal) { Runtime = _tries.Watch() }.RunAsync(new Ask(-9));
        _gate.Open();

        Assert.Equal("-7", (await run.Soon()).Text);
        Assert.Equal(["tool", "work", "clean", "tool", "work", "clean", "show"], _journal.Entries);
        Assert.Equal([">Call", "<Call Completed", ">Call", "<Call Completed"], _tries.Boundaries);
    }

    [Fact]
    public async Task Parallel_pairs_may_interleave()
    {
        Gate right = new();
        ValueTask<Answer> run = new UsesTwo(new UsesATool(_gate, _journal), new UsesATool(right, _journal)) { Runtime = _tries.Watch() }.RunAsync(new Ask(1));
        right.Open();
        _gate.Open();

        Assert.Equal("2 2", (await run.Soon()).Text);
        Assert.Equal([">Left", ">Right", "<Right Completed", "<Left Completed"], _tries.Boundaries);
    }
}
