using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using RandomGraphs.Sources;

namespace RandomGraphs.Running;

/// <summary>
/// Many random workflows in one compilation, which costs far less than one for each: source, generator, assembly, and how to start each of
/// them. What does not compile is left out and reported for its graph.
/// </summary>
internal sealed class Batch : IDisposable
{
    private readonly AssemblyLoadContext _context = new("Random graphs", isCollectible: false);
    private readonly Assembly? _assembly;
    private static readonly CSharpParseOptions s_parse = new(LanguageVersion.Preview, DocumentationMode.None);

    // What all batches have in common, so that what is referenced is read once.
    private static readonly Lazy<CSharpCompilation> s_empty = new(() =>
    {
        CSharpCompilation empty = FlowCompiler.CreateCompilation(s_parse, FlowCompiler.Usings, SourceWriter.Usings)
            .AddReferences(MetadataReference.CreateFromFile(typeof(Batch).Assembly.Location));
        return empty.WithOptions(empty.Options.WithOptimizationLevel(OptimizationLevel.Release).WithConcurrentBuild(false));
    });

    private static int s_compiled;
    private static long s_ticks;

    /// <param name="flows">The graphs, by the names that set them apart.</param>
    /// <param name="plant">Changes an emitted file (by hint name); for planted faults.</param>
    public Batch(IReadOnlyDictionary<string, Flow> flows, Func<string, string, string>? plant = null)
    {
        Dictionary<string, string> left = flows.ToDictionary(flow => flow.Key, flow => SourceWriter.Write(flow.Value, flow.Key), StringComparer.Ordinal);
        Sources = new Dictionary<string, string>(left, StringComparer.Ordinal);
        while (left.Count > 0)
        {
            long start = System.Diagnostics.Stopwatch.GetTimestamp();
            CSharpCompilation compilation = Compile(left, plant, out ImmutableArray<Diagnostic> reported);
            using MemoryStream image = new();
            ImmutableArray<Diagnostic> diagnostics = [.. reported, .. compilation.Emit(image).Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)];
            Interlocked.Add(ref s_ticks, System.Diagnostics.Stopwatch.GetElapsedTime(start).Ticks);
            Interlocked.Add(ref s_compiled, left.Count);
            if (diagnostics.Length == 0)
            {
                image.Position = 0;
                _assembly = _context.LoadFromStream(image);
                return;
            }

            // FlowGen's own errors have no location, but leave a body that throws.
            HashSet<string> broken = [.. left.Keys.Where(graph => compilation.SyntaxTrees.Any(tree => IsOf(graph, tree) && tree.ToString().Contains(".NotCompiled(", StringComparison.Ordinal)))];
            broken.UnionWith(left.Keys.Where(graph => diagnostics.Any(d => d.Location.SourceTree is { } tree && IsOf(graph, tree))));
            foreach (string graph in broken)
            {
                IEnumerable<Diagnostic> own = diagnostics.Where(d => d.Location.SourceTree is not { } tree || IsOf(graph, tree));
                Refused.Add(graph, string.Join(Environment.NewLine, own.Take(3).Select(d => $"compile {d.Id}: {d}")));
                left.Remove(graph);
            }

            if (broken.Count == 0)
            {
                throw new InvalidOperationException($"No graph of the batch is to blame: {diagnostics[0]}");
            }
        }
    }

    /// <summary>What compiling has cost so far.</summary>
    public static string Timing => $"{s_compiled} files compiled in {TimeSpan.FromTicks(s_ticks).TotalSeconds:F1} s";

    /// <summary>The author's source of each graph.</summary>
    public IReadOnlyDictionary<string, string> Sources { get; }

    /// <summary>Why a graph did not compile.</summary>
    public Dictionary<string, string> Refused { get; } = new(StringComparer.Ordinal);

    /// <summary>A workflow object of a graph, as what starts a run of it.</summary>
    public Func<Place, CancellationToken, Task<string>> Make(string graph, FlowRuntime runtime)
        => (Func<Place, CancellationToken, Task<string>>)_assembly!.GetType($"{graph}.Entry", throwOnError: true)!.GetMethod("Make")!.Invoke(null, [runtime])!;

    /// <summary>The same through the handle.</summary>
    public Func<Place, CancellationToken, Held> Begin(string graph, FlowRuntime runtime)
        => (Func<Place, CancellationToken, Held>)_assembly!.GetType($"{graph}.Entry", throwOnError: true)!.GetMethod("Begin")!.Invoke(null, [runtime])!;

    public void Dispose()
    {
        foreach (string type in Tracked.Census.Keys.Where(type => Sources.ContainsKey(type[..type.IndexOf('.', StringComparison.Ordinal)])))
        {
            Tracked.Census.TryRemove(type, out _);
        }
    }

    private static CSharpCompilation Compile(Dictionary<string, string> sources, Func<string, string, string>? plant, out ImmutableArray<Diagnostic> reported)
    {
        CSharpCompilation input = s_empty.Value.AddSyntaxTrees(sources.Values.Select((text, i) => CSharpSyntaxTree.ParseText(text, s_parse, $"Source of graph {i}.cs", System.Text.Encoding.UTF8)));
        int files = input.SyntaxTrees.Length;
        FlowCompiler.CreateDriver(s_parse).RunGeneratorsAndUpdateCompilation(input, out Compilation output, out reported);
        foreach (SyntaxTree emitted in plant is null ? [] : output.SyntaxTrees.Skip(files).ToList())
        {
            string text = emitted.ToString();
            string planted = plant!(Path.GetFileNameWithoutExtension(emitted.FilePath), text);
            if (!ReferenceEquals(planted, text))
            {
                output = output.ReplaceSyntaxTree(emitted, CSharpSyntaxTree.ParseText(planted, s_parse, emitted.FilePath, System.Text.Encoding.UTF8));
            }
        }

        return (CSharpCompilation)output;
    }

    /// <summary>Whether a file is the source of a graph, or was emitted for it.</summary>
    private static bool IsOf(string graph, SyntaxTree tree)
        => Path.GetFileName(tree.FilePath).StartsWith($"{graph}.", StringComparison.Ordinal)
            || (Path.GetFileName(tree.FilePath).StartsWith("Source", StringComparison.Ordinal) && tree.ToString().StartsWith($"namespace {graph};", StringComparison.Ordinal));
}
