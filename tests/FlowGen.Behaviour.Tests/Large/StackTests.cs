using System.Globalization;
using System.Text;

namespace Behaviour.Large;

[Workflow]
internal sealed partial class RunsEachInline
{
    public partial ValueTask<int> RunAsync(int[] numbers);

    [Node] static ValueTask<int> Double([Each] int numbers) => InlineTask.Of(numbers * 2);

    [Node] static int Sum(int[] @double) => @double.Sum();
}

/// <summary>However many operations complete at once or while they are being hooked, the stack holds.</summary>
public sealed class StackTests
{
    private const int Nodes = 2_000;

    [Fact]
    public void A_chain_that_completes_while_it_is_hooked()
        => Assert.Equal(Nodes, SmallStack.Run(Compile(i => $"[Node] static ValueTask<int> N{i}(int n{i - 1}) => InlineTask.Of(n{i - 1} + 1);")));

    [Fact]
    public void A_chain_that_has_completed()
        => Assert.Equal(Nodes, SmallStack.Run(Compile(i => $"[Node] static ValueTask<int> N{i}(int n{i - 1}) => new(n{i - 1} + 1);")));

    [Fact]
    public void Two_chains_side_by_side()
        => Assert.Equal((Nodes / 2) + 1, SmallStack.Run(Compile(i => i == 1
            ? "[Node] static ValueTask<int> N1(int n0) => InlineTask.Of(n0 + 1);"
            : i == Nodes ? $"[Node] static int N{i}(int n{i - 1}, int n{i - 2}) => Math.Max(n{i - 1}, n{i - 2}) + 1;"
            : $"[Node] static ValueTask<int> N{i}(int n{i - 2}) => InlineTask.Of(n{i - 2} + 1);")));

    [Fact]
    public void A_short_chain_that_starts_without_a_frame()
        => Assert.Equal(8, SmallStack.Run(Compile(i => $"[Node] static ValueTask<int> N{i}(int n{i - 1}) => InlineTask.Of(n{i - 1} + 1);", nodes: 8)));

    [Fact]
    public void Sub_workflows_a_hundred_levels_deep()
    {
        const int levels = 100;
        StringBuilder text = new("using FlowGen.Testing;\n[Workflow] public sealed partial class L0 { public partial ValueTask<int> RunAsync(int n); [Node] static ValueTask<int> Add(int n) => InlineTask.Of(n + 1); }\n");
        for (int level = 1; level < levels; level++)
        {
            text.Append(CultureInfo.InvariantCulture, $$"""
                [Workflow] public sealed partial class L{{level}} {
                [return: From(nameof(Result))] public partial ValueTask<int> RunAsync(int n);
                [Node] static ValueTask<int> Add(int n) => InlineTask.Of(n + 1);
                [SubWorkflow<L{{level - 1}}>] private partial ValueTask<int> Down([From(nameof(Add))] int n);
                [Node] static int Result([From(nameof(Down))] int down) => down; }

                """);
        }

        text.Append(CultureInfo.InvariantCulture, $"public static class Caller {{ public static int Call() => new L{levels - 1}().RunAsync(0).AsTask().GetAwaiter().GetResult(); }}");
        LoadedFlow loaded = FlowCompiler.Compile(text.ToString()).Load();
        Assert.Equal(levels, SmallStack.Run(() => loaded.Call<int>("Caller", "Call")));
    }

    [Fact]
    public void Elements_that_complete_while_they_are_hooked()
        => Assert.Equal(20_000 * 19_999, SmallStack.Run(() => new RunsEachInline().RunAsync([.. Enumerable.Range(0, 20_000)]).AsTask().GetAwaiter().GetResult()));

    private static Func<int> Compile(Func<int, string> node, int nodes = Nodes)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"[Workflow] public sealed partial class Flow {{ [return: From(nameof(N{nodes}))] public partial ValueTask<int> RunAsync(int n0);\n");
        for (int i = 1; i <= nodes; i++)
        {
            text.AppendLine(node(i));
        }

        text.AppendLine("} public static class Caller { public static int Call() => new Flow().RunAsync(0).AsTask().GetAwaiter().GetResult(); }");
        LoadedFlow loaded = FlowCompiler.Compile("using FlowGen.Testing;\n" + text).Load();
        return () => loaded.Call<int>("Caller", "Call");
    }
}
