namespace Patterns.P40;

public sealed record Patient(string Name);

public sealed record BloodTest(string Result);

public sealed record Scan(string Result);

public sealed record HearingTest(string Result);

public sealed record Findings(string All);

public interface IClinic
{
    ValueTask CallAsync(string room, Patient patient, CancellationToken ct);

    ValueTask<string> ExamineAsync(string room, Patient patient, CancellationToken ct);
}

/// <summary>
/// A check-up: each examination once, in whatever order the rooms become free, and never two at a time, for there is one patient only.
/// </summary>
[Workflow]
public sealed partial class CheckUp(IClinic clinic)
{
    public partial ValueTask<Findings> RunAsync(Patient patient, CancellationToken ct = default);

    [Node]
    ValueTask LabIsFree(Patient patient, CancellationToken ct) => clinic.CallAsync("lab", patient, ct);

    [Node, After(nameof(LabIsFree)), Exclusive<Patient>]
    async ValueTask<BloodTest> TakeBlood(Patient patient, CancellationToken ct) => new(await clinic.ExamineAsync("lab", patient, ct));

    [Node]
    ValueTask ScannerIsFree(Patient patient, CancellationToken ct) => clinic.CallAsync("scanner", patient, ct);

    [Node, After(nameof(ScannerIsFree)), Exclusive<Patient>]
    async ValueTask<Scan> TakeScan(Patient patient, CancellationToken ct) => new(await clinic.ExamineAsync("scanner", patient, ct));

    [Node]
    ValueTask BoothIsFree(Patient patient, CancellationToken ct) => clinic.CallAsync("booth", patient, ct);

    [Node, After(nameof(BoothIsFree)), Exclusive<Patient>]
    async ValueTask<HearingTest> TestHearing(Patient patient, CancellationToken ct) => new(await clinic.ExamineAsync("booth", patient, ct));

    [Node]
    Findings Conclude(BloodTest blood, Scan scan, HearingTest hearing) => new($"{blood.Result}, {scan.Result}, {hearing.Result}");
}
