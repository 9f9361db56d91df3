using System.Diagnostics;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime;
using System.Runtime.Loader;
using FlowGen.Benchmarks.Sources;
using FlowGen.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FlowGen.Benchmarks.Scale;

/// <summary>A workflow compiled at run time, with what each part of that took.</summary>
public sealed class ScaleFlow
{
    private static readonly CSharpParseOptions s_parse = new(LanguageVersion.CSharp13);

    private ScaleFlow()
    {
    }

    /// <summary>Milliseconds per step of the generator, by name.</summary>
    public required IReadOnlyDictionary<string, double> Steps { get; init; }

    /// <summary>Milliseconds of the C# compiler for everything after the generator.</summary>
    public required double Compiling { get; init; }

    /// <summary>Characters that the generator wrote.</summary>
    public required int EmittedLength { get; init; }

    /// <summary>The longest body that a run executes, in bytes of IL. The JIT stops optimising at 60,000.</summary>
    public required int LongestBody { get; init; }

    /// <summary>All bodies.</summary>
    public required int AllBodies { get; init; }

    /// <summary>Completes what is pending.</summary>
    public Pump Pump { get; } = new();

    /// <summary>The run of an entry that answers with a value.</summary>
    public Func<int, int> Run { get; private set; } = null!;

    /// <summary>The run of an entry that answers with a task.</summary>
    public Func<int, ValueTask<int>> RunAsync { get; private set; } = null!;

    /// <summary>Generates, compiles and loads.</summary>
    /// <param name="source">With a class <c>Flow</c>.</param>
    /// <exception cref="InvalidOperationException">It does not compile.</exception>
    public static ScaleFlow Compile(string source)
    {
        CSharpCompilation input = CSharpCompilation.Create(
            "Scale",
            [CSharpSyntaxTree.ParseText(source, s_parse, "Flow.cs")],
            References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable));

        // What the compiler has to find out anyway is not the generator's time.
        _ = input.GetDiagnostics();
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new FlowGenerator().AsSourceGenerator()],
            parseOptions: s_parse,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        driver = driver.RunGeneratorsAndUpdateCompilation(input, out Compilation output, out _);
        GeneratorRunResult result = driver.GetRunResult().Results[0];
        if (result.Exception is { } crash)
            throw new InvalidOperationException("The generator crashed.", crash);

        using MemoryStream image = new();
        long start = Stopwatch.GetTimestamp();
        Microsoft.CodeAnalysis.Emit.EmitResult emitted = output.Emit(image);
        double compiling = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        if (!emitted.Success)
            throw new InvalidOperationException(string.Join('\n', emitted.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Take(10)));

        image.Position = 0;
        (bool IsInitializer, int Length)[] bodies = BodySizes(image);
        image.Position = 0;
        ScaleFlow flow = new()
        {
            Steps = result.TrackedSteps.ToDictionary(step => step.Key, step => step.Value.Sum(run => run.ElapsedTime.TotalMilliseconds), StringComparer.Ordinal),
            Compiling = compiling,
            EmittedLength = result.GeneratedSources.Sum(file => file.SourceText.Length),
            LongestBody = bodies.Max(body => body.IsInitializer ? 0 : body.Length),
            AllBodies = bodies.Sum(body => body.Length),
        };
        flow.Bind(new AssemblyLoadContext("Scale", isCollectible: false).LoadFromStream(image).GetType("Flow", throwOnError: true)!);
        return flow;
    }

    /// <summary>
    /// Runs until the JIT has nothing left to do. The C# compiler has just run in this process and is ahead of the workflow in the queue of
    /// what is to be optimised: without this, a benchmark would measure code that is not.
    /// </summary>
    public static void Settle(Action run)
    {
        ArgumentNullException.ThrowIfNull(run);
        int quiet = 0;
        long compiled = 0;
        for (int second = 0; second < 20 && quiet < 2; second++)
        {
            for (long from = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(from).TotalMilliseconds < 1_000;)
                run();
            long now = JitInfo.GetCompiledMethodCount();
            quiet = now == compiled ? quiet + 1 : 0;
            compiled = now;
        }
    }

    private static IEnumerable<MetadataReference> References =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name is "FlowGen.dll" or "FlowGen.Benchmarks.dll"))
            .Select(path => MetadataReference.CreateFromFile(path));

    private static (bool IsInitializer, int Length)[] BodySizes(Stream image)
    {
        using PEReader reader = new(image, PEStreamOptions.LeaveOpen);
        MetadataReader metadata = reader.GetMetadataReader();

        // Static initialisers run once.
        return [.. metadata.MethodDefinitions
            .Select(metadata.GetMethodDefinition)
            .Where(method => method.RelativeVirtualAddress != 0)
            .Select(method => (metadata.StringComparer.Equals(method.Name, ".cctor"), reader.GetMethodBody(method.RelativeVirtualAddress).GetILReader().Length))];
    }

    private void Bind(Type type)
    {
        object flow = type.GetConstructors()[0].GetParameters().Length == 0 ? Activator.CreateInstance(type)! : Activator.CreateInstance(type, Pump)!;
        if (type.GetMethod("Run", BindingFlags.Public | BindingFlags.Instance) is { } run)
            Run = run.CreateDelegate<Func<int, int>>(flow);
        else
            RunAsync = type.GetMethod("RunAsync")!.CreateDelegate<Func<int, ValueTask<int>>>(flow);
    }
}
