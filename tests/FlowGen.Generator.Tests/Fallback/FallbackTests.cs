using FlowGen.Testing;

namespace FlowGen.Generator.Tests.Fallback;

/// <summary>
/// A workflow with an error shows the members that it will have once it is mended, so that the author sees FlowGen's diagnostic and
/// nothing of the C# compiler's.
/// </summary>
public class FallbackTests
{
    private const string Types = """
        namespace Shop;
        public record A(int Number);
        public record B(int Number);
        public record C(int Number);
        public record D(int Number);
        public record E(int Number);
        public enum Route { Left, Right }
        public interface IClock { int Now { get; } }
        [Node] public sealed class Stamp(IClock clock) { public D Execute(C c) => new(clock.Now); }
        """;

    private const string Child = """
        namespace Shop;
        /// <summary>Documented.</summary>
        [Workflow]
        public sealed partial class Child(IClock clock)
        {
            public partial ValueTask<C> RunAsync(A a, int times = 2, CancellationToken ct = default);
            [Node] private ValueTask<B> Begin(A a, CancellationToken ct) => new(new B(a.Number + clock.Now));
            [Node] private C End(B b, int times) => new(b.Number * times);
        }
        """;

    private const string Parent = """
        namespace Shop;
        public partial class Outer
        {
            [Workflow(Id = "parent")]
            internal protected partial class Parent(Child child, Child spare, IClock clock)
            {
                /// <summary>Runs.</summary>
                /// <param name="a">Given.</param>
                /// <param name="text">Also.</param>
                /// <param name="options">More.</param>
                /// <param name="ct">Stops.</param>
                public partial ValueTask<E?> RunAsync(A a, string? text = "x", RunOptions? options = null, CancellationToken ct = default);
                [SubWorkflow(nameof(child))] protected partial ValueTask<C> First(A a);
                [SubWorkflow(nameof(spare))] private partial ValueTask<C> Second(A a);
                [Node<Stamp>] public partial D Third([From(nameof(First))] C c);
                [Node] private Route Choose(A a, string? text) => Route.Left;
                [Node, When(nameof(Choose), Route.Left)] private E Fourth(D d, [From(nameof(Second))] C c) => new(d.Number + c.Number);
            }
        }
        """;

    private const string Use = """
        namespace Shop;
        public class Use : Outer
        {
            internal ValueTask<E?> Go(Child child, IClock clock)
            {
                _ = Parent.Graph.Nodes.Count + Parent.Descriptor.Version + (int)Parent.NodeId.First_Begin + (int)Parent.NodeId.Second_End + (int)Parent.NodeId.Fourth;
                Parent parent = new(child, child, clock) { Runtime = FlowRuntime.Default };
                _ = parent.Third(new C(1));
                return parent.RunAsync(new A(1), text: "y");
            }
        }
        """;

    /// <summary>What is wrong, the sound text, and what the author wrote instead.</summary>
    public static TheoryData<string, string, string> Errors => new()
    {
        { "no source", "[Node] private Route Choose(A a, string? text)", "[Node] private Route Choose(A a, string? other)" },
        { "an unknown node", "When(nameof(Choose), Route.Left)", "When(\"Nobody\", Route.Left)" },
        { "a value of another type", "When(nameof(Choose), Route.Left)", "When(nameof(Choose), 5)" },
        { "a cycle", "[Node] private Route Choose(A a, string? text)", "[Node, After(nameof(Fourth))] private Route Choose(A a, string? text)" },
        { "two producers", "[Node] private Route Choose(A a, string? text)", "[Node] private D Another(A a) => new(1);\n[Node] private Route Choose(A a, string? text)" },
        { "a result that may be missing", "RunAsync(A a, string? text = \"x\"", "RunAsync(A a, string? text = \"y\"" },
        { "an error in the child", "private ValueTask<B> Begin(A a, CancellationToken ct)", "private ValueTask<B> Begin(A a, Uri nowhere, CancellationToken ct)" },
        { "two kinds of node", "[Node<Stamp>]", "[Node<Stamp>, Node]" },
        { "a parameter by reference", "private Route Choose(A a, string? text)", "private Route Choose(A a, in string? text)" },
        { "a wrong type argument", "[Node<Stamp>]", "[Node<Uri>]" },
        { "a node id given twice", "[Node] private Route Choose", "[Node(Id = \"First\")] private Route Choose" },
    };

