using System.Collections.Immutable;
using FlowGen.Generator.Linking;
using FlowGen.Generator.Model;
using FlowGen.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FlowGen.Generator.Tests.Incremental;

/// <summary>Runs the generator, changes a file, runs it again, and tells what each step did the second time.</summary>
internal sealed class Edit
{
    private static readonly CSharpParseOptions s_parse = new(LanguageVersion.Preview, DocumentationMode.Diagnose);

    private readonly List<string> _before;
    private readonly List<string> _after;

    public Edit(params string[] files)
    {
        _before = [.. files];
        _after = [.. files];
    }

    /// <summary>Replaces the one occurrence of <paramref name="old"/>.</summary>
    public Edit Replace(string old, string with)
    {
        int file = _after.FindIndex(text => text.Contains(old, StringComparison.Ordinal));
        Assert.True(file >= 0, $"'{old}' is nowhere.");
        _after[file] = _after[file].Replace(old, with, StringComparison.Ordinal);
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

    /// <summary>Lines of <c>Step: Workflow Reason, ...</c>; the workflows by name, the steps in their order.</summary>
    public string Run()
    {
        GeneratorRunResult result = RunTwice().GetRunResult().Results.Single();
        return string.Join("\n", Names().Select(name => $"{name}: {Describe(result, name)}"));
    }

    /// <summary>What is generated without the edit, but for the catalog.</summary>
    public IEnumerable<KeyValuePair<string, string>> Files() => Sources(CreateDriver().RunGenerators(Compilation(_before)));

    /// <summary>What an incremental run makes of the edit.</summary>
    public IEnumerable<KeyValuePair<string, string>> FilesAfter() => Sources(RunTwice());

    private GeneratorDriver RunTwice()
    {
        CSharpCompilation before = Compilation(_before);
        GeneratorDriver driver = CreateDriver().RunGenerators(before);
        Assert.Null(driver.GetRunResult().Results.Single().Exception);
        driver = driver.RunGenerators(Change(before));
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

    private static string[] Names() => [.. typeof(TrackingNames).GetFields().Select(field => (string)field.GetRawConstantValue()!)];

    private static string Describe(GeneratorRunResult result, string step)
    {
        if (!result.TrackedSteps.TryGetValue(step, out ImmutableArray<IncrementalGeneratorRunStep> runs))
        {
            return "none";
        }

        IEnumerable<string> outputs = runs.SelectMany(run => run.Outputs)
            .Select(output => $"{WorkflowOf(output.Value)} {output.Reason}".Trim())
            .Order(StringComparer.Ordinal);
        return string.Join(", ", outputs);
    }

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
        Dictionary<string, SyntaxTree> known = before.SyntaxTrees.ToDictionary(tree => tree.ToString(), StringComparer.Ordinal);
        IEnumerable<SyntaxTree> trees = new[] { FlowCompiler.Usings }.Concat(_after)
            .Select((text, i) => known.GetValueOrDefault(text) ?? CSharpSyntaxTree.ParseText(text, s_parse, $"Changed{i}.cs"));
        return before.RemoveAllSyntaxTrees().AddSyntaxTrees(trees);
    }
}
