namespace Behaviour.Randomly;

/// <summary>Random workflows that are divided into methods of a few steps, as large ones are, still do what the rules say.</summary>
public sealed class DividedFlowTests
{
    [Theory]
    [InlineData(101)]
    [InlineData(102)]
    [InlineData(103)]
    [InlineData(104)]
    public async Task Divided_workflows_do_what_the_rules_say(int seed)
    {
        RandomFlowCheck check = new(seed);
        CompiledFlow compiled = FlowCompiler.CompileDivided(check.Sources);
        Assert.Contains(compiled.Files.Values, file => file.Contains("int Segment1(int code)", StringComparison.Ordinal));
        LoadedFlow loaded = compiled.Load();
        await check.RunAsync(loaded);
    }
}
