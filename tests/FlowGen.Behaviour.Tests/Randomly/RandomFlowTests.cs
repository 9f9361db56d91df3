using System.Reflection;

namespace Behaviour.Randomly;

/// <summary>
/// Random workflows against an oracle that knows the rules and nothing else: who starts, with what, after whom, and how it ends.
/// </summary>
public sealed class RandomFlowTests
{
    private const int FlowsPerSeed = 12;
    private const int RunsPerFlow = 12;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task Random_workflows_do_what_the_rules_say(int seed)
    {
        RandomFlow[] flows = [.. Enumerable.Range(0, FlowsPerSeed).Select(i => new RandomFlowMaker((seed * 1_000) + i).Make())];
        string[] sources = [.. flows.Select((flow, i) => RandomFlowPrinter.Print(flow, $"Random{i}"))];
        using LoadedFlow loaded = FlowCompiler.Compile(sources).Load();
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
