namespace Patterns.P06_MultiChoice;

/// <summary>Any number of several branches is taken, as data decide: all of them, some, or none.</summary>
/// <remarks>Each branch has a condition of its own. Conditions are plain methods of the workflow; their parameters are bound like those of nodes.</remarks>
[Workflow]
public sealed partial class AnswerEmergency(IDispatch dispatch)
{
    public partial ValueTask RunAsync(EmergencyCall call, CancellationToken ct = default);

    [Node]
    ValueTask<Situation> Assess(EmergencyCall call, CancellationToken ct) => dispatch.AssessAsync(call, ct);

    static bool IsCrime(Situation situation) => situation.Crime;

    static bool IsFire(Situation situation) => situation.Fire;

    static bool IsInjury(Situation situation) => situation.Injury;

    [Node, When(nameof(IsCrime))]
    ValueTask SendPolice(EmergencyCall call, CancellationToken ct) => dispatch.SendPoliceAsync(call, ct);

    [Node, When(nameof(IsFire))]
    ValueTask SendFireEngine(EmergencyCall call, CancellationToken ct) => dispatch.SendFireEngineAsync(call, ct);

    [Node, When(nameof(IsInjury))]
    ValueTask SendAmbulance(EmergencyCall call, CancellationToken ct) => dispatch.SendAmbulanceAsync(call, ct);
}

public sealed record EmergencyCall(string Place);

public sealed record Situation(bool Crime, bool Fire, bool Injury);

public interface IDispatch
{
    ValueTask<Situation> AssessAsync(EmergencyCall call, CancellationToken ct);

    ValueTask SendPoliceAsync(EmergencyCall call, CancellationToken ct);

    ValueTask SendFireEngineAsync(EmergencyCall call, CancellationToken ct);

    ValueTask SendAmbulanceAsync(EmergencyCall call, CancellationToken ct);
}
