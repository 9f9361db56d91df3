using System.Reflection;

namespace Behaviour.Names;

/// <summary>Signals and streams are as accessible as what they are of: generated code never says more than C# allows.</summary>
public sealed class AccessTests
{
    private const string Domain = """
        public sealed record A(int N);
        public sealed record B(int N);
        internal sealed record Hidden(int N);
        """;

    [Theory]
    [InlineData("public", "public")]
    [InlineData("internal", "internal")]
    [InlineData("private", "none")]
    [InlineData("protected", "none")]
    [InlineData("protected internal", "internal")]
    [InlineData("private protected", "none")]
    public void A_type_within_a_public_workflow(string modifier, string property)
    {
        LoadedFlow flow = FlowCompiler.Compile(Domain, $$"""
            [Workflow] public partial class Flow
            {
                public partial ValueTask<B> RunAsync(A a, CancellationToken ct = default);
                {{modifier}} sealed record Question(int N);
                [Node] private C Work(A a, Emitter<Question[]> questions) { questions.Emit(new[] { new Question(a.N) }); return new C(a.N); }
                private sealed record C(int N);
                [Node] private Question Prepare(C c) => new Question(c.N);
                [Wait] private partial ValueTask<B> Approve(Question question);
                [Node] private B Tell([From(nameof(Approve))] B b) => new B(b.N);
            }
            """).Load();

        Assert.Equal(property, AccessOf(flow, "Flow", "Approve"));
        Assert.Equal(property, AccessOf(flow, "Flow", "Questions"));
    }

    [Fact]
    public void An_answer_that_is_internal()
    {
        LoadedFlow flow = FlowCompiler.Compile(Domain, """
            [Workflow] public sealed partial class Flow
            {
                public partial ValueTask<B> RunAsync(A a, CancellationToken ct = default);
                [Wait] private partial ValueTask<IReadOnlyList<Hidden>> Approve(A a);
                [Node] private B Tell(IReadOnlyList<Hidden> all) => new B(all.Count);
            }
            """).Load();

        Assert.Equal("internal", AccessOf(flow, "Flow", "Approve"));
    }

    [Fact]
    public void Keys_and_several_parameters()
    {
        LoadedFlow flow = FlowCompiler.Compile(Domain, """
            [Workflow] public sealed partial class Flow
            {
                public partial ValueTask<B> RunAsync(A[] items, CancellationToken ct = default);
                [Node] private Hidden Secret([Input] A[] items) => new Hidden(items.Length);
                [Wait(Key = nameof(hidden))] private partial ValueTask<A> Approve([Each] A item, Hidden hidden);
                [Node] private B Tell([From(nameof(Approve))] A[] all) => new B(all.Length);
            }
            """).Load();

        Assert.Equal("internal", AccessOf(flow, "Flow", "Approve"));
    }

    [Fact]
    public void In_an_internal_workflow_what_is_internal_is_for_everybody_who_sees_it()
    {
        LoadedFlow flow = FlowCompiler.Compile(Domain, """
            [Workflow] internal sealed partial class Flow
            {
                public partial ValueTask<B> RunAsync(A a, CancellationToken ct = default);
                [Node] private B Tell([From(nameof(Approve))] Hidden hidden, Emitter<Hidden> words) { words.Emit(hidden); return new B(hidden.N); }
                [Wait] private partial ValueTask<Hidden> Approve(A a);
            }
            """).Load();

        Assert.Equal("public", AccessOf(flow, "Flow", "Approve"));
        Assert.Equal("public", AccessOf(flow, "Flow", "Words"));
    }

    [Fact]
    public void In_a_private_workflow_what_is_private_beside_it_is_for_everybody_who_sees_it()
    {
        LoadedFlow flow = FlowCompiler.Compile(Domain, """
            public static partial class Outer
            {
                private sealed record Question(int N);
                [Workflow] private sealed partial class Flow
                {
                    public partial ValueTask<B> RunAsync(A a, CancellationToken ct = default);
                    [Node] private Question Prepare(A a, Emitter<Question> words) { words.Emit(new Question(a.N)); return new Question(a.N); }
                    [Wait] private partial ValueTask<B> Approve(Question question);
                }

                public static string Program()
                {
                    Flow.Handle run = new Flow().Start(new A(3));
                    return run.Approve.Request!.N + " " + run.Approve.TrySet(new B(4)) + " " + run.Status;
                }
            }
            """).Load();

        Assert.Equal("public", AccessOf(flow, "Outer+Flow", "Approve"));
        Assert.Equal("3 True Completed", flow.Call<string>("Outer", "Program"));
    }

    [Fact]
    public void An_entry_that_is_internal_has_a_handle_that_is_internal()
    {
        LoadedFlow flow = FlowCompiler.Compile(Domain, """
            [Workflow] public sealed partial class Flow
            {
                internal partial ValueTask<B> RunAsync(A a, CancellationToken ct = default);
                [Node] private B Tell([From(nameof(Approve))] Hidden hidden) => new B(hidden.N);
                [Wait] private partial ValueTask<Hidden> Approve(A a);
            }
            """).Load();

        Assert.Equal("public", AccessOf(flow, "Flow", "Approve"));
        Assert.True(flow.Assembly.GetType("Flow+Handle")!.IsNestedAssembly);
    }

    [Fact]
    public void What_an_internal_workflow_asks_is_internal_on_the_handle_of_its_public_parent()
    {
        LoadedFlow flow = FlowCompiler.Compile(Domain, """
            [Workflow] internal sealed partial class Child
            {
                public partial ValueTask<B> RunAsync(A a, CancellationToken ct = default);
                [Node] internal B Tell([From(nameof(Approve))] Hidden hidden, Emitter<Hidden> words) { words.Emit(hidden); return new B(hidden.N); }
                [Wait] internal partial ValueTask<Hidden> Approve(A a);
            }

            [Workflow] public sealed partial class Parent
            {
                private readonly Child child = new Child();
                public partial ValueTask<B> RunAsync(A a, CancellationToken ct = default);
                [SubWorkflow(nameof(child))] private partial ValueTask<B> Inner(A a);
            }
            """).Load();

        Assert.Equal("public", AccessOf(flow, "Child", "Approve"));
        Assert.Equal("internal", AccessOf(flow, "Parent", "Inner_Approve"));
        Assert.Equal("internal", AccessOf(flow, "Parent", "Inner_Words"));
    }

    [Fact]
    public void What_nobody_sees_is_answered_by_its_path()
    {
        LoadedFlow flow = FlowCompiler.Compile(Domain, """
            [Workflow] public sealed partial class Flow
            {
                public partial ValueTask<B> RunAsync(A a, CancellationToken ct = default);
                private sealed record Question(int N);
                [Node] private Question Prepare(A a) => new Question(a.N);
                [Wait] private partial ValueTask<B> Approve(Question question);

                public static string Program()
                {
                    Handle run = new Flow().Start(new A(3));
                    return run.Signal<Question, B>("Approve").Request!.N + " " + run.Signal<Question, B>("Approve").TrySet(new B(4)) + " " + run.Completion.Result.N;
                }
            }
            """).Load();

        Assert.Equal("3 True 4", flow.Call<string>("Flow", "Program"));
    }

    private static string AccessOf(LoadedFlow flow, string workflow, string property)
    {
        Type handle = flow.Assembly.GetType(workflow + "+Handle", throwOnError: true)!;
        return handle.GetProperty(property, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)?.GetMethod is { } getter
            ? getter.IsPublic ? "public" : getter.IsAssembly ? "internal" : "other"
            : "none";
    }
}
