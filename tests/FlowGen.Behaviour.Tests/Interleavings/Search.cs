namespace Behaviour.Interleavings;

public sealed record Area(int Level);

public sealed record Mud(string From);

public sealed record Sand(string From);

public sealed record Rock(string From);

public sealed record Depth(int Level);

public sealed record Noise(string From);

public sealed record Find(int Level);

/// <summary>Rounds of a sub-workflow, beside a node that is withdrawn when they are over.</summary>
[Workflow]
internal sealed partial class Search(Round round, World world)
{
    public partial ValueTask<Find> RunAsync(Area area, CancellationToken ct = default);

    static bool IsShallow(Area area) => area.Level < 3;

    [SubWorkflow(nameof(round)), Repeat(While = nameof(IsShallow), MaxIterations = 5)]
    private partial ValueTask<Area> Dig([Carry] Area area);

    [Node]
    ValueTask<Noise> Watch([Input] Area area, CancellationToken ct) => world.Pass("Watch", new Noise("watch"), ct);

    [Node, Cancels(nameof(Watch))]
    ValueTask<Find> Stop([From(nameof(Dig))] Area area, CancellationToken ct) => world.Pass("Stop", new Find(area.Level), ct);

    [Node, BestEffort]
    async ValueTask Thank(Find find, Noise? noise, CancellationToken ct) => await world.Pass("Thank", ct);
}

/// <summary>Two of three are enough; two of them need the one shovel.</summary>
[Workflow]
internal sealed partial class Round(World world)
{
    public partial ValueTask<Area> RunAsync(Area area, CancellationToken ct = default);

    static Readiness Two(ReadOnlySpan<NodeState> states) => states.Count(NodeState.Completed) >= 2 ? Readiness.Run : Readiness.Wait;

    [Node, Exclusive<Mud>]
    async ValueTask<Mud> Left([Input] Area area, CancellationToken ct) => await world.Alone("shovel", "Left", new Mud("left"), ct);

    [Node, Exclusive<Mud>]
    async ValueTask<Sand> Right([Input] Area area, CancellationToken ct) => await world.Alone("shovel", "Right", new Sand("right"), ct);

    [Node]
    ValueTask<Rock> Below([Input] Area area, CancellationToken ct) => world.Pass("Below", new Rock("below"), ct);

    [Node, ReadyWhen(nameof(Two), nameof(Left), nameof(Right), nameof(Below), CancelRest = true)]
    Depth Go([Input] Area area, Mud? mud, Sand? sand, Rock? rock)
    {
        world.Do("level");
        return new Depth(area.Level + 1);
    }

    [Compensate(nameof(Go))]
    void Refill(Depth depth) => world.Undo("level");

    [Node]
    static Area Rise(Area area, Depth? depth) => new(depth?.Level ?? area.Level);
}
