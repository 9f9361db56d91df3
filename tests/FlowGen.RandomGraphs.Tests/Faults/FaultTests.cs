using RandomGraphs.Running;

namespace RandomGraphs.Faults;

/// <summary>The comparison notices what it is there for: each fault is found within 500 graphs.</summary>
public sealed class FaultTests
{
    private const int Graphs = 500;

    public static TheoryData<string> Names => [.. Fault.All.Select(fault => fault.ToString())];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_planted_fault_is_found(string name)
    {
        Fault fault = Fault.All.Single(f => f.ToString() == name);
        Session session = new(seed: 1, fault.Plant) { MostFindings = 1, Patience = TimeSpan.FromSeconds(3) };
        await session.RunAsync(Graphs);

        Assert.True(session.Findings.Count > 0, $"{session}; {name} was planted in {fault.Planted} files");
        Assert.DoesNotContain(session.Findings, finding => finding.Kind.StartsWith("compile", StringComparison.Ordinal));
    }
}
