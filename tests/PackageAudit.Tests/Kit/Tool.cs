using PackageAudit.Model;

namespace PackageAudit.Tests.Kit;

/// <summary>Runs the program in this process, as a pipe would see it.</summary>
internal static class Tool
{
    public static Task<ToolResult> RunAsync(params IReadOnlyList<string> args) => RunAsync(args, null, CancellationToken.None);

    public static async Task<ToolResult> RunAsync(IReadOnlyList<string> args, Action<PackageReport>? audited, CancellationToken ct)
    {
        StringWriter output = new();
        StringWriter messages = new();
        AuditTool tool = new(Terminal.Over(output, isRedirected: true), Terminal.Over(messages, isRedirected: true)) { Audited = audited };
        return new ToolResult(await tool.RunAsync(args, ct), output.ToString(), messages.ToString());
    }
}

internal sealed record ToolResult(int ExitCode, string Output, string Messages);
