using System.Diagnostics;
using System.Globalization;
using System.Runtime;

namespace FlowGen.Benchmarks.Scale;

/// <summary>Prints how the cost of a workflow grows with its size: of compiling it, of the JIT, and of running it.</summary>
internal static class ScaleTable
{
    private static readonly (string Name, Func<int, string> Source)[] s_shapes =
    [
        ("chain", n => ScaleSources.Chain(n, Answers.Value)),
        ("chain-by-hand", n => ScaleSources.ChainByHand(n, Answers.Value)),
        ("chain-tasks-by-hand", n => ScaleSources.ChainByHand(n, Answers.CompletedTask)),
        ("chain-tasks", n => ScaleSources.Chain(n, Answers.CompletedTask)),
        ("chain-suspending", n => ScaleSources.Chain(n, Answers.PendingTask)),
        ("tree", n => ScaleSources.Tree(TreeSize(n), Answers.Value)),
        ("tree-tasks", n => ScaleSources.Tree(TreeSize(n), Answers.CompletedTask)),
        ("tree-suspending", n => ScaleSources.Tree(TreeSize(n), Answers.PendingTask)),
        ("wave", n => ScaleSources.Wavefront(Side(n), Answers.Value)),
        ("wave-tasks", n => ScaleSources.Wavefront(Side(n), Answers.CompletedTask)),
        ("wave-suspending", n => ScaleSources.Wavefront(Side(n), Answers.PendingTask)),
        ("tree-by-hand", n => ScaleSources.Loops(nameof(Grid.Tree), TreeSize(n) + 1)),
        ("tree-tasks-by-hand", n => ScaleSources.Loops(nameof(Grid.TreeAsync), TreeSize(n) + 1)),
        ("wave-by-hand", n => ScaleSources.Loops(nameof(Grid.Wavefront), Side(n))),
        ("wave-tasks-by-hand", n => ScaleSources.Loops(nameof(Grid.WavefrontAsync), Side(n))),
        ("switches", ScaleSources.Switches),
        ("calls", n => ScaleSources.Calls(n, Answers.Value)),
        ("calls-tasks", n => ScaleSources.Calls(n, Answers.CompletedTask)),
    ];

    /// <param name="arguments">Names of shapes; sizes; <c>compile</c> to leave the running out.</param>
    /// <param name="output">Where to.</param>
    public static void Print(IReadOnlyList<string> arguments, TextWriter output)
    {
        int[] sizes = [.. arguments.Where(argument => char.IsAsciiDigit(argument[0])).Select(argument => int.Parse(argument, CultureInfo.InvariantCulture))];
        string[] names = [.. arguments.Where(argument => char.IsAsciiLetter(argument[0]) && argument != "compile")];
        output.WriteLine("| shape | nodes | parse | bind | link | lower | emit | all ms | us a node | KB | C# ms | longest IL | all IL | JIT ms | first run ms | ns a node | B |");
        output.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (string name in s_shapes.Select(shape => shape.Name).Where(name => names.Length == 0 || names.Contains(name, StringComparer.Ordinal)))
        {
            foreach (int size in sizes.Length == 0 ? [10, 100, 1_000, 10_000] : sizes)
            {
                // Each in a process of its own: what the JIT still has to do for one must not slow the next.
                // Optimised from the start: what the JIT needs is one number, and ten thousand methods need not be called thirty times first.
                output.Write(OwnProcess.Run(
                    ["--scale-row", name, size.ToString(CultureInfo.InvariantCulture), .. arguments.Where(argument => argument == "compile")],
                    ("DOTNET_TieredCompilation", "0")));
                output.Flush();
            }
        }
    }

    /// <summary>One line of the table.</summary>
    public static void PrintRow(string name, int nodes, bool runs, TextWriter output)
    {
        // The generator itself is code that the JIT has to compile first.
        foreach ((string _, Func<int, string> warm) in s_shapes)
            _ = ScaleFlow.Compile(warm(100));
        GC.Collect();
        string source = s_shapes.First(shape => string.Equals(shape.Name, name, StringComparison.Ordinal)).Source(nodes);
        ScaleFlow flow = ScaleFlow.Compile(source);
        nodes = name.EndsWith("by-hand", StringComparison.Ordinal) ? nodes : source.Split("[Node").Length + source.Split("[SubWorkflow").Length - 2 + (name.StartsWith("calls", StringComparison.Ordinal) ? nodes - 10 : 0);
        double Step(string key) => flow.Steps.TryGetValue(key, out double elapsed) ? elapsed : 0;
        double all = Step("Parse") + Step("Bind") + Step("Link") + Step("Lower") + Step("Emit");
        output.Write(string.Create(CultureInfo.InvariantCulture,
            $"| {name} | {nodes} | {Step("Parse"):F1} | {Step("Bind"):F1} | {Step("Link"):F1} | {Step("Lower"):F1} | {Step("Emit"):F1} | {all:F1} | {1000 * all / nodes:F0} | {flow.EmittedLength / 1024} | {flow.Compiling:F0} | {flow.LongestBody} | {flow.AllBodies} |"));
        if (!runs)
        {
            output.WriteLine();
            return;
        }

        TimeSpan jit = JitInfo.GetCompilationTime();
        long start = Stopwatch.GetTimestamp();
        Run(flow, 1);
        double first = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        Run(flow, 50);
        int batch = Math.Max(1, 100_000 / nodes);

        for (long from = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(from).TotalMilliseconds < 300;)
            Run(flow, batch);
        double jitted = (JitInfo.GetCompilationTime() - jit).TotalMilliseconds;
        List<double> times = [];
        long bytes = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < 25; round++)
        {
            start = Stopwatch.GetTimestamp();
            Run(flow, batch);
            times.Add(Stopwatch.GetElapsedTime(start).TotalNanoseconds / batch / nodes);
        }

        bytes = (GC.GetAllocatedBytesForCurrentThread() - bytes) / 25 / batch;
        times.Sort();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $" {jitted:F0} | {first:F0} | {times[times.Count / 2]:F2} | {bytes} |"));
    }

    private static void Run(ScaleFlow flow, int runs)
    {
        for (int i = 0; i < runs; i++)
        {
            if (flow.Run is not null)
            {
                flow.Run(i);
                continue;
            }

            ValueTask<int> run = flow.RunAsync(i);
            flow.Pump.Drain();
            run.GetAwaiter().GetResult();
        }
    }

    /// <summary>A whole tree of at most that many nodes.</summary>
    private static int TreeSize(int nodes) => (1 << (int)Math.Log2(nodes + 1)) - 1;

    private static int Side(int nodes) => (int)Math.Sqrt(nodes);
}
