namespace FlowGen.Benchmarks.SubWorkflows;

/// <summary>A main workflow with one sub-workflow.</summary>
[Workflow]
public sealed partial class Scoring(Filtering filtering)
{
    public partial ValueTask<int> RunAsync(int reading, CancellationToken ct = default);

    [Node]
    internal int Amplify(int reading) => reading * 3;

    [SubWorkflow(nameof(filtering))]
    private partial ValueTask<int> Filter([From(nameof(Amplify))] int reading);

    [Node]
    internal int Grade(int filter) => filter % 100;
}

/// <summary>Five node classes with state, in a row.</summary>
[Workflow]
public sealed partial class Filtering
{
    public partial ValueTask<int> RunAsync(int reading, CancellationToken ct = default);

    [Node<Tare>]
    private partial int Tared(int reading);

    [Node<Smooth>]
    private partial int Smoothed([From(nameof(Tared))] int reading);

    [Node<Limit>]
    private partial int Limited([From(nameof(Smoothed))] int reading);

    [Node<Track>]
    private partial int Tracked([From(nameof(Limited))] int reading);

    [Node<Digest>]
    private partial int Digested([From(nameof(Tracked))] int reading);
}
