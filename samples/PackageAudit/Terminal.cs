using Spectre.Console;

namespace PackageAudit;

/// <summary>Spectre.Console over a writer, with control sequences only where a person looks.</summary>
internal static class Terminal
{
    // Wide enough that nothing is wrapped when the output goes into a file or another program.
    private const int FileWidth = 200;

    public static IAnsiConsole Over(TextWriter writer, bool isRedirected)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isRedirected ? AnsiSupport.No : AnsiSupport.Detect,
            Interactive = isRedirected ? InteractionSupport.No : InteractionSupport.Detect,
        });
        if (isRedirected) console.Profile.Width = FileWidth;
        return console;
    }
}
