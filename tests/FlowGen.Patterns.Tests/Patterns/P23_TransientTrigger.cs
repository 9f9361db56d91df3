namespace Patterns.P23;

public sealed record Jumper(string Name);

public sealed record Doorway(Jumper Jumper);

public sealed record GreenLight(int Altitude);

public sealed record Jump(string Name, int Altitude);

public interface IAircraft
{
    ValueTask<Doorway> OpenDoorAsync(Jumper jumper, CancellationToken ct);
}

/// <summary>The pilot's green light counts only while the jumper stands in the door. One that comes earlier is lost, for it says nothing about now.</summary>
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
