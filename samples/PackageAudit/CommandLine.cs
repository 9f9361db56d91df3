using System.CommandLine;

namespace PackageAudit;

/// <summary>What the user asked for.</summary>
/// <param name="Path">A folder, or a file in it; null for the repository around the working directory.</param>
/// <param name="Parallel">Packages in flight; 0 for no limit.</param>
internal sealed record AuditOptions(string? Path, bool Json, bool Graph, bool Memory, bool Strict, int Parallel);

/// <summary>The command line, and its help.</summary>
internal static class CommandLine
{
    private static readonly Argument<string?> Path = new("path")
    {
        Description = "Folder, solution or project whose restored packages to audit [default: the repository around the working directory]",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<bool> Json = new("--json") { Description = "Print the report as JSON" };
    private static readonly Option<bool> Graph = new("--graph") { Description = "Print the audit's own workflow graph as Mermaid, and audit nothing" };
    private static readonly Option<bool> Memory = new("--memory") { Description = "Also print which workflow objects and node instances are pooled, in use and given back" };
    private static readonly Option<bool> Strict = new("--strict") { Description = "Let warnings count for the exit code" };

    private static readonly Option<int> Parallel = new("--parallel")
    {
        Description = "Packages to audit at the same time, 0 for no limit [default: two per processor]",
        HelpName = "N",
        CustomParser = result =>
        {
            if (int.TryParse(result.Tokens.Count == 1 ? result.Tokens[0].Value : "", out int value) && value >= 0) return value;
            result.AddError("--parallel takes a number, 0 or more");
            return 0;
        },
    };

    private static readonly RootCommand Root = Build();

    public static ParseResult Parse(IReadOnlyList<string> args) => Root.Parse(args);

    public static AuditOptions Read(ParseResult line) => new(
        line.GetValue(Path),
        line.GetValue(Json),
        line.GetValue(Graph),
        line.GetValue(Memory),
        line.GetValue(Strict),
        line.GetResult(Parallel) is null ? 2 * Environment.ProcessorCount : line.GetValue(Parallel));

    private static RootCommand Build()
    {
        // A mistyped option is not a path.
        Path.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: ['-', ..] option }]) result.AddError($"unknown option '{option}'");
        });
        RootCommand root = new(
            """
            Audits every NuGet package that a solution restored: hashes, signature, licence, size, target frameworks, versions.

            Exit codes: 0 clean, 1 findings that count, 2 the audit failed or the command line is wrong, 130 cancelled.
            Errors (missing or corrupt files, hashes that differ) always count; warnings (unsigned, unlicensed, several
            versions of one package) count with --strict.
            """)
        {
            Path, Json, Graph, Memory, Strict, Parallel,
        };
        return root;
    }
}
