using Microsoft.CodeAnalysis;

namespace Behaviour.Names;

/// <summary>Whatever an author calls things: it compiles, or FlowGen says that the name is taken. Generated code never has an error of its own.</summary>
public sealed class NamesTests
{
    private const string Domain = """
        public sealed record A(int N);
        public sealed record B(int N);
        public sealed record C(int N);
        """;

    private static readonly string[] s_suspects =
    [
        "Resume", "Cancel", "Pause", "Completion", "Memory", "RunId", "Status", "Workflow", "Signal", "Signals", "Stream", "States", "NodeStates", "StateOf",
        "Emitters", "GetAwaiter", "DisposeAsync", "Item", "Frame", "Scope", "ScopePool", "RunWithin", "Identity", "Execute", "ExecuteCancellable", "Pass", "Progress",
        "Enter", "Given", "Shared", "SharedWork", "WorkElement", "WorkPolicy", "WorkLoop", "XPolicy", "XLoop", "X_", "Step", "Token", "Result", "Root", "Limit",
        "Options", "Observer", "Scheduled", "Settled", "Park", "Advance", "MoveNext", "State", "Handles", "Recycle", "Steps", "System", "FlowGen", "Task",
        "ValueTask", "value__", "Equals_", "Done", "Again", "Dispatch", "Suspended", "s_steps", "s_pool", "t_spare", "_states", "_workflow", "@event", "@class",
    ];

    public static TheoryData<string> Refused => ["Start", "Handle", "NodeId", "Graph", "Descriptor", "Runtime"];

    [Fact]
    public void A_node_in_its_workflow_and_below_another() => Check(name => $$"""
        [Workflow] public sealed partial class Child
        {
            public partial ValueTask<B> RunAsync(A a, CancellationToken ct = default);
            [Node, Retry(1), Timeout(Seconds = 5)] private async ValueTask<C> {{name}}(A a, CancellationToken ct) { await Task.Yield(); ct.ThrowIfCancellationRequested(); return new C(a.N); }
            [Node] private B Last(C c) => new B(c.N + 1);
        }

        [Workflow] public sealed partial class Parent(Child child)
        {
            public partial ValueTask<B> RunAsync(A a, CancellationToken ct = default);
            [SubWorkflow(nameof(child))] private partial ValueTask<B> {{name}}(A a);
        }
        """);

    [Fact]
    public void A_wait() => Check(name => $$"""
        [Workflow] public sealed partial class Flow
        {
            public partial ValueTask<B> RunAsync(A a, CancellationToken ct = default);
            [Wait] private partial ValueTask<B> {{name}}(A a);
        }
        """);

    [Fact]
    public void A_stream() => Check(name => $$"""
        [Workflow] public sealed partial class Flow
        {
            public partial ValueTask<B> RunAsync(A a, CancellationToken ct = default);
            [Node] private B Work(A a, Emitter<int> {{Parameter(name)}}) { {{Parameter(name)}}.Emit(1); return new B(a.N); }
        }
        """);

    [Fact]
    public void A_stream_of_a_node_class() => Check(name => $$"""
        public sealed class Worker
        {
            public B Execute(A a, Emitter<int> {{Parameter(name)}}) { {{Parameter(name)}}.Emit(1); return new B(a.N); }
        }

        [Workflow] public sealed partial class Flow
        {
            public partial ValueTask<B> RunAsync(A a, CancellationToken ct = default);
            [Node<Worker>] private partial B Work(A a);
        }
        """);

    [Fact]
    public void A_helper_and_a_constructor_parameter() => Check(name => $$"""
        [Workflow] public sealed partial class Flow(Func<int> {{Parameter(name)}}of)
        {
            public partial ValueTask<B> RunAsync(A a, CancellationToken ct = default);
            private int {{name}}(int n) => n + {{Parameter(name)}}of();
            [Node] private B Work(A a) => new B({{name}}(a.N));
        }
        """);

    [Fact]
    public void An_input() => Check(name => $$"""
        [Workflow] public sealed partial class Flow
        {
            public partial ValueTask<B> RunAsync(A {{Parameter(name)}}, CancellationToken ct = default);
            [Node, Retry(1)] private async ValueTask<C> Work(A {{Parameter(name)}}, CancellationToken ct) { await Task.Yield(); ct.ThrowIfCancellationRequested(); return new C({{Parameter(name)}}.N); }
            [Wait] private partial ValueTask<B> Last(C c);
        }
        """);

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_node_that_takes_the_name_of_a_generated_member_is_refused(string name) => MustRefuse($$"""
        [Workflow] public sealed partial class Flow
        {
            public partial ValueTask<B> RunAsync(A a, CancellationToken ct = default);
            [Node] private B {{name}}(A a) => new B(a.N);
        }
        """);

    [Theory]
    [InlineData("Handle")]
    [InlineData("NodeId")]
    [InlineData("Graph")]
    [InlineData("Descriptor")]
    [InlineData("Runtime")]
    [InlineData("Start")]
    public void A_property_that_takes_the_name_of_a_generated_member_is_refused(string name) => MustRefuse($$"""
        [Workflow] public sealed partial class Flow
        {
            public partial ValueTask<B> RunAsync(A a, CancellationToken ct = default);
            public int {{name}} => 1;
            [Node] private B Work(A a) => new B(a.N + {{name}});
        }
        """);

    [Theory]
    [InlineData("Handle")]
    [InlineData("NodeId")]
    [InlineData("Graph")]
    [InlineData("Descriptor")]
    [InlineData("Runtime")]
    [InlineData("Start")]
    public void A_class_that_takes_the_name_of_a_member_of_its_own_is_refused(string name) => MustRefuse($$"""
        [Workflow] public sealed partial class {{name}}
        {
            public partial ValueTask<B> RunAsync(A a, CancellationToken ct = default);
            [Node] private B Work(A a) => new B(a.N);
        }
        """);

