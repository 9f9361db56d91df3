using System.Collections.Immutable;
using FlowGen.Generator.Linking;
using FlowGen.Generator.Model;
using FlowGen.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FlowGen.Generator.Tests.Incremental;

/// <summary>Runs the generator, changes something, runs it again, and tells what each step did the second time.</summary>
internal sealed class Edit
{
    private static readonly CSharpParseOptions s_parse = new(LanguageVersion.Preview, DocumentationMode.Diagnose);

    private readonly List<string> _before;
    private readonly List<string> _after;
    private Func<CSharpCompilation, CSharpCompilation> _compilation = c => c;
    private Func<GeneratorDriver, GeneratorDriver> _driver = d => d;
    private CSharpParseOptions _parse = s_parse;

    public Edit(params string[] files)
    {
        _before = [.. files];
        _after = [.. files];
    }

    /// <summary>The columns of <see cref="Row"/>: the workflows before and after, by name.</summary>
    public const string Heading = "Parse | Bind | Link | Lower | Emit | Output | Catalog";

    /// <summary>Replaces the one occurrence of <paramref name="old"/>.</summary>
    public Edit Replace(string old, string with)
    {
        int file = _after.FindIndex(text => text.Contains(old, StringComparison.Ordinal));
        Assert.True(file >= 0, $"'{old}' is nowhere.");
        _after[file] = _after[file].Replace(old, with, StringComparison.Ordinal);
        return this;
    }

    /// <summary>Replaces every occurrence in every file.</summary>
    public Edit ReplaceAll(string old, string with)
    {
        for (int i = 0; i < _after.Count; i++)
        {
            _after[i] = _after[i].Replace(old, with, StringComparison.Ordinal);
        }

        return this;
    }

    public Edit InsertFile(int index, string text)
    {
        _after.Insert(index, text);
        return this;
    }

    public Edit RemoveFile(int index)
    {
        _after.RemoveAt(index);
        return this;
    }

    /// <summary>Changes the project: references, options, the assembly's name.</summary>
    public Edit Project(Func<CSharpCompilation, CSharpCompilation> change)
    {
        _compilation = change;
        return this;
    }

    /// <summary>Reads every file again, as another version of the language.</summary>
    public Edit Language(LanguageVersion version)
    {
        _parse = s_parse.WithLanguageVersion(version);
        _driver = driver => driver.WithUpdatedParseOptions(_parse);
        return this;
    }

    /// <summary>Sets an MSBuild property.</summary>
    public Edit Property(string name, string value)
    {
        AnalyzerConfigOptionsProvider properties = new BuildProperties(new Dictionary<string, string>(StringComparer.Ordinal) { [name] = value });
        _driver = driver => driver.WithUpdatedAnalyzerConfigOptions(properties);
        return this;
    }

    /// <summary>
    /// One cell for each step of <see cref="Heading"/>, and in it one letter for each workflow, sorted by name: <c>C</c>ached,
    /// <c>U</c>nchanged, <c>M</c>odified, <c>N</c>ew, <c>R</c>emoved.
    /// </summary>
    public string Row()
    {
        GeneratorRunResult result = RunTwice().GetRunResult().Results.Single();
        string[] steps = [.. Names().Where(n => n != TrackingNames.Catalog).Select(n => Letters(Outputs(result, n))), Letters(Written(result)), Letters(Outputs(result, TrackingNames.Catalog))];
        return string.Join(" | ", steps);
    }

    /// <summary>What is generated without the edit, but for the catalog.</summary>
    public IEnumerable<KeyValuePair<string, string>> Files() => Sources(CreateDriver().RunGenerators(Compilation(_before)));

    /// <summary>What an incremental run makes of the edit.</summary>
    public IEnumerable<KeyValuePair<string, string>> FilesAfter() => Sources(RunTwice());

