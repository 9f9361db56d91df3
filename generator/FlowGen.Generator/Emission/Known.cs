namespace FlowGen.Generator.Emission;

/// <summary>Fully qualified names that emitted code uses, and how text becomes a C# literal.</summary>
internal static class Known
{
    public const string Services = "global::FlowGen.CompilerServices.";
    public const string Flow = "global::FlowGen.";
    public const string Tasks = "global::System.Threading.Tasks.";
    public const string CancellationToken = "global::System.Threading.CancellationToken";
    public const string Exception = "global::System.Exception";
    public const string Unit = "global::FlowGen.FlowUnit";
    public const string Hidden = "[global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]";
    /// <summary>Of this compiler, as generated code names it.</summary>
    public const string Version = "0.1";

    public const string Generated = "[global::System.CodeDom.Compiler.GeneratedCode(\"FlowGen\", \"" + Version + "\")]";
    public const string Inlined = "[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]";
    public const string NotInlined = "[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]";

    /// <summary>A debugger that steps into what is so marked comes out at the nodes.</summary>
    public const string SteppedThrough = "[global::System.Diagnostics.DebuggerStepThrough]";
    public const string ThreadStatic = "[global::System.ThreadStatic]";

    public static string Awaiter(string? result) => result is null
        ? "global::System.Runtime.CompilerServices.ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter"
        : "global::System.Runtime.CompilerServices.ConfiguredValueTaskAwaitable<" + result + ">.ConfiguredValueTaskAwaiter";

    public static string ValueTask(string? result) => result is null ? Tasks + "ValueTask" : Tasks + "ValueTask<" + result + ">";

    public static string Literal(string text) => Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(text, quote: true);

    /// <summary>Words that are keywords in some places where emitted code puts names, or in newer versions of the language.</summary>
    private static readonly HashSet<string> s_contextual = new(StringComparer.Ordinal)
    {
        "allows", "and", "async", "await", "dynamic", "extension", "field", "file", "global", "nameof", "not", "notnull", "or", "partial", "record",
        "required", "scoped", "unmanaged", "var", "when", "where", "with", "yield",
    };

    public static string Escape(string identifier) =>
        Microsoft.CodeAnalysis.CSharp.SyntaxFacts.GetKeywordKind(identifier) != Microsoft.CodeAnalysis.CSharp.SyntaxKind.None || s_contextual.Contains(identifier)
            ? "@" + identifier
            : identifier;

    public static string XmlText(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");

    public static string Number(int value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
