using System.Reflection;

namespace Behaviour.Randomly;

/// <summary>Random workflows that are divided into methods of a few steps, as large ones are, still do what the rules say.</summary>
public sealed class DividedFlowTests
{
    private const int FlowsPerSeed = 12;
    private const int RunsPerFlow = 12;

    [Theory]
    [InlineData(101)]
    [InlineData(102)]
    [InlineData(103)]
    [InlineData(104)]
    public async Task Divided_workflows_do_what_the_rules_say(int seed)
    {
        RandomFlow[] flows = [.. Enumerable.Range(0, FlowsPerSeed).Select(i => new RandomFlowMaker((seed * 1_000) + i).Make())];
        string[] sources = [.. flows.Select((flow, i) => RandomFlowPrinter.Print(flow, $"Random{i}"))];
        CompiledFlow compiled = FlowCompiler.CompileDivided(sources);
        Assert.Contains(compiled.Files.Values, file => file.Contains("int Segment1(int code)", StringComparison.Ordinal));
        using LoadedFlow loaded = compiled.Load();
        for (int i = 0; i < flows.Length; i++)
        {
            MethodInfo run = loaded.Assembly.GetType($"Random{i}.Program", throwOnError: true)!.GetMethod("Run")!;
            for (int k = 0; k < RunsPerFlow; k++)
            {
                RandomRun random = new(flows[i], new Random((seed * 1_000_000) + (i * 1_000) + k), run);
                try
                {
                    await random.Check(k);
                }
                catch (Exception error)
                {
                    throw new InvalidOperationException($"{error.Message}{Environment.NewLine}{random}{Environment.NewLine}{sources[i]}", error);
                }
            }
        }
    }
}
