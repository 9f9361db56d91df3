namespace Behaviour.Compiled;

/// <summary>Workflows in every place and form that C# allows: each compiles without a warning, and runs.</summary>
public sealed class ShapesTests
{
    private const string Domain = """
        public sealed record A(int N);
        public sealed record B(int N);
        """;

    [Fact]
    public void In_the_global_namespace()
        => Check("""
            [Workflow] public partial class Flow { public partial B Run(A a); [Node] B Work(A a) => new B(a.N + 1); }
            """, "Flow");

    [Fact]
    public void In_partial_containers_of_every_kind()
        => Check("""
            namespace Deep.Down
            {
                public static partial class Outer
                {
                    public partial struct Middle
                    {
                        public partial record Inner
                        {
                            public partial interface IInnermost
                            {
                                [Workflow] internal sealed partial class Flow { public partial B Run(A a); [Node] B Work(A a) => new B(a.N + 1); }
                            }
                        }
                    }
                }
            }
            """, "Deep.Down.Outer.Middle.Inner.IInnermost.Flow");

    [Fact]
    public void As_a_record()
        => Check("""
            namespace Records { [Workflow] public sealed partial record Flow { public partial B Run(A a); [Node] B Work(A a) => new B(a.N + 1); } }
            """, "Records.Flow");

    [Fact]
    public void Copies_of_a_record_use_what_they_hold_themselves()
    {
        LoadedFlow flow = FlowCompiler.Compile(Domain, """
            namespace RecordCopies
            {
                public class Adder : ICleanup
                {
                    private readonly Func<int> _more;
                    public Adder(Func<int> more) => _more = more;
                    public B Execute(A a) => new B(a.N + _more());
                    public void Cleanup() { }
                }

                [Workflow]
                public sealed partial record Flow(Func<int> More)
                {
                    public partial B Run(A a);
                    [Node<Adder>] private partial B Add(A a);
                }

                public static class Program
                {
                    public static string Run(int n)
                    {
                        Func<int> one = () => 1;
                        Flow first = new(one);
                        int before = first.Run(new A(n)).N;
                        Flow second = first with { More = () => 100 };
                        return before + " " + second.Run(new A(n)).N + " " + first.Run(new A(n)).N + " " + (first == new Flow(one));
                    }
                }
            }
            """).Load();
        Assert.Equal("6 105 6 True", flow.Call<string>("RecordCopies.Program", "Run", 5));
    }

    [Fact]
    public void With_names_that_begin_with_underscores()
        => Check("""
            namespace Underscores
            {
                [Workflow]
                public sealed partial class Flow
                {
                    public partial B Run(A __error);
                    bool __has(A __a) => __a.N > 0;
                    [Node, When(nameof(__has))] A __context(A __error) => new A(__error.N + 1);
                    [Node] B _frame([From(nameof(__context))] A? _workflow, [Input] A __error) => new B((_workflow ?? __error).N);
                }
            }
            """, "Underscores.Flow");

    [Fact]
    public void With_names_that_are_contextual_keywords()
        => Check("""
            namespace @await
            {
                [Workflow]
                public sealed partial class @record
                {
                    public partial B Run(A field);
                    [Node] C var(A dynamic) => new C(dynamic.N);
                    [Node] B when(C await) => new B(await.N + 1);
                }

                public sealed record C(int N);
            }
            """, "@await.@record");

    [Fact]
    public void In_parts_over_several_files()
        => Check(["""
            namespace Parts { [Workflow] public partial class Flow { public partial B Run(A a); } }
            """, """
            namespace Parts { partial class Flow { [Node] B Work(A a) => new B(a.N + 1); } }
            """], "Parts.Flow");

    [Fact]
    public void Two_of_one_name_in_two_namespaces()
        => Check("""
            namespace One { [Workflow] public partial class Flow { public partial B Run(A a); [Node] B Work(A a) => new B(a.N + 1); } }
            namespace Two { [Workflow] public partial class FLOW { public partial B Run(A a); [Node] B Work(A a) => new B(a.N + 2); } }
            namespace one { [Workflow] public partial class Flow { public partial B Run(A a); [Node] B Work(A a) => new B(a.N + 3); } }
            """, "One.Flow");

