using FlowGen.Testing;

namespace FlowGen.Runtime.Tests.Api;

/// <summary>Keeps docs/api.md true: below its marker it is exactly what the assembly says.</summary>
public sealed class ApiDocumentTests
{
    private const string Marker = "<!-- Written by ApiDocumentTests; do not edit below this line. -->\n";

    private static readonly (string Heading, string[] Types)[] Groups =
    [
        ("Attributes", [
            nameof(WorkflowAttribute), nameof(NodeAttribute), nameof(SubWorkflowAttribute), nameof(DynamicSubWorkflowAttribute), nameof(WaitAttribute),
            nameof(StateAttribute), nameof(PooledAttribute),
            nameof(AfterAttribute), nameof(NeedsAttribute), nameof(NeedsAnyAttribute), nameof(AfterAnyAttribute), nameof(ReadyWhenAttribute),
            nameof(WhenAttribute), nameof(UnlessAttribute), nameof(OtherwiseAttribute), nameof(CancelsAttribute), nameof(EndAttribute),
            nameof(FromAttribute), nameof(FromFirstAttribute), nameof(InputAttribute), nameof(EachAttribute), nameof(RepeatAttribute), nameof(CarryAttribute),
            nameof(ServiceAttribute),
            nameof(CleanupMode), nameof(RunOn), nameof(StateScope), nameof(Readiness), nameof(EachError), nameof(EachRest), nameof(RepeatLimit), nameof(WhenFull),
            nameof(ErrorMode), nameof(RecordMode),
        ]),
        ("Policies", [
            nameof(RetryAttribute), nameof(TimeoutAttribute), nameof(CatchAttribute), nameof(BestEffortAttribute), nameof(CompensateAttribute),
            nameof(ExclusiveAttribute<>), nameof(MaxConcurrentAttribute), nameof(Backoff), nameof(TimeoutScope),
        ]),
        ("Values", [nameof(Outcome<>), nameof(Optional<>), nameof(FlowUnit), nameof(EachProgress), nameof(NodeState), nameof(RunStatus)]),
        ("Runs", [
            nameof(RunOptions), nameof(FlowContext), nameof(More<>), nameof(Emitter<>), nameof(IFlowObserver), nameof(ICleanup), nameof(IAsyncCleanup),
        ]),
        ("Handles", [nameof(FlowRun), nameof(FlowRunMemory), nameof(FlowSignal<,>), nameof(FlowSignals<,,>), nameof(FlowStream)]),
        ("Runtime and memory", [
            nameof(FlowRuntime), nameof(FlowRuntimeOptions), nameof(FlowMemory), nameof(PoolMemory), nameof(FlowPoolKind), nameof(FlowCleanUp),
        ]),
        ("Graph", [nameof(FlowGraph), nameof(FlowGraphNode), nameof(FlowGraphEdge), nameof(FlowNodeKind), nameof(FlowNodeRole), nameof(FlowEdgeKind)]),
        ("Catalog", [
            nameof(FlowDescriptor), nameof(FlowInput), nameof(FlowChild), nameof(FlowCatalog), nameof(FlowHierarchy), nameof(IFlow<,>), nameof(FlowRef<,>),
        ]),
        ("Exceptions", [
            nameof(FlowException), nameof(FlowCycleException), nameof(FlowDisabledException), nameof(FlowLimitException),
            nameof(FlowNotFoundException), nameof(FlowInputException),
        ]),
    ];

    [Fact]
    public void The_document_lists_every_public_type_and_member()
    {
        string file = Path.Combine(Repository.Root, "docs", "api.md");
        string document = File.ReadAllText(file).ReplaceLineEndings("\n");
        int marker = document.IndexOf(Marker, StringComparison.Ordinal);
        Assert.True(marker >= 0, $"docs/api.md has no line {Marker}");

        string head = document[..(marker + Marker.Length)];
        string expected = head + ApiListing.Of(typeof(FlowGraph).Assembly, "FlowGen.CompilerServices", Groups);
        string received = Path.ChangeExtension(file, ".received.md");
        if (string.Equals(document, expected, StringComparison.Ordinal))
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, expected);
        Assert.Fail($"""
            docs/api.md does not say what the assembly says. {Differences(document, expected)}
            Read the change, then move docs/api.received.md over docs/api.md. It is:

            {expected}
            """);
    }

    [Fact]
    public void Every_public_type_and_member_is_documented()
    {
        string listing = ApiListing.Of(typeof(FlowGraph).Assembly, "FlowGen.CompilerServices", Groups);
        Assert.DoesNotContain(XmlDocs.Undocumented, listing, StringComparison.Ordinal);
    }

    private static string Differences(string document, string expected)
    {
        string[] old = document.Split('\n');
        string[] now = expected.Split('\n');
        IEnumerable<string> lines = old.Except(now, StringComparer.Ordinal).Select(line => "- " + line)
            .Concat(now.Except(old, StringComparer.Ordinal).Select(line => "+ " + line));
        return string.Concat(lines.Select(line => "\n" + line));
    }
}
