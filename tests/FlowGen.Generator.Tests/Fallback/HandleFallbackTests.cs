using FlowGen.Testing;

namespace FlowGen.Generator.Tests.Fallback;

/// <summary>The handle of a workflow with an error has the signals and streams that it will have once it is mended, so that callers compile.</summary>
public class HandleFallbackTests
{
    private const string Types = """
        namespace Shop;
        public record Order(int Id);
        public record Line(int Id);
        public record Approval(bool IsGranted);
        public record Payment(int Amount);
        public record Verdict(int Points);
        public record Report(string Text);
        internal record Secret(int Code);
        public sealed class Printer { public Report Execute(Approval approval, Emitter<string> pages) { pages.EmitAsync(approval.ToString()); return new("printed"); } }
        """;

    private const string Child = """
        namespace Shop;
        [Workflow]
        public sealed partial class Review
        {
            public partial ValueTask<Verdict> RunAsync(Line line, CancellationToken ct = default);
            [Node] private Payment Price(Line line, Emitter<int> prices) { prices.EmitAsync(line.Id); return new(line.Id); }
            [Wait] private partial ValueTask<Verdict> Judge(Payment payment);
        }
        """;

    private const string Parent = """
        namespace Shop;
        [Workflow]
        public sealed partial class Sale(Review review)
        {
            [return: From(nameof(Print))]
            public partial ValueTask<Report> RunAsync(Order order, IReadOnlyList<Line> lines, CancellationToken ct = default);
            [Wait] private partial ValueTask<Approval> Approve(Order order);
            [Wait(Transient = true)] private partial Task<Payment?> Pay();
            [Wait] private partial ValueTask<string> Comment(Order order, Approval approval);
            [Wait(Key = nameof(line))] private partial ValueTask<int> Count([Each] Line line);
            [Wait] private partial ValueTask<bool> Weigh([Each] Line line, Order order);
            [Wait] private partial ValueTask<Secret> Unlock(Order order);
            [SubWorkflow(nameof(review))] private partial ValueTask<Verdict> First([From(nameof(One))] Line line);
            [SubWorkflow(nameof(review))] private partial ValueTask<Verdict> Every([Each] Line line);
            [Node] private Line One(Order order, Emitter<double> progress, Emitter<string> notes) { progress.EmitAsync(1); notes.EmitAsync(""); return new(order.Id); }
            [Node] private void Two(Order order, Emitter<double> progress) => progress.EmitAsync(2);
            [Node<Printer>] private partial Report Print(Approval approval);
        }
        """;

    private const string Use = """
        namespace Shop;
        public static class Use
        {
            public static bool Go(Sale sale, Line line)
            {
                Sale.Handle run = sale.Start(new Order(1), []);
                Order? asked = run.Approve.Request;
                FlowStream<double> progress = run.Progress;
                FlowStream<string> notes = run.Notes;
                FlowStream<string> pages = run.Pages;
                FlowStream<int> prices = run.First_Prices;
                FlowSignals<int, Payment, Verdict> each = run.Every_Judge;
                run.Every_Prices.ToString();
                return run.Approve.TrySet(new Approval(true)) && run.Pay.TrySet(null) && run.Comment.Request.approval == new Approval(true)
                    && run.Count[line].TrySet(1) && run.Weigh[0].TrySet(true) && run.Unlock.TrySet(new Secret(1)) && run.First_Judge.TrySet(new Verdict(1));
            }
        }
        """;

