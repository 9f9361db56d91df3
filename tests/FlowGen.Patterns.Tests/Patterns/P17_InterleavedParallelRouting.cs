namespace Patterns.P17_InterleavedParallelRouting;

/// <summary>Tasks run one at a time, in any order that respects the given partial order.</summary>
/// <remarks>
/// <see cref="ExclusiveAttribute{TSection}"/> names a section in which at most one node of the run executes. The partial order is what the parameters say: the result is
/// discussed after blood was taken, and the x-ray may be before, between or after the two.
/// </remarks>
[Workflow]
public sealed partial class ExaminePatient(IClinic clinic)
{
    public partial ValueTask<Diagnosis> RunAsync(Patient patient, CancellationToken ct = default);

    [Node, Exclusive<Patient>]
    ValueTask<BloodCount> TakeBlood(Patient patient, CancellationToken ct) => clinic.TakeBloodAsync(patient, ct);

    [Node, Exclusive<Patient>]
    ValueTask<Image> XRay(Patient patient, CancellationToken ct) => clinic.XRayAsync(patient, ct);

    [Node, Exclusive<Patient>]
    ValueTask<History> Interview(Patient patient, BloodCount blood, CancellationToken ct) => clinic.InterviewAsync(patient, blood, ct);

    [Node]
    ValueTask<Diagnosis> Diagnose(Image image, History history, CancellationToken ct) => clinic.DiagnoseAsync(image, history, ct);
}

public sealed record Patient(string Name);

public sealed record BloodCount(int Value);

public sealed record Image(string Text);

public sealed record History(string Text);

public sealed record Diagnosis(string Text);

public interface IClinic
{
    ValueTask<BloodCount> TakeBloodAsync(Patient patient, CancellationToken ct);

    ValueTask<Image> XRayAsync(Patient patient, CancellationToken ct);

    ValueTask<History> InterviewAsync(Patient patient, BloodCount blood, CancellationToken ct);

    ValueTask<Diagnosis> DiagnoseAsync(Image image, History history, CancellationToken ct);
}
