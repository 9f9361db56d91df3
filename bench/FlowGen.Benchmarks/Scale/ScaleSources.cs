using System.Globalization;
using System.Text;

namespace FlowGen.Benchmarks.Scale;

/// <summary>How the nodes of a large graph answer.</summary>
public enum Answers
{
    /// <summary>With an <c>int</c>.</summary>
    Value,

    /// <summary>With a <c>ValueTask&lt;int&gt;</c> that has completed.</summary>
    CompletedTask,

    /// <summary>With a <c>ValueTask&lt;int&gt;</c> that a pump completes.</summary>
    PendingTask,

    /// <summary>With an <c>int</c>, from the thread pool, after two microseconds of work.</summary>
    WorkOnPool,
}

/// <summary>Writes workflows of any size. Each is a class <c>Flow</c> with one input and one result.</summary>
public static class ScaleSources
{
    /// <summary>Each node takes the one before it.</summary>
    public static string Chain(int nodes, Answers answers) => Workflow(answers, nodes, Enumerable.Range(0, nodes)
        .Select(i => i == 0 ? Node("N0", answers, "seed") : Node($"N{i}", answers, $"n{i - 1}")), $"N{nodes - 1}");

    /// <summary>The same by hand: a class without a workflow that calls the nodes in order, a hundred in a method.</summary>
    public static string ChainByHand(int nodes, Answers answers)
    {
        bool isAsync = answers != Answers.Value;
        string type = isAsync ? "System.Threading.Tasks.ValueTask<int>" : "int";
        string call(string name) => isAsync ? $"await {name}(value).ConfigureAwait(false)" : $"{name}(value)";
        string method(string modifiers, string name, IEnumerable<string> calls) => $$"""
                {{modifiers}} {{(isAsync ? "async " : "")}}{{type}} {{name}}(int value)
                {
            {{string.Concat(calls.Select(callee => $"        value = {call(callee)};\n"))}}        return value;
                }

            """;

        string[] names = [.. Enumerable.Range(0, nodes).Select(i => $"N{i}")];
        string[][] parts = [.. names.Chunk(100)];
        return $$"""
            public sealed class Flow
            {
            {{string.Concat(names.Select(name => $"    static {type} {name}(int value) => FlowGen.Benchmarks.Scale.Grid.{(isAsync ? "NextAsync" : "Next")}(value);\n"))}}
            {{string.Concat(parts.Select((part, i) => method("static", $"Part{i}", part)))}}
            {{method("public", isAsync ? "RunAsync" : "Run", parts.Select((_, i) => $"Part{i}"))}}
            }
            """;
    }

    /// <summary>The same nodes in plain loops (<see cref="Grid"/>): a class without a workflow.</summary>
    /// <param name="method">Of <see cref="Grid"/>.</param>
    /// <param name="length">Of the array that it works on.</param>
    public static string Loops(string method, int length) => string.Create(CultureInfo.InvariantCulture, $$"""
        public sealed class Flow
        {
            private readonly int[] _values = new int[{{length}}];

            public {{(method.EndsWith("Async", StringComparison.Ordinal) ? "System.Threading.Tasks.ValueTask<int> RunAsync" : "int Run")}}(int seed)
                => FlowGen.Benchmarks.Scale.Grid.{{method}}(_values, seed);
        }
        """);

    /// <summary>A grid in which each node takes those above it and to its left.</summary>
    public static string Wavefront(int side, Answers answers) => Workflow(
        answers,
        side * side,
        from i in Enumerable.Range(0, side)
        from j in Enumerable.Range(0, side)
        let up = i == 0 ? null : $"c{i - 1}_{j}"
        let left = j == 0 ? null : $"c{i}_{j - 1}"
        select Node($"C{i}_{j}", answers, up ?? "seed", left ?? "seed"),
        $"C{side - 1}_{side - 1}");

    /// <summary>A binary tree that is reduced from its leaves to its root.</summary>
    public static string Tree(int nodes, Answers answers) => Workflow(
        answers,
        nodes,
        Enumerable.Range(0, nodes).Select(k => nodes - k).Select(i => 2 * i <= nodes
            ? Node($"T{i}", answers, $"t{2 * i}", $"t{(2 * i) + 1}")
            : Node($"T{i}", answers, "seed")),
        "T1");

