namespace Behaviour.Randomly;

/// <summary>
/// Random workflows against an oracle that knows the rules and nothing else: who starts, with what, after whom, and how it ends.
/// </summary>
public sealed class RandomFlowTests
{
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
        RandomFlowCheck check = new(seed);
        LoadedFlow loaded = FlowCompiler.Compile(check.Sources).Load();
        await check.RunAsync(loaded);
    }
}