    [Fact]
    public void With_keywords_for_names()
        => Check("""
            namespace @namespace.@class
            {
                public sealed record @event(int N);

                [Workflow] public partial class @new
                {
                    public partial B Run(A @if);
                    [Node] @event @for(A @if) => new @event(@if.N);
                    [Node] int @int(@event @while) => @while.N;
                    [Node, After(nameof(@for))] B @return(@event @do, int @int) => new B(@do.N + @int - @do.N + 1);
                }
            }
            """, "@namespace.@class.@new");

    [Fact]
    public void With_names_that_hide_the_framework_s()
        => Check("""
            namespace Hiding
            {
                public class System { }
                public class Task { }
                public class ValueTask { }
                public class FlowGen { }
                public class Exception { }
                public class Object { }

                [global::FlowGen.Workflow] public partial class Flow
                {
                    public partial global::System.Threading.Tasks.ValueTask<B> RunAsync(A a, global::System.Threading.CancellationToken ct = default);
                    [global::FlowGen.Node] async global::System.Threading.Tasks.ValueTask<Task> Make(A a) { await global::System.Threading.Tasks.Task.Yield(); _ = a; return new Task(); }
                    [global::FlowGen.Node] B Work(A a, Task task) => new B(a.N + (task is null ? 0 : 1));
                }

                public static class Runs { public static B Run(A a) => new Flow().RunAsync(a).AsTask().GetAwaiter().GetResult(); }
            }
            """, "Hiding.Runs", isStatic: true);

    [Fact]
    public void In_a_file_with_a_byte_order_mark_and_windows_lines()
        => Check("\uFEFF" + """
            namespace Marked { [Workflow] public partial class Flow { public partial B Run(A a); [Node] B Work(A a) => new B(a.N + 1); } }
            """.ReplaceLineEndings("\r\n"), "Marked.Flow");

    [Fact]
    public void With_nodes_of_every_accessibility()
        => Check("""
            namespace Access
            {
                [Workflow] public partial class Flow
                {
                    public partial B Run(A a);
                    [Node] public int First(A a) => a.N;
                    [Node] protected int Second(int first) => first;
                    [Node] internal int Third(int second) => second;
                    [Node] protected internal int Fourth(int third) => third;
                    [Node] private protected int Fifth(int fourth) => fourth;
                    [Node] private B Work(int fifth) => new B(fifth + 1);
                }
                [Workflow] public partial class Parent(Flow flow)
                {
                    public partial B Run(A a);
                    [SubWorkflow(nameof(flow))] private partial B Call(A a);
                }
            }
            """, "Access.Flow");

    [Fact]
    public void With_a_value_of_every_type()
        => Check("""
            namespace Values
            {
                public readonly record struct Point(int X, int Y);
                public enum Side { Left, Right }

                [Workflow] public partial class Flow
                {
                    public partial B Run(A a);
                    [Node] Point Point(A a) => new Point(a.N, 1);
                    [Node] Side? Side(A a) => a.N > 0 ? Values.Side.Left : null;
                    [Node] (int Sum, string? Text) Split(Point p) => (p.X + p.Y, null);
                    [Node] Dictionary<string, List<int?>> Map(A a) => new() { ["x"] = [a.N, null] };
                    [Node] Func<int, int> Function(A a) => x => x + a.N;
                    [Node] Guid Id(A a) => Guid.Empty;
                    [Node] object? Thing(A a) => a.N;
                    [Node] nint Native(A a) => a.N;
                    [Node] B Work(int sum, string? text, Side? side, Dictionary<string, List<int?>> map, Func<int, int> function, Guid id, nint native, [From(nameof(Thing))] object? anything)
                        => new B(text is null && side is not null && map.Count == 1 && function(0) == native && id == default && anything is int ? sum : -1);
                }
            }
            """, "Values.Flow");

    private static void Check(string source, string type, bool isStatic = false) => Check([source], type, isStatic);

    /// <summary>Compiles the workflow, runs it on <c>A(1)</c> and expects <c>B(2)</c>.</summary>
    private static void Check(string[] sources, string type, bool isStatic = false)
    {
        string call = isStatic ? $"{type}.Run(new A(1))" : $"new {type}().Run(new A(1))";
        string program = $$"""
            public static class Program { public static int Run() => {{call}}.N; }
            """;
        LoadedFlow flow = FlowCompiler.Compile([Domain, program, .. sources]).Load();

        Assert.Equal(2, flow.Call<int>("Program", "Run"));
    }
}