    /// <summary>What is wrong, the sound text, and what the author wrote instead.</summary>
    public static TheoryData<string, string, string> Errors => new()
    {
        { "no source", "private void Two(Order order,", "private void Two(Uri nowhere," },
        { "no source for a wait", "Approve(Order order)", "Approve([From(\"Nobody\")] Order order)" },
        { "an unknown node", "[Wait] private partial ValueTask<Approval> Approve", "[Wait, After(\"Nobody\")] private partial ValueTask<Approval> Approve" },
        { "a cycle", "[Wait] private partial ValueTask<Approval> Approve", "[Wait, After(nameof(Print))] private partial ValueTask<Approval> Approve" },
        { "an answer without a task", "private partial ValueTask<Approval> Approve", "private partial Approval Approve" },
        { "a parameter by reference", "Approve(Order order)", "Approve(in Order order)" },
        { "a node that is two", "[Wait] private partial ValueTask<Approval> Approve", "[Wait, Node] private partial ValueTask<Approval> Approve" },
        { "no node", "[Node] private Line One(", "[Node] private static void Two() { }\n    [Node] private Line One(" },
        { "a stream of two types", "private void Two(Order order, Emitter<double> progress)", "private void Two(Order order, Emitter<float> progress)" },
        { "an error in the child", "[Wait] private partial ValueTask<Verdict> Judge", "[Wait, After(\"Nobody\")] private partial ValueTask<Verdict> Judge" },
        { "two entries", "    [Wait] private partial ValueTask<Approval> Approve", "    public partial ValueTask<Report> RunAsync(Line line);\n    [Wait] private partial ValueTask<Approval> Approve" },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public void Callers_compile_and_the_handle_has_the_same_members(string error, string sound, string broken)
    {
        string[] mended = [Types, Child, Parent, Use];
        string[] wrong = [.. mended.Select(file => file.Replace(sound, broken, StringComparison.Ordinal))];
        Assert.False(mended.SequenceEqual(wrong), error);

        CompiledFlow before = FlowCompiler.Compile(wrong);
        Assert.Contains("NotCompiled(", before.Files["Shop.Sale.g.cs"], StringComparison.Ordinal);
        Assert.True(before.FromCompiler.IsEmpty, string.Join("\n", before.FromCompiler));
        CompiledFlow after = FlowCompiler.Compile(mended).MustCompile();
        Assert.DoesNotContain(after.Files.Values, text => text.Contains("NotCompiled(", StringComparison.Ordinal));
        Assert.Equal(Handle(after), Handle(before));
    }

    [Fact]
    public void A_name_that_is_taken_by_another_node_is_avoided_alike()
    {
        string taken = Parent.Replace("[Node] private Line One(", "[Node] private int First_Judge(Order order) => order.Id;\n    [Node] private Line One(", StringComparison.Ordinal);
        string broken = taken.Replace("private void Two(Order order,", "private void Two(Uri nowhere,", StringComparison.Ordinal);
        CompiledFlow sound = FlowCompiler.Compile(Types, Child, taken).MustCompile();
        CompiledFlow wrong = FlowCompiler.Compile(Types, Child, broken);
        Assert.Empty(wrong.FromCompiler);
        Assert.Contains("First__Judge", PublicSurface.Of(wrong), StringComparison.Ordinal);
        Assert.Equal(PublicSurface.Of(sound), PublicSurface.Of(wrong));
    }

    /// <summary>Then nobody can know what the property is, or there can be none.</summary>
    [Theory]
    [InlineData("[Wait(Key = \"nobody\")] private partial ValueTask<B> Ask(A a);")]
    [InlineData("[Wait] private partial ValueTask Ask(A a);")]
    [InlineData("[Wait] private partial void Ask(A a);")]
    [InlineData("[Wait] private partial Span<int> Ask(A a);")]
    [InlineData("[Wait] private partial ValueTask<B> Ask(Span<int> a);")]
    [InlineData("[Wait] private partial ValueTask<B> Status(A a);")]
    [InlineData("[Wait] private partial ValueTask<B> Signal(A a);")]
    [InlineData("[Wait] private partial ValueTask<B> Handle(A a);")]
    [InlineData("[Node] private B Ask(A a, Emitter<int> status) => new(1);")]
    [InlineData("[Node] private B Ask<T>(A a, Emitter<T> items) => new(1);")]
    [InlineData("[Catch] private B Ask(Exception error, Uri nowhere, Emitter<int> items) => new(1);")]
    public void What_cannot_be_known_is_left_out_in_silence(string node)
    {
        CompiledFlow flow = Compile(node);
        Assert.Contains("NotCompiled(", flow.Files["Flow.g.cs"], StringComparison.Ordinal);
        Assert.DoesNotContain("FlowSignal", flow.Files["Flow.g.cs"], StringComparison.Ordinal);
        Assert.DoesNotContain("FlowStream", flow.Files["Flow.g.cs"], StringComparison.Ordinal);
        Silence.Assert(flow);
    }

    /// <summary>The compiler says about the author's file what there is to say.</summary>
    [Theory]
    [InlineData("[Wait] private partial ValueTask<B> Ask(Missing a); [Node] private void Use(B b) { }")]
    [InlineData("[Wait] private partial ValueTask<T> Ask<T>(A a);")]
    [InlineData("[Node] private B Ask(A a, Emitter<Missing> items) => new(1);")]
    [InlineData("[Node] private B Ask(A a, Emitter<List<Missing>> items) => new(1);")]
    public void Of_a_type_that_the_handle_does_not_know_there_is_no_member(string node)
    {
        string file = Compile(node).Files["Flow.g.cs"];
        Assert.DoesNotContain("FlowSignal", file, StringComparison.Ordinal);
        Assert.DoesNotContain("FlowStream", file, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[Wait] private partial ValueTask<B> Ask(A a); [Wait] private partial ValueTask<B> Ask(A a, int n);")]
    [InlineData("[Wait] private partial ValueTask<B> Items(A a); [Node] private void Send(A a, Emitter<int> items) { }")]
    [InlineData("[Node] private B Send(A a, Emitter<int> items, Emitter<int> Items) => new(1);")]
    public void Members_of_one_name_are_no_matter_for_the_compiler(string node) => Silence.Assert(Compile(node));

    [Fact]
    public void A_member_throws_and_says_why()
    {
        LoadedFlow flow = FlowCompiler.Compile("""
            public record A(int Number);
            public record B(int Number);
            [Workflow]
            public sealed partial class Flow
            {
                public partial ValueTask<B> RunAsync(A a, CancellationToken ct = default);
                [Wait] private partial ValueTask<B> Ask(Uri uri);
                public static object Go() => ((Handle)System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(typeof(Handle))).Ask;
            }
            """).LoadAnyway();
        Exception error = Assert.ThrowsAny<Exception>(() => flow.Call<object>("Flow", "Go"));
        Assert.Contains("Flow", error.ToString(), StringComparison.Ordinal);
    }

    private static CompiledFlow Compile(string node) => FlowCompiler.Compile($$"""
        public record A(int Number);
        public record B(int Number);
        [Workflow] public sealed partial class Flow { public partial ValueTask<B> RunAsync(A a); {{node}} [Node] private void Other(Uri nowhere) { } }
        """);

    private static IEnumerable<string> Handle(CompiledFlow flow) => PublicSurface.Of(flow).Split('\n').Where(line => line.Contains("Handle", StringComparison.Ordinal));
}