    [Fact]
    public void The_mended_workflow_compiles()
    {
        CompiledFlow sound = Compile(Types, Child, Parent, Use).MustCompile();
        Assert.DoesNotContain(sound.Files.Values, text => text.Contains("NotCompiled(", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Errors))]
    public void The_surface_stays_and_the_compiler_is_silent(string error, string sound, string broken)
    {
        _ = error;
        string[] mended = [Types, Child, Parent, Use];
        string[] wrong = [.. mended.Select(file => file.Replace(sound, broken, StringComparison.Ordinal))];
        if (broken.Contains("text = \"y\"", StringComparison.Ordinal))
        {
            mended = [.. mended.Select(file => file.Replace("text = \"x\"", "text = \"y\"", StringComparison.Ordinal))];
            wrong = [.. wrong.Select(file => file.Replace("ValueTask<E?>", "ValueTask<E>", StringComparison.Ordinal))];
            mended = [.. mended.Select(file => file.Replace("ValueTask<E?>", "ValueTask<E>", StringComparison.Ordinal).Replace(", When(nameof(Choose), Route.Left)", "", StringComparison.Ordinal))];
        }
        else if (broken.Contains("Another", StringComparison.Ordinal))
        {
            // The mended workflow has that node too, and says which of the two is meant.
            mended = [.. wrong.Select(file => file.Replace("Fourth(D d", "Fourth([From(nameof(Third))] D d", StringComparison.Ordinal))];
        }

        CompiledFlow before = Compile(wrong);
        Assert.Contains(before.Files.Values, text => text.Contains("NotCompiled(", StringComparison.Ordinal));
        Assert.True(before.FromCompiler.IsEmpty, string.Join("\n", before.FromCompiler));
        CompiledFlow after = Compile(mended).MustCompile();
        Assert.DoesNotContain(after.Files.Values, text => text.Contains("NotCompiled(", StringComparison.Ordinal));
        Assert.Equal(PublicSurface.Of(after), PublicSurface.Of(before));
    }

    /// <summary>Then nobody can know what nodes it has.</summary>
    [Fact]
    public void Of_an_unknown_sub_workflow_only_its_own_nodes_are_missing()
    {
        CompiledFlow sound = Compile(Types, Child, Parent).MustCompile();
        CompiledFlow broken = Compile(Types, Child, Parent.Replace("[SubWorkflow(nameof(spare))]", "[SubWorkflow(\"spores\")]", StringComparison.Ordinal));
        Assert.Empty(broken.FromCompiler);
        Assert.Equal(WithoutSecond(sound), WithoutSecond(broken));

        static IEnumerable<string> WithoutSecond(CompiledFlow flow) => PublicSurface.Of(flow).Split('\n')
            .Where(line => !line.Contains("Second_", StringComparison.Ordinal))
            .Select(line => line.Split(" = ")[0]);
    }

