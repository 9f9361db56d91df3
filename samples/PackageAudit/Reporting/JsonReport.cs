using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using FlowGen;
using PackageAudit.Model;

namespace PackageAudit.Reporting;

/// <summary>The report for programs. Fields are only ever added; anything else raises <see cref="JsonDocumentModel.Schema"/>.</summary>
internal static class JsonReport
{
    // Hashes hold '+' and messages quotes, and nobody pastes this into HTML.
    private static readonly JsonReportContext Context = new(new JsonSerializerOptions(JsonReportContext.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static void Write(TextWriter output, SolutionReport report, TimeSpan elapsed, FlowMemory? memory)
    {
        JsonDocumentModel document = new(
            Schema: 1,
            report.Root,
            Math.Round(elapsed.TotalSeconds, 3),
            new JsonSummary(
                report.Projects.Count,
                report.Packages.Count,
                report.Packages.Sum(package => package.Files ?? 0),
                report.Packages.Sum(package => package.Bytes ?? 0),
                report.Packages.Count(package => package.Signed is true),
                report.Errors,
                report.Warnings),
            [.. report.Projects.Select(project => new JsonProject(project.Name, project.AssetsPath))],
            report.Findings,
            report.Packages,
            memory is null ? null : [.. MemoryReport.Lines(memory)]);
        output.WriteLine(JsonSerializer.Serialize(document, Context.JsonDocumentModel));
    }
}

/// <param name="Memory">With --memory only.</param>
internal sealed record JsonDocumentModel(
    int Schema,
    string Root,
    double ElapsedSeconds,
    JsonSummary Summary,
    IReadOnlyList<JsonProject> Projects,
    IReadOnlyList<Finding> Findings,
    IReadOnlyList<PackageReport> Packages,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<MemoryLine>? Memory);

internal sealed record JsonSummary(int Projects, int Packages, int Files, long Bytes, int Signed, int Errors, int Warnings);

internal sealed record JsonProject(string Name, string Assets);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(JsonDocumentModel))]
internal sealed partial class JsonReportContext : JsonSerializerContext;
