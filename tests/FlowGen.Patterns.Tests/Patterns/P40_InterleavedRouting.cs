namespace Patterns.P40_InterleavedRouting;

/// <summary>Each of a set of tasks is done once, in whatever order comes, and never two at the same time.</summary>
/// <remarks>
/// A check-up: the rooms become free in an order that nobody knows, and there is one patient only. <c>[Exclusive]</c> keeps the
/// examinations apart without giving them an order.
/// </remarks>
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
