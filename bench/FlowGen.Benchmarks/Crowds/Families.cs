using System.Globalization;
using FlowGen.Benchmarks.Sources;

namespace FlowGen.Benchmarks.Crowds;

/// <summary>The child of a child: it fails for every tenth number.</summary>
[Workflow]
public sealed partial class Grandchild(Pump pump)
{
    public partial ValueTask<int> RunAsync(int number);

    [Node]
    ValueTask<int> Later(int number) => pump.Later(number);

    [Node]
    static int Check(int later) => later % 10 == 0 ? throw new InvalidOperationException("every tenth") : later;
}

/// <summary>The child.</summary>
[Workflow]
public sealed partial class Offspring(Grandchild grandchild)
{
    public partial ValueTask<int> RunAsync(int number);

    [SubWorkflow(nameof(grandchild))]
    private partial ValueTask<int> Inner(int number);

    [Node]
    static int Add([From(nameof(Inner))] int inner) => inner + 1;
}

/// <summary>A parent of two, of which it needs one.</summary>
[Workflow]
public sealed partial class Family(Offspring offspring)
{
    public partial ValueTask<int> RunAsync(int number);

    [SubWorkflow(nameof(offspring)), BestEffort]
    private partial ValueTask<int> Tolerated([Input] int number);

    [SubWorkflow(nameof(offspring)), After(nameof(Tolerated))]
    private partial ValueTask<int> Required([Input] int number);

    [Node]
    static int Result([From(nameof(Required))] int required, [From(nameof(Tolerated))] int? tolerated) => required + (tolerated ?? 0);
}

/// <summary>Many runs with nested children after each other, every tenth of which fails: memory stays as it is.</summary>
internal static class Families
{
    public static void Print(int count, TextWriter output)
    {
        Pump pump = new();
        Family workflow = new(new Offspring(new Grandchild(pump)));
        Repeat(workflow, pump, 10_000);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (int tenth = 1; tenth <= 10; tenth++)
        {
            int failed = Repeat(workflow, pump, count / 10);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{tenth * (count / 10):N0} runs with nested children, {failed:N0} of the last {count / 10:N0} failed: {GC.GetTotalMemory(forceFullCollection: true) - before:+#,0;-#,0;0} B retained"));
        }
    }

    private static int Repeat(Family workflow, Pump pump, int times)
    {
        int failed = 0;
        for (int i = 0; i < times; i++)
        {
            ValueTask<int> run = workflow.RunAsync(i);
            pump.Drain();
            try
            {
                run.GetAwaiter().GetResult();
            }
            catch (InvalidOperationException error) when (error.Message == "every tenth")
            {
                failed++;
            }
        }

        return failed;
    }
}
