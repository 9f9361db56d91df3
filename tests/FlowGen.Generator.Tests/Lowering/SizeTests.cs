using System.Globalization;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using FlowGen.Generator.Emission;
using FlowGen.Generator.Linking;
using FlowGen.Generator.Lowering;
using FlowGen.Generator.Model;
using FlowGen.Generator.Tests.Models;
using FlowGen.Testing;

namespace FlowGen.Generator.Tests.Lowering;

/// <summary>What the compiler makes of a workflow, and what it needs for that, grows with the number of nodes and not faster.</summary>
public sealed class SizeTests
{
    private const int Nodes = 400;

    // Twice the nodes may be up to this much more work: a power of more than one would be twice as much again.
    private const double AtMost = 2.6;

    // The JIT optimises bodies of up to 60,000 bytes.
    private const int MaxBody = 20_000;

    public static TheoryData<string> Shapes => ["chain", "tasks", "columns", "switches", "ordered", "backwards", "classes"];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Plan_and_text_grow_with_the_nodes(string shape)
    {
        ExecutionPlan once = Plan(shape, Nodes);
        ExecutionPlan twice = Plan(shape, 2 * Nodes);

        Assert.True(twice.Steps.Count <= AtMost * once.Steps.Count, $"{once.Steps.Count} steps become {twice.Steps.Count}.");
        Assert.True(twice.Edges.Count <= AtMost * once.Edges.Count, $"{once.Edges.Count} edges become {twice.Edges.Count}.");
        int short_ = WorkflowEmitter.Emit(once).Length;
        int long_ = WorkflowEmitter.Emit(twice).Length;
        Assert.True(long_ <= AtMost * short_, $"{short_} characters become {long_}.");
    }

    /// <summary>What a step allocates is a measure of what it does that is the same on every machine.</summary>
    [Theory]
    [MemberData(nameof(Shapes))]
    public void Work_grows_with_the_nodes(string shape)
    {
        WorkflowModel once = FrontEnd.Parse(Source(shape, Nodes)).Single(model => model.Surface.Name == "Flow");
        WorkflowModel twice = FrontEnd.Parse(Source(shape, 2 * Nodes)).Single(model => model.Surface.Name == "Flow");
        _ = Work(once);

        (long bind, long lower) = Work(once);
        (long bindTwice, long lowerTwice) = Work(twice);

        Assert.True(bindTwice <= AtMost * bind, $"Binding: {bind} bytes become {bindTwice}.");
        Assert.True(lowerTwice <= AtMost * lower, $"Lowering and emission: {lower} bytes become {lowerTwice}.");
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void No_body_is_too_long_for_the_jit(string shape)
    {
        CompiledFlow compiled = FlowCompiler.Compile(Source(shape, 3 * Nodes)).MustCompile();
        using MemoryStream image = new();
        Assert.True(compiled.Output.Emit(image).Success);
        image.Position = 0;
        using PEReader reader = new(image);
        MetadataReader metadata = reader.GetMetadataReader();

        // Static data is set up once, by code that nobody optimises.
        int longest = metadata.MethodDefinitions
            .Select(metadata.GetMethodDefinition)
            .Where(method => method.RelativeVirtualAddress != 0 && !metadata.StringComparer.Equals(method.Name, ".cctor"))
            .Max(method => reader.GetMethodBody(method.RelativeVirtualAddress).GetILReader().Length);

        Assert.InRange(longest, 1, MaxBody);
    }

    private static (long Bind, long Lower) Work(WorkflowModel model)
    {
        long start = GC.GetAllocatedBytesForCurrentThread();
        BindResult bound = WorkflowBinder.Bind(model, CancellationToken.None);
        long afterBind = GC.GetAllocatedBytesForCurrentThread();
        LinkedWorkflow linked = WorkflowLinker.Link([bound], CancellationToken.None).Workflows[0].Linked!;
        long afterLink = GC.GetAllocatedBytesForCurrentThread();
        _ = WorkflowEmitter.Emit(WorkflowLowering.Lower(linked, CancellationToken.None));
        return (afterBind - start, GC.GetAllocatedBytesForCurrentThread() - afterLink);
    }

    private static ExecutionPlan Plan(string shape, int nodes) => FrontEnd.Plan("Flow", Source(shape, nodes));

    private static string Source(string shape, int nodes)
    {
        StringBuilder text = new();
        string types = "";
        string result = $"N{nodes - 1}";
        for (int i = 0; i < nodes; i++)
        {
            string before = i == 0 ? "seed" : $"n{i - 1}";
            string twoBefore = i < 2 ? "seed" : $"n{i - 2}";
            text.AppendLine(shape switch
            {
                "chain" => $"[Node] static int N{i}(int {before}) => {before} + 1;",
                "tasks" => $"[Node] static ValueTask<int> N{i}(int {before}) => new({before} + 1);",
                "columns" => $"[Node] static ValueTask<int> N{i}(int {twoBefore}) => new({twoBefore} + 1);",
                "switches" when i % 4 == 0 => $"[Node] static bool N{i}([{(i == 0 ? "Input" : $"From(nameof(N{i - 1}))")}] int seed) => seed > 0;",
                "switches" when i % 4 == 1 => $"[Node, When(nameof(N{i - 1}))] static int N{i}([Input] int seed) => seed;",
                "switches" when i % 4 == 2 => $"[Node, Unless(nameof(N{i - 2}))] static int N{i}([Input] int seed) => seed;",
                "switches" => $"[Node] static int N{i}([From(nameof(N{i - 2}), nameof(N{i - 1}))] int value) => value;",
                "ordered" => $"[Node{(i == 0 ? "" : $", After(nameof(N{i - 1}))")}] static int N{i}({(i == 0 ? "int seed" : $"int n{i - 1}")}) => {before};",
                "backwards" => $"[Node] static int N{nodes - 1 - i}(int {(i == nodes - 1 ? "seed" : $"n{nodes - 2 - i}")}) => 1;",
                _ => $"[Node] static V{i} N{i}({(i == 0 ? "int seed" : $"V{i - 1} value")}) => new();",
            });
        }

        if (shape == "classes")
        {
            types = string.Concat(Enumerable.Range(0, nodes).Select(i => $"public sealed record V{i};\n"));
        }

        string type = shape == "classes" ? $"V{nodes - 1}" : "int";
        bool isAsync = shape is "tasks" or "columns";
        string entry = isAsync ? $"ValueTask<{type}> RunAsync" : $"{type} Run";
        return string.Create(CultureInfo.InvariantCulture, $"{types}[Workflow] public sealed partial class Flow {{ [return: From(nameof({result}))] public partial {entry}(int seed);\n{text}}}");
    }
}
