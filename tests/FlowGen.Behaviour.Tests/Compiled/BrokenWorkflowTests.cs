using Microsoft.CodeAnalysis;

namespace Behaviour.Compiled;

/// <summary>A workflow with an error emits the public surface it would have without, so that users see FlowGen's one error and no other.</summary>
public sealed class BrokenWorkflowTests
{
    private const string Domain = """
        public sealed record A(int N);
        public sealed record B(int N);
        public sealed record C(int N);
        """;

    public static TheoryData<string, string, string> Pairs => new()
    {
        {
            "an ambiguous parameter",
            "[Workflow] public partial class W { public partial ValueTask<B> RunAsync(A a, CancellationToken ct = default); [Node] C One(A a) => new C(1); [Node] C Two(A a) => new C(2); [Node] B F(C one, C other) => new B(one.N + other.N); }",
            "[Workflow] public partial class W { public partial ValueTask<B> RunAsync(A a, CancellationToken ct = default); [Node] C One(A a) => new C(1); [Node] C Two(A a) => new C(2); [Node] B F(C one, C two) => new B(one.N + two.N); }"
        },
        {
            "a missing source",
            "[Workflow] public partial class W { public partial Task<B> RunAsync(A a); [Node] B F(A a, C c) => new B(a.N + c.N); }",
            "[Workflow] public partial class W { public partial Task<B> RunAsync(A a); [Node] B F(A a) => new B(a.N); }"
        },
        {
            "a missing result",
            "[Workflow] public partial class W { public partial B Run(A a); [Node] void F(A a) => _ = a.N; }",
            "[Workflow] public partial class W { public partial B Run(A a); [Node] B F(A a) => new B(a.N); }"
        },
        {
            "a cycle of nodes",
            "[Workflow] public partial class W { public partial ValueTask<C> RunAsync(A a); [Node, After(nameof(H))] B F(A a) => new B(a.N); [Node] C G(B b) => new C(b.N); [Node, After(nameof(G))] void H(A a) => _ = a.N; }",
            "[Workflow] public partial class W { public partial ValueTask<C> RunAsync(A a); [Node] B F(A a) => new B(a.N); [Node] C G(B b) => new C(b.N); [Node, After(nameof(G))] void H(A a) => _ = a.N; }"
        },
        {
            "body-less nodes beside the mistake",
            """
            public sealed class N { public ValueTask<B> ExecuteAsync(A a) => new ValueTask<B>(new B(a.N)); }
            [Workflow] public partial class V { public partial ValueTask<C> RunAsync(A a); [Node] C F(A a) => new C(a.N); }
            [Workflow] public partial class W(V v) { public partial ValueTask<B> RunAsync(A a); [SubWorkflow(nameof(v))] private partial ValueTask<C> Call(A a); [Node<N>] public partial ValueTask<B> Cls(A a); [Node] B F(B b, C missing, int nothing) => new B(b.N + missing.N + nothing); }
            """,
            """
            public sealed class N { public ValueTask<B> ExecuteAsync(A a) => new ValueTask<B>(new B(a.N)); }
            [Workflow] public partial class V { public partial ValueTask<C> RunAsync(A a); [Node] C F(A a) => new C(a.N); }
            [Workflow] public partial class W(V v) { public partial ValueTask<B> RunAsync(A a); [SubWorkflow(nameof(v))] private partial ValueTask<C> Call(A a); [Node<N>] public partial ValueTask<B> Cls(A a); [Node] B F(B b, C missing) => new B(b.N + missing.N); }
            """
        },
        {
            "no value for a defaulted entry parameter",
            "[Workflow] public partial class W { public partial ValueTask RunAsync(A a, int times = 3, string? name = null, RunOptions? options = null, CancellationToken ct = default); [Node] void F(A a, int times, string? name, C missing) => _ = $\"{a} {times} {name} {missing}\"; }",
            "[Workflow] public partial class W { public partial ValueTask RunAsync(A a, int times = 3, string? name = null, RunOptions? options = null, CancellationToken ct = default); [Node] void F(A a, int times, string? name) => _ = $\"{a} {times} {name}\"; }"
        },
        {
            "a wait with a payload",
            "[Workflow] public partial class W { public partial ValueTask<C> RunAsync(A a); [Wait] private partial ValueTask<B> Ask(A a); [Node] C F(B b, int nothing) => new C(b.N + nothing); }",
            "[Workflow] public partial class W { public partial ValueTask<C> RunAsync(A a); [Wait] private partial ValueTask<B> Ask(A a); [Node] C F(B b) => new C(b.N); }"
        },
        {
            "a wait without a payload",
            "[Workflow] public partial class W { public partial ValueTask<C> RunAsync(A a); [Wait] private partial ValueTask<B> Ask(); [Node] C F(B b, int nothing) => new C(b.N + nothing); }",
            "[Workflow] public partial class W { public partial ValueTask<C> RunAsync(A a); [Wait] private partial ValueTask<B> Ask(); [Node] C F(B b) => new C(b.N); }"
        },
        {
            "waits with keys",
            "[Workflow] public partial class W { public partial ValueTask<C> RunAsync(A[] all); [Wait(Key = nameof(a))] private partial ValueTask<B> Ask([Each] A a); [Wait] private partial ValueTask<int> Count([Each] A a); [Node] C F([From(nameof(Ask))] B[] b, C nothing) => new C(b.Length + nothing.N); }",
            "[Workflow] public partial class W { public partial ValueTask<C> RunAsync(A[] all); [Wait(Key = nameof(a))] private partial ValueTask<B> Ask([Each] A a); [Wait] private partial ValueTask<int> Count([Each] A a); [Node] C F([From(nameof(Ask))] B[] b) => new C(b.Length); }"
        },
        {
            "a stream",
            "[Workflow] public partial class W { public partial ValueTask<B> RunAsync(A a); [Node] B F(A a, Emitter<int> progress, C nothing) => new B(a.N + nothing.N); }",
            "[Workflow] public partial class W { public partial ValueTask<B> RunAsync(A a); [Node] B F(A a, Emitter<int> progress) => new B(a.N); }"
        },
        {
            "several waits and streams",
            "[Workflow] public partial class W { public partial ValueTask<C> RunAsync(A a); [Wait] private partial ValueTask<B> Ask(A a); [Wait] private partial Task<string?> Also(A a, B b); [Node] C F(A a, B b, Emitter<int> progress, Emitter<string?> notes, int nothing) => new C(b.N + nothing); [Node] void G(A a, Emitter<int> progress) { } }",
            "[Workflow] public partial class W { public partial ValueTask<C> RunAsync(A a); [Wait] private partial ValueTask<B> Ask(A a); [Wait] private partial Task<string?> Also(A a, B b); [Node] C F(A a, B b, Emitter<int> progress, Emitter<string?> notes) => new C(b.N); [Node] void G(A a, Emitter<int> progress) { } }"
        },
        {
            "waits and streams of sub-workflows",
            """
            [Workflow] public partial class V { public partial ValueTask<B> RunAsync(A a); [Wait] private partial ValueTask<B> Ask(A a); [Node] void Send(A a, Emitter<int> progress) { } }
            [Workflow] public partial class W(V v) { public partial ValueTask<C> RunAsync(A a, A[] all); [SubWorkflow(nameof(v))] private partial ValueTask<B> Call([Input] A a); [SubWorkflow(nameof(v))] private partial ValueTask<B> Every([Each] A a); [Node] C F([From(nameof(Call))] B b, C missing) => new C(b.N + missing.N); }
            """,
            """
            [Workflow] public partial class V { public partial ValueTask<B> RunAsync(A a); [Wait] private partial ValueTask<B> Ask(A a); [Node] void Send(A a, Emitter<int> progress) { } }
            [Workflow] public partial class W(V v) { public partial ValueTask<C> RunAsync(A a, A[] all); [SubWorkflow(nameof(v))] private partial ValueTask<B> Call([Input] A a); [SubWorkflow(nameof(v))] private partial ValueTask<B> Every([Each] A a); [Node] C F([From(nameof(Call))] B b) => new C(b.N); }
            """
        },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void The_broken_one_raises_only_FlowGen_s_errors(string what, string broken, string right)
    {
        CompiledFlow compiled = FlowCompiler.Compile(Domain, broken);

        Assert.NotEmpty(what + right);
        Assert.Empty(compiled.FromCompiler);
        Diagnostic diagnostic = Assert.Single(compiled.FromGenerator);
        Assert.Equal("FG0001", diagnostic.Id);
        Assert.Equal(DiagnosticSeverity.Error, diagnostic.Severity);
        Assert.Contains("'W'", diagnostic.GetMessage(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Both_have_the_same_public_surface(string what, string broken, string right)
    {
        Assert.NotEmpty(what);
        Assert.Equal(Surface(FlowCompiler.Compile(Domain, right).MustCompile()), Surface(FlowCompiler.Compile(Domain, broken)));
    }

    [Fact]
    public async Task The_broken_one_throws_when_it_is_run_all_the_same()
    {
        const string source = """
            [Workflow] public partial class W { public partial ValueTask<B> RunAsync(A a); [Node] B F(A a, C c) => new B(a.N + c.N); }
            public static class Program { public static async Task Run() => await new W().RunAsync(new A(1)); }
            """;
        LoadedFlow flow = FlowCompiler.Compile(Domain, source).LoadAnyway();

        Exception error = await Assert.ThrowsAnyAsync<Exception>(() => flow.Call<Task>("Program", "Run"));
        Assert.Contains("'W'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_workflow_does_not_harm_the_next_one()
    {
        CompiledFlow compiled = FlowCompiler.Compile(Domain, """
            [Workflow] public partial class W { public partial B Run(A a); [Node] B F(A a, C c) => new B(a.N + c.N); }
            [Workflow] public partial class Fine { public partial B Run(A a); [Node] B F(A a) => new B(a.N + 1); }
            public static class Program { public static int Run() => new Fine().Run(new A(1)).N; }
            """);
        LoadedFlow flow = compiled.LoadAnyway();

        Assert.Equal(2, flow.Call<int>("Program", "Run"));
    }

    [Fact]
    public void A_parent_of_a_broken_workflow_compiles()
    {
        CompiledFlow compiled = FlowCompiler.Compile(Domain, """
            [Workflow] public partial class V { public partial ValueTask<B> RunAsync(A a); [Node] B F(A a, C c) => new B(a.N + c.N); }
            [Workflow] public partial class W(V v) { public partial ValueTask<B> RunAsync(A a); [SubWorkflow(nameof(v))] private partial ValueTask<B> Call(A a); }
            """);

        Assert.Empty(compiled.FromCompiler);
        Assert.All(compiled.FromGenerator, diagnostic => Assert.Equal("FG0001", diagnostic.Id));
    }

    [Theory]
    [InlineData("[Workflow] public class W { public ValueTask<B> RunAsync(A a) => default; }")]
    [InlineData("[Workflow] public partial class W { }")]
    [InlineData("[Workflow] public partial class W { [Node] B F(A a) => new B(a.N); }")]
    [InlineData("[Workflow] public partial class W { public partial ValueTask<B> RunAsync(A a); public partial ValueTask<B> RunAsync(A a, int n); [Node] B F(A a) => new B(a.N); }")]
    [InlineData("[Workflow] public partial class W { public partial ValueTask<B> RunAsync(A a); [Node] B RunAsync2(A a) => new B(a.N); [Node] B Graph(A a) => new B(a.N); }")]
    [InlineData("[Workflow] public partial class W { public partial ValueTask<B> RunAsync(A a); [Node] B F(A a) => new B(a.N); [Node] B F(A a, int n) => new B(n); }")]
    [InlineData("[Workflow] public partial class W { public partial ValueTask<B> RunAsync(A a); [Node] public partial B F(A a); }")]
    [InlineData("[Workflow] public static partial class W { [Node] static B F(A a) => new B(a.N); }")]
    [InlineData("public class Outer { [Workflow] public partial class W { public partial ValueTask<B> RunAsync(A a); [Node] B F(A a) => new B(a.N); } }")]
    public void Mistakes_in_the_declaration_never_crash_the_generator(string source)
    {
        CompiledFlow compiled = FlowCompiler.Compile(Domain, source);

        Assert.NotEmpty(compiled.FromGenerator.Concat(compiled.FromCompiler));
        Assert.DoesNotContain(compiled.FromGenerator, d => d.Id is "CS8785" or "CS8784");
    }

    [Fact]
    public void Unfinished_typing_never_crashes_the_generator()
    {
        const string source = """
            public sealed class N(B held) { private int _uses; public ValueTask<C> ExecuteAsync(A a, CancellationToken ct) { _uses++; return new(new C(held.N)); } }
            [Workflow(Id = "v")] public partial class V { public partial ValueTask<B> RunAsync(A a, CancellationToken ct = default); [Node] B F(A a) => new(a.N); }
            [Workflow] public partial class W(V v, B held)
            {
                [return: From(nameof(Last))]
                public partial ValueTask<B> RunAsync(A a, int n = 3, CancellationToken ct = default);
                [Node, When(nameof(IsBig), true), After(nameof(Call))] void Log(A a) { }
                bool IsBig(A a) => a.N > 1;
                [SubWorkflow(nameof(v), Cleanup = CleanupMode.Deferred)] private partial ValueTask<B> Call(A a);
                [Node<N>] private partial ValueTask<C> Cls(A a);
                [Node] int[] Numbers([From(nameof(Cls))] C c) => new[] { c.N };
                [Node] async ValueTask<int> Each([Each(nameof(Numbers), MaxParallelism = 2)] int number, CancellationToken ct) { await Task.Yield(); return number; }
                [Node, Needs(nameof(Call))] B Last([From(nameof(Call))] Outcome<B> b, [From(nameof(Each))] int[]? all, int n) => new(n);
            }
            """;

        // Every prefix of the file is what somebody sees while typing it.
        for (int length = 1; length < source.Length; length += 7)
        {
            CompiledFlow compiled = FlowCompiler.Compile(Domain, source[..length]);
            Assert.DoesNotContain(compiled.FromGenerator, d => d.Id is "CS8785" or "CS8784");
        }
    }

    /// <summary>Every member of W that somebody outside could see, as text, without attributes.</summary>
    private static string Surface(CompiledFlow compiled)
    {
        INamedTypeSymbol workflow = compiled.Output.GetTypeByMetadataName("W")!;
        IEnumerable<string> members = Members(workflow).Order(StringComparer.Ordinal);
        return string.Join('\n', members);

        static IEnumerable<string> Members(INamedTypeSymbol type) => type.GetMembers()
            .Where(m => m.DeclaredAccessibility == Accessibility.Public && !m.IsImplicitlyDeclared && !m.Name.StartsWith("__", StringComparison.Ordinal))
            .SelectMany(m => m is INamedTypeSymbol nested
                ? Members(nested).Prepend($"{nested.TypeKind} {nested.ToDisplayString()}")
                : [m.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat.WithMemberOptions(
                    SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeType | SymbolDisplayMemberOptions.IncludeModifiers
                    | SymbolDisplayMemberOptions.IncludeAccessibility | SymbolDisplayMemberOptions.IncludeContainingType))]);
    }
}