    [Fact]
    public void A_method_that_starts_in_another_way_stays() => MustCompile("""
        [Workflow] public sealed partial class Flow
        {
            public partial ValueTask<B> RunAsync(A a, CancellationToken ct = default);
            public Handle Start(int n) => Start(new A(n));
            public void Start() { }
            [Node] private B Work(A a) => new B(a.N);
        }
        """);

    [Fact]
    public void A_method_that_starts_in_the_same_way_is_refused() => MustRefuse("""
        [Workflow] public sealed partial class Flow
        {
            public partial ValueTask<B> RunAsync(A a, CancellationToken ct = default);
            public int Start(A a, RunOptions? options, CancellationToken ct) => a.N;
            [Node] private B Work(A a) => new B(a.N);
        }
        """);

    [Fact]
    public void Members_of_a_base_class_that_is_no_workflow_are_hidden() => MustCompile("""
        public abstract class Service
        {
            public int Graph => 1;
            protected string Runtime => "";
            public void Start(A a, RunOptions? options = null, CancellationToken ct = default) { }
            public class Handle { }
            public int Descriptor;
        }

        [Workflow] public sealed partial class Flow : Service
        {
            public partial ValueTask<B> RunAsync(A a, CancellationToken ct = default);
            [Node] private B Work(A a) => new B(a.N);
        }
        """);

    [Fact]
    public void A_wait_and_a_stream_of_one_name_are_refused() => MustRefuse("""
        [Workflow] public sealed partial class Flow
        {
            public partial ValueTask<B> RunAsync(A a, CancellationToken ct = default);
            [Node] private C Work(A a, Emitter<int> tokens) { tokens.Emit(1); return new C(a.N); }
            [Wait] private partial ValueTask<B> Tokens(C c);
        }
        """);

    [Fact]
    public void Streams_that_differ_in_a_capital_are_refused() => MustRefuse("""
        [Workflow] public sealed partial class Flow
        {
            public partial ValueTask<B> RunAsync(A a, CancellationToken ct = default);
            [Node] private C Work(A a, Emitter<int> tokens) { tokens.Emit(1); return new C(a.N); }
            [Node] private B Next(C c, Emitter<int> Tokens) { Tokens.Emit(1); return new B(c.N); }
        }
        """);

    [Fact]
    public void Names_that_meet_where_a_sub_workflow_is_laid_out_are_told_apart() => MustCompile("""
        [Workflow] public sealed partial class Child
        {
            public partial ValueTask<B> RunAsync(A a, CancellationToken ct = default);
            [Node] private C Work(A a, Emitter<int> ask) { ask.Emit(1); return new C(a.N); }
            [Wait] private partial ValueTask<B> Approve(C c);
        }

        [Workflow] public sealed partial class Flow(Child child)
        {
            public partial ValueTask<B> RunAsync(A a, CancellationToken ct = default);
            [SubWorkflow(nameof(child))] private partial ValueTask<B> Cold([Input] A a);
            [Wait] private partial ValueTask<C> Cold_Approve([From(nameof(Cold))] B b);
            [Wait] private partial ValueTask<A> Cold_Ask(C c);
            [Node] private B Cold_Work([From(nameof(Cold_Ask))] A a) => new B(a.N);
        }
        """);

    [Fact]
    public void Nodes_whose_hidden_members_look_alike() => MustCompile("""
        public sealed class Worker
        {
            private int _n;
            public C Execute(A a) => new C(a.N + _n++);
            public void Cleanup() => _n = 0;
        }

        public sealed class Clean : ICleanup
        {
            private int _n;
            public C Execute(A item) => new C(item.N + _n++);
            public void Cleanup() => _n = 0;
        }

        [Workflow] public sealed partial class Child
        {
            public partial ValueTask<B> RunAsync(A[] items, CancellationToken ct = default);
            [Node<Clean>] private partial C Work([Each] A item);
            [Node] private B WorkElement(C[] all) => new B(all.Length);
        }

        [Workflow] public sealed partial class Flow(Child child)
        {
            public partial ValueTask<B> RunAsync(A[] items, CancellationToken ct = default);
            [SubWorkflow(nameof(child))] private partial ValueTask<B> Inner(A[] items);
        }
        """);

    private static string Parameter(string name) => name[0] == '@' ? name : char.ToLowerInvariant(name[0]) + name[1..];

    /// <summary>All names in one compilation, each in a namespace of its own.</summary>
    private static void Check(Func<string, string> source)
    {
        CompiledFlow flow = FlowCompiler.Compile([Domain, .. s_suspects.Select((name, i) => $"namespace Suspect{i};\n" + source(name))]);
        Assert.All(flow.FromGenerator, IsReserved);
        string errors = string.Join("\n", flow.FromCompiler.Where(IsAboutGenerated).Select(error => error.ToString()));
        Assert.True(errors.Length == 0, errors);
    }

    private static void MustCompile(string source) => FlowCompiler.Compile(Domain, source).MustCompile();

    private static void MustRefuse(string source)
    {
        CompiledFlow flow = FlowCompiler.Compile(Domain, source);
        Assert.All(flow.FromGenerator, IsReserved);
        Assert.NotEmpty(flow.FromGenerator);
        Assert.Equal([], flow.FromCompiler.Select(error => error.ToString()));
    }

    private static void IsReserved(Diagnostic found) => Assert.Contains("FG1008", found.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private static bool IsAboutGenerated(Diagnostic error) => error.Location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) != false;
}
