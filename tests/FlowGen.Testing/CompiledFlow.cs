using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FlowGen.Testing;

/// <summary>The outcome of one in-memory compilation: what the generator wrote, what was reported, and the assembly if there is one.</summary>
public sealed class CompiledFlow
{
    private readonly GeneratorDriverRunResult _run;

    internal CompiledFlow(
        CSharpCompilation input, CSharpCompilation output, GeneratorDriverRunResult run, ImmutableArray<Diagnostic> reported)
    {
        _run = run;
        Input = input;
        Output = output;
        FromGenerator = reported;
        HashSet<SyntaxTree> emitted = [.. run.GeneratedTrees];
        FromCompiler =
        [
            .. output.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error
                || (d.Id == "CS1591" && d.Location.SourceTree is { } tree && emitted.Contains(tree))),
        ];
    }

    /// <summary>Before the generator ran.</summary>
    public CSharpCompilation Input { get; }

    /// <summary>With everything the generator added.</summary>
    public CSharpCompilation Output { get; }

    /// <summary>What the generator reported (FG0001, FG0002).</summary>
    public ImmutableArray<Diagnostic> FromGenerator { get; }

    /// <summary>Errors of the C# compiler, warnings included, and undocumented public members in emitted files.</summary>
    public ImmutableArray<Diagnostic> FromCompiler { get; }

    /// <summary>Emitted files by hint name.</summary>
    public IReadOnlyDictionary<string, string> Files
        => _run.Results.SelectMany(r => r.GeneratedSources).ToDictionary(s => s.HintName, s => s.SourceText.ToString(), StringComparer.Ordinal);

    /// <summary>Throws, with the diagnostics and the emitted files around them, unless everything compiled.</summary>
    public CompiledFlow MustCompile()
    {
        Exception? crash = _run.Results.Select(r => r.Exception).FirstOrDefault(e => e is not null);
        if (crash is not null || FromGenerator.Length > 0 || FromCompiler.Length > 0)
        {
            throw new InvalidOperationException(Report(crash, FromCompiler));
        }

        return this;
    }

    /// <summary>Loads the assembly into a context of its own, for as long as the process lives.</summary>
    /// <remarks>
    /// Not one that can be unloaded: in .NET 10 a process may crash when the collector takes a class whose thread-static fields were used on
    /// several threads, with or without FlowGen (compare dotnet/runtime pull request 111257).
    /// </remarks>
    public LoadedFlow Load()
    {
        MustCompile();
        return LoadAnyway();
    }

    /// <summary>The same for a workflow the generator refused, which still compiles apart from FlowGen's own errors.</summary>
    public LoadedFlow LoadAnyway()
    {
        using MemoryStream image = new();
        using MemoryStream symbols = new();
        Microsoft.CodeAnalysis.Emit.EmitResult emitted = Output.Emit(image, symbols);
        if (!emitted.Success)
        {
            throw new InvalidOperationException(Report(crash: null, emitted.Diagnostics));
        }

        image.Position = 0;
        symbols.Position = 0;
        AssemblyLoadContext context = new("Compiled", isCollectible: false);
        return new LoadedFlow(context.LoadFromStream(image, symbols));
    }

    private string Report(Exception? crash, IEnumerable<Diagnostic> fromCompiler)
    {
        IEnumerable<string> lines = FromGenerator.Concat(fromCompiler).Select(Describe);
        return string.Join(Environment.NewLine, lines.Prepend(crash?.ToString() ?? "The compilation has errors:"));
    }

    private static string Describe(Diagnostic diagnostic)
    {
        string text = diagnostic.ToString();
        if (diagnostic.Location.SourceTree is { } tree)
        {
            int line = diagnostic.Location.GetLineSpan().StartLinePosition.Line;
            text += string.Create(CultureInfo.InvariantCulture, $"{Environment.NewLine}    {tree.GetText().Lines[line].ToString().Trim()}");
        }

        return text;
    }
}

/// <summary>A compiled assembly in a load context of its own.</summary>
public sealed class LoadedFlow(Assembly assembly)
{
    public Assembly Assembly { get; } = assembly;

    /// <summary>Calls the public static method <paramref name="method"/> of type <paramref name="type"/> with <paramref name="arguments"/>.</summary>
    /// <remarks>Exceptions come as they were thrown, without a TargetInvocationException around them.</remarks>
    public T Call<T>(string type, string method, params object?[] arguments)
        => (T)Assembly.GetType(type, throwOnError: true)!
            .GetMethod(method, BindingFlags.Public | BindingFlags.Static)!
            .Invoke(obj: null, BindingFlags.DoNotWrapExceptions, binder: null, arguments, CultureInfo.InvariantCulture)!;
}