    [Fact]
    public void A_cycle_of_workflows_leaves_both_surfaces()
    {
        CompiledFlow flow = FlowCompiler.Compile("""
            namespace Cycle;
            public record A(int Number);
            [Workflow]
            public sealed partial class One(Two two)
            {
                [return: From(nameof(Go))]
                public partial ValueTask<A> RunAsync(A a, CancellationToken ct = default);
                [SubWorkflow(nameof(two))] private partial ValueTask<A> Go([Input] A a);
            }

            [Workflow]
            public sealed partial class Two(One one)
            {
                [return: From(nameof(Go))]
                public partial ValueTask<A> RunAsync(A a, CancellationToken ct = default);
                [SubWorkflow(nameof(one))] private partial ValueTask<A> Go([Input] A a);
                public static int Id => (int)One.NodeId.Go_Go;
            }
            """);
        Assert.Empty(flow.FromCompiler);
        Assert.Equal(2, flow.Files.Values.Count(text => text.Contains("NotCompiled(", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_broken_workflow_throws_and_says_why()
    {
        LoadedFlow flow = FlowCompiler.Compile("""
            public record A(int Number);
            public record B(int Number);
            [Workflow]
            public sealed partial class Flow
            {
                public partial ValueTask<B> RunAsync(A a, CancellationToken ct = default);
                [Node] private B Work(Uri uri) => new(1);
                public static object Go() => new Flow().RunAsync(new A(1)).AsTask();
            }
            """).LoadAnyway();
        Exception error = Assert.ThrowsAny<Exception>(() => flow.Call<object>("Flow", "Go"));
        Assert.Contains("Flow", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("public class Flow { [Node] private A Work(A a) => a; }")]
    [InlineData("public partial class Flow { }")]
    [InlineData("public partial class Flow { public partial ValueTask<A> RunAsync(A a); public partial ValueTask<A> RunAsync(A a, CancellationToken ct); [Node] private A Work([Input] A a) => a; }")]
    [InlineData("public partial struct Flow { }")]
    [InlineData("public static partial class Flow { }")]
    [InlineData("public static partial class Flow { public static partial A Run(A a); [Node] private static A Work([Input] A a) => a; }")]
    [InlineData("public partial class Flow { public partial A Run(A a); [Node] private A Work([Input] A a) => a; public int Graph; public enum NodeId { } public string Descriptor => \"\"; }")]
    [InlineData("public partial class Flow { public partial IEnumerable<A> RunAsync(A a); [Node] private A Work([Input] A a) => a; }")]
    [InlineData("public partial class Flow { public partial A Run(A a); [Node] private ValueTask<A> Work([Input] A a) => new(a); }")]
    [InlineData("public partial class Flow { public partial A Run(A a); [Node] private A Work([Input] A a) => a; [Node] private A Runtime(A b) => b; }")]
    [InlineData("public partial class Flow { public partial A Run(A a); [Node<NoNode>] private partial A Work([Input] A a); }")]
    [InlineData("public partial class Flow { public partial A Run(A a); }")]
    [InlineData("public partial class Flow { public virtual partial A Run(A a); [Node] private A Work([Input] A a) => a; }")]
    [InlineData("public partial class Flow<T> { public partial A Run(A a); [Node] private A Work([Input] A a) => a; }")]
    [InlineData("public partial class Flow { public partial A Run(ref A a); [Node] private A Work([Input] A a) => a; }")]
    [InlineData("public partial class Flow { public partial A Run(A a); [Node] private partial A Work([Input] A a); }")]
    [InlineData("public partial class Flow { public partial A Run(A a); [Node<NoNode>] private partial A Work([Input] A a); [Node<NoNode>] private partial A Work([Input] A a, int b); }")]
    [InlineData("public class Outer { [Workflow] public partial class Flow { public partial A Run(A a); [Node] private A Work([Input] A a) => a; } }")]
    [InlineData("file partial class Flow { public partial A Run(A a); [Node] private A Work([Input] A a) => a; }")]
    public void Whatever_is_wrong_the_generator_goes_on(string source)
    {
        string text = source.Contains("[Workflow]", StringComparison.Ordinal) ? source : "[Workflow] " + source;
        CompiledFlow flow = FlowCompiler.Compile("public record A(int Number);\n[Node] public sealed class NoNode { }\n" + text, """
            public record B(int Number);
            [Workflow] public sealed partial class Sound { public partial B Run(B b); [Node] private B Work([Input] B b) => b; }
            """);
        Assert.Contains("Sound.g.cs", flow.Files.Keys);
        Silence.Assert(flow);
    }

    private static CompiledFlow Compile(params string[] sources) => FlowCompiler.Compile(sources);
}
