using System.Globalization;
using System.Text;

namespace Behaviour.Large;

/// <summary>Workflows of thousands of nodes: every form of them runs, in several methods, and yields what the nodes compute.</summary>
public sealed class LargeFlowTests
{
    private const int Nodes = 1_200;

    [Fact]
    public void Plain_calls()
    {
        LoadedFlow loaded = Compile("int Run", i => $"[Node] static int N{i}(int n{i - 1}) => n{i - 1} + 1;");

        Assert.Equal(Nodes + 5, Call(loaded));
    }

    [Fact]
    public void One_task_after_the_other()
    {
        LoadedFlow loaded = Compile(
            "ValueTask<int> RunAsync",
            i => i % 7 == 0
                ? $"[Node] static async ValueTask<int> N{i}(int n{i - 1}) {{ await Task.Yield(); return n{i - 1} + 1; }}"
                : $"[Node] static ValueTask<int> N{i}(int n{i - 1}) => new(n{i - 1} + 1);");

        Assert.Equal(Nodes + 5, Call(loaded));
    }

    [Fact]
    public void Side_by_side()
    {
        // Two columns, each of whose nodes takes the one above it and, every now and then, its neighbour.
        LoadedFlow loaded = Compile(
            "ValueTask<int> RunAsync",
            i => i < 3 ? $"[Node] static int N{i}(int n0) => n0 + 1;"
                : i == Nodes ? $"[Node] static int N{i}(int n{i - 1}, int n{i - 2}) => n{i - 1} + n{i - 2};"
                : i % 11 == 0 ? $"[Node(RunOn = RunOn.ThreadPool)] static int N{i}(int n{i - 2}) => n{i - 2} + 1;"
                : i % 5 == 0 ? $"[Node] static async Task<int> N{i}(int n{i - 2}) {{ await Task.Yield(); return n{i - 2} + 1; }}"
                : $"[Node] static ValueTask<int> N{i}(int n{i - 2}) => new(n{i - 2} + 1);");

        int first = 5;
        int second = 5;
        for (int i = 1; i < Nodes; i++)
        {
            (first, second) = (second, i < 3 ? 6 : first + 1);
        }

        Assert.Equal(first + second, Call(loaded));
    }

    [Fact]
    public void A_failure_far_down_skips_the_rest()
    {
        LoadedFlow loaded = Compile(
            "ValueTask<int> RunAsync",
            i => i == 700
                ? $"[Node] static async ValueTask<int> N{i}(int n{i - 1}) {{ await Task.Yield(); throw new System.InvalidOperationException(\"at \" + n{i - 1}); }}"
                : i == 701 ? $"[Node] static ValueTask<int> N{i}(int n{i - 1}) => throw new System.NotSupportedException();"
                : $"[Node] static ValueTask<int> N{i}(int n{i - 1}) => new(n{i - 1} + 1);");

        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => Call(loaded));
        Assert.Equal("at 704", error.Message);
    }

    private static LoadedFlow Compile(string entry, Func<int, string> node)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"[Workflow] public sealed partial class Flow {{ [return: From(nameof(N{Nodes}))] public partial {entry}(int n0);\n");
        for (int i = 1; i <= Nodes; i++)
        {
            text.AppendLine(node(i));
        }

        text.AppendLine("}");
        bool isAsync = entry.StartsWith("ValueTask", StringComparison.Ordinal);
        text.Append("public static class Caller { public static int Call() => ").Append(isAsync ? "new Flow().RunAsync(5).AsTask().GetAwaiter().GetResult()" : "new Flow().Run(5)").AppendLine("; }");
        CompiledFlow compiled = FlowCompiler.Compile(text.ToString());
        Assert.Contains(compiled.Files.Values, file => file.Contains("Segment9(int code)", StringComparison.Ordinal));
        return compiled.Load();
    }

    private static int Call(LoadedFlow loaded) => loaded.Call<int>("Caller", "Call");
}
