using System.Reflection;

namespace Behaviour.Randomly;

/// <summary>Workflows that are made from a seed, compiled together, each run several times against the oracle.</summary>
internal sealed class RandomFlowCheck
{
    private const int FlowsPerSeed = 12;
    private const int RunsPerFlow = 12;

    private readonly int _seed;
    private readonly RandomFlow[] _flows;

    public RandomFlowCheck(int seed)
    {
        _seed = seed;
        _flows = [.. Enumerable.Range(0, FlowsPerSeed).Select(i => new RandomFlowMaker((seed * 1_000) + i).Make())];
        Sources = [.. _flows.Select((flow, i) => RandomFlowPrinter.Print(flow, $"Random{i}"))];
    }

    public string[] Sources { get; }

    public async Task RunAsync(LoadedFlow loaded)
    {
        for (int i = 0; i < _flows.Length; i++)
        {
            MethodInfo run = loaded.Assembly.GetType($"Random{i}.Program", throwOnError: true)!.GetMethod("Run")!;
            for (int k = 0; k < RunsPerFlow; k++)
            {
                RandomRun random = new(_flows[i], new Random((_seed * 1_000_000) + (i * 1_000) + k), run);
                try
                {
                    await random.Check(k);
                }
                catch (Exception error)
                {
                    throw new InvalidOperationException($"{error.Message}{Environment.NewLine}{random}{Environment.NewLine}{Sources[i]}", error);
                }
            }
        }
    }
}