    /// <summary>What a first run makes of the same files: an incremental one must not differ.</summary>
    public IEnumerable<KeyValuePair<string, string>> FilesFromNothing() => Sources(_driver(CreateDriver()).RunGenerators(Change(Compilation(_before))));

    private GeneratorDriver RunTwice()
    {
        CSharpCompilation before = Compilation(_before);
        GeneratorDriver driver = CreateDriver().RunGenerators(before);
        Assert.Null(driver.GetRunResult().Results.Single().Exception);
        driver = _driver(driver).RunGenerators(Change(before));
        Assert.Null(driver.GetRunResult().Results.Single().Exception);
        return driver;
    }

    private static GeneratorDriver CreateDriver() => CSharpGeneratorDriver.Create(
        FlowCompiler.CreateGenerators(),
        parseOptions: s_parse,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    private static IEnumerable<KeyValuePair<string, string>> Sources(GeneratorDriver driver)
        => driver.GetRunResult().Results.Single().GeneratedSources
            .Where(source => source.HintName != "FlowGenCatalog.g.cs")
            .Select(source => KeyValuePair.Create(source.HintName, source.SourceText.ToString()))
            .OrderBy(file => file.Key, StringComparer.Ordinal);

    private static IEnumerable<string> Names() => typeof(TrackingNames).GetFields().Select(field => (string)field.GetRawConstantValue()!);

    private static IEnumerable<(object Value, IncrementalStepRunReason Reason)> Outputs(GeneratorRunResult result, string step)
        => result.TrackedSteps.TryGetValue(step, out ImmutableArray<IncrementalGeneratorRunStep> runs) ? runs.SelectMany(run => run.Outputs) : [];

    /// <summary>The outputs that write a workflow's file, called by what they are made from.</summary>
    private static IEnumerable<(object Value, IncrementalStepRunReason Reason)> Written(GeneratorRunResult result)
        => result.TrackedOutputSteps.Values.SelectMany(runs => runs)
            .Select(run => (run.Inputs[0].Source.Outputs[run.Inputs[0].OutputIndex].Value, run.Outputs[0].Reason))
            .Where(output => output.Value is EmittedFile { HintName: not "FlowGenCatalog.g.cs" });

    private static string Letters(IEnumerable<(object Value, IncrementalStepRunReason Reason)> outputs)
        => string.Concat(outputs.OrderBy(output => WorkflowOf(output.Value), StringComparer.Ordinal).Select(output => output.Reason.ToString()[0]));

    private static string WorkflowOf(object value) => value switch
    {
        WorkflowModel model => model.Surface.Name,
        BindResult bound => bound.Surface.Name,
        LinkedResult linked => linked.Surface.Name,
        LoweredWorkflow lowered => lowered.Surface.Name,
        EmittedFile { HintName: "FlowGenCatalog.g.cs" } => "",
        EmittedFile file => file.HintName.Split('.')[^3],
        _ => throw new InvalidOperationException($"Which workflow is a {value.GetType().Name} of?"),
    };

    private static CSharpCompilation Compilation(IEnumerable<string> files)
        => FlowCompiler.CreateCompilation(s_parse, [FlowCompiler.Usings, .. files]);

    /// <summary>As an editor does: files that did not change keep their trees.</summary>
    private CSharpCompilation Change(CSharpCompilation before)
    {
        Dictionary<string, SyntaxTree> known = ReferenceEquals(_parse, s_parse)
            ? before.SyntaxTrees.ToDictionary(tree => tree.ToString(), StringComparer.Ordinal)
            : new(StringComparer.Ordinal);
        IEnumerable<SyntaxTree> trees = new[] { FlowCompiler.Usings }.Concat(_after)
            .Select((text, i) => known.GetValueOrDefault(text) ?? CSharpSyntaxTree.ParseText(text, _parse, $"Changed{i}.cs"));
        return _compilation(before.RemoveAllSyntaxTrees().AddSyntaxTrees(trees));
    }
}
