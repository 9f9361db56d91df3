namespace Patterns.P23_TransientTrigger;

/// <summary>A signal starts a task if the task is waiting for it at that moment, and is lost otherwise.</summary>
/// <remarks>
/// The pilot's green light counts while the jumper stands in the door; an earlier one says nothing about now. <see cref="WaitAttribute.Transient"/> makes a
/// <see cref="WaitAttribute"/> forget what comes too early: <c>TrySet</c> answers false then, so that the sender knows.
/// </remarks>
[Workflow]
public sealed partial class ParachuteJump(IAircraft aircraft)
{
    public partial ValueTask<Jump> RunAsync(Jumper jumper, CancellationToken ct = default);

    [Node]
    ValueTask<Doorway> GoToDoor(Jumper jumper, CancellationToken ct) => aircraft.OpenDoorAsync(jumper, ct);

    [Wait(Transient = true), Timeout(Minutes = 2)]
    private partial ValueTask<GreenLight> Light(Doorway door);

    [Node]
    Jump Leap(Doorway door, GreenLight light) => new(door.Jumper.Name, light.Altitude);
}

public sealed record Jumper(string Name);

public sealed record Doorway(Jumper Jumper);

public sealed record GreenLight(int Altitude);

public sealed record Jump(string Name, int Altitude);

public interface IAircraft
{
    ValueTask<Doorway> OpenDoorAsync(Jumper jumper, CancellationToken ct);
}