    /// <summary>A chain in which every other node runs under a condition of its own, with an alternative: as many conditions as branches.</summary>
    public static string Switches(int nodes) => Workflow(
        Answers.Value,
        nodes,
        Enumerable.Range(0, nodes / 4).Select(i => $$"""
                [Node] internal static bool If{{i}}([From({{(i == 0 ? "" : $"nameof(M{i - 1})")}})] int value) => (value & 1) == 0;
                [Node, When(nameof(If{{i}}))] internal static int A{{i}}([From({{(i == 0 ? "" : $"nameof(M{i - 1})")}})] int value) => Grid.Next(value);
                [Node, Unless(nameof(If{{i}}))] internal static int B{{i}}([From({{(i == 0 ? "" : $"nameof(M{i - 1})")}})] int value) => Grid.Next(value);
                [Node] internal static int M{{i}}([From(nameof(A{{i}}), nameof(B{{i}}))] int value) => Grid.Next(value);
            """.Replace("[From()] int value", "[Input] int value", StringComparison.Ordinal)),
        $"M{(nodes / 4) - 1}",
        input: "value");

    /// <summary>A child of ten nodes, called again and again.</summary>
    public static string Calls(int nodes, Answers answers)
    {
        string type = answers == Answers.Value ? "int" : "ValueTask<int>";
        string name = answers == Answers.Value ? "Run" : "RunAsync";
        string child = Workflow(answers, 10, Enumerable.Range(0, 10).Select(i => i == 0 ? Node("N0", answers, "seed") : Node($"N{i}", answers, $"n{i - 1}")), "N9")
            .Replace("partial class Flow", "partial class Child", StringComparison.Ordinal);
        return child + "\n" + Class($"""
                [return: From(nameof(S{(nodes / 10) - 1}))]
                public partial {type} {name}(int seed);

            """ + string.Concat(Enumerable.Range(0, nodes / 10).Select(i => $"""
                [SubWorkflow<Child>] private partial {type} S{i}([{(i == 0 ? "Input" : $"From(nameof(S{i - 1}))")}] int seed);

            """)), usings: false);
    }

    private static string Node(string name, Answers answers, params string[] arguments)
    {
        string parameters = string.Join(", ", arguments.Distinct().Select(argument => "int " + argument));
        string passed = string.Join(", ", arguments);
        string body = arguments.Length == 1 ? "Next" : "Cell";
        return answers switch
        {
            Answers.Value => $"    [Node] internal static int {name}({parameters}) => Grid.{body}({passed});",
            Answers.CompletedTask => $"    [Node] internal static ValueTask<int> {name}({parameters}) => Grid.{body}Async({passed});",
            Answers.PendingTask => $"    [Node] internal ValueTask<int> {name}({parameters}) => pump.Later(Grid.{body}({passed}));",
            _ => $"    [Node(RunOn = RunOn.ThreadPool)] internal static int {name}({parameters}) => Busy.Work(Grid.{body}({passed}));",
        };
    }

    private static string Workflow(Answers answers, int nodes, IEnumerable<string> declarations, string result, string input = "seed")
    {
        StringBuilder text = new(nodes * 100);
        bool isAsync = answers != Answers.Value;
        text.Append(CultureInfo.InvariantCulture, $"    [return: From(nameof({result}))]\n");
        text.Append(CultureInfo.InvariantCulture, $"    public partial {(isAsync ? "ValueTask<int> RunAsync" : "int Run")}(int {input});\n\n");
        foreach (string declaration in declarations)
            text.Append(declaration).Append('\n');
        return Class(text.ToString(), answers == Answers.PendingTask ? "(Pump pump)" : "");
    }

    private static string Class(string members, string constructor = "", bool usings = true) => $$"""
        {{(usings ? "using System.Threading.Tasks;\nusing FlowGen;\nusing FlowGen.Benchmarks.Scale;\nusing FlowGen.Benchmarks.Sources;\n" : "")}}
        [Workflow]
        public sealed partial class Flow{{constructor}}
        {
        {{members}}
        }
        """;
}
