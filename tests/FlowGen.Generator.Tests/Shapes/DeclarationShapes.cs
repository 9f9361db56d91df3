using Microsoft.CodeAnalysis.CSharp;

namespace FlowGen.Generator.Tests.Shapes;

/// <summary>Where and how the class itself is declared.</summary>
internal static class DeclarationShapes
{
    private static readonly string s_longName = "Workflow" + new string('o', 250);

    public static IReadOnlyList<Shape> All { get; } =
    [
        new("nested in a class", """
            namespace NestedInClass;
            public record A(int Number);
            public record B(int Number);
            public partial class Outer
            {
                [Workflow]
                public partial class Inner
                {
                    public partial ValueTask<B> RunAsync(A a, CancellationToken ct = default);
                    [Node] private ValueTask<B> Work(A a, CancellationToken ct) => new(new B(a.Number));
                }
            }
            """),
        new("nested in a struct", """
            namespace NestedInStruct;
            public record A(int Number);
            public record B(int Number);
            public partial struct Outer
            {
                [Workflow]
                public partial class Inner
                {
                    public partial B Run(A a);
                    [Node] private B Work(A a) => new(a.Number);
                }
            }
            """),
        new("nested in a record", """
            namespace NestedInRecord;
            public record A(int Number);
            public record B(int Number);
            public partial record Outer(int X)
            {
                [Workflow]
                public partial class Inner
                {
                    public partial B Run(A a);
                    [Node] private B Work(A a) => new(a.Number);
                }
            }
            """),
        new("nested in a record struct", """
            namespace NestedInRecordStruct;
            public record A(int Number);
            public record B(int Number);
            public readonly partial record struct Outer(int X)
            {
                [Workflow]
                public partial class Inner
                {
                    public partial B Run(A a);
                    [Node] private B Work(A a) => new(a.Number);
                }
            }
            """),
        new("nested in an interface", """
            namespace NestedInInterface;
            public record A(int Number);
            public record B(int Number);
            public partial interface IOuter
            {
                [Workflow]
                public partial class Inner
                {
                    public partial B Run(A a);
                    [Node] private B Work(A a) => new(a.Number);
                }
            }
            """),
        new("nested three deep and private", """
            namespace NestedDeep;
            public record A(int Number);
            public record B(int Number);
            public static partial class One
            {
                public sealed partial class Two
                {
                    [Workflow]
                    private sealed partial class Three
                    {
                        public partial ValueTask<B> RunAsync(A a, CancellationToken ct = default);
                        [Node] private ValueTask<B> Work(A a, CancellationToken ct) => new(new B(a.Number));
                    }

                    public static ValueTask<B> Go(A a) => new Three().RunAsync(a);
                }
            }
            """),
        new("a child nested in its parent", """
            namespace ChildInParent;
            public record A(int Number);
            public record B(int Number);
            public record C(int Number);
            [Workflow]
            public sealed partial class Parent
            {
                private readonly Child _child = new();
                public partial ValueTask<C> RunAsync(A a, CancellationToken ct = default);
                [SubWorkflow(nameof(_child))] private partial ValueTask<B> Part(A a);
                [Node] private C Done(B b) => new(b.Number);

                [Workflow]
                private sealed partial class Child
                {
                    public partial ValueTask<B> RunAsync(A a, CancellationToken ct = default);
                    [Node] private ValueTask<B> Work(A a, CancellationToken ct) => new(new B(a.Number));
                }
            }
            """),
        new("internal, with internal types", """
            namespace InternalTypes;
            internal record A(int Number);
            internal record B(int Number);
            [Workflow]
            internal sealed partial class Flow
            {
                internal partial ValueTask<B> RunAsync(A a, CancellationToken ct = default);
                [Node] private ValueTask<B> Work(A a, CancellationToken ct) => new(new B(a.Number));
            }
            """),
        new("a record", """
            namespace RecordFlow;
            public record A(int Number);
            public record B(int Number);
            [Workflow]
            public sealed partial record Flow(int Factor)
            {
                public partial ValueTask<B> RunAsync(A a, CancellationToken ct = default);
                [Node] private ValueTask<B> Work(A a, CancellationToken ct) => new(new B(a.Number * Factor));
            }
            """),
        new("a record that is not sealed", """
            namespace OpenRecordFlow;
            public record A(int Number);
            public record B(int Number);
            [Workflow]
            public partial record Flow
            {
                public partial B Run(A a);
                [Node] private B Work(A a) => new(a.Number);
            }
            """),
        new("two parts in one file", """
            namespace TwoParts;
            public record A(int Number);
            public record B(int Number);
            [Workflow]
            public sealed partial class Flow
            {
                public partial B Run(A a);
            }

            public sealed partial class Flow
            {
                [Node] private B Work(A a) => new(a.Number);
            }
            """),
        new("the global namespace", """
            public record GlobalA(int Number);
            public record GlobalB(int Number);
            [Workflow]
            public sealed partial class GlobalFlow
            {
                public partial ValueTask<GlobalB> RunAsync(GlobalA a, CancellationToken ct = default);
                [Node] private ValueTask<GlobalB> Work(GlobalA a, CancellationToken ct) => new(new GlobalB(a.Number));
            }
            """),
        new("one name in two namespaces", """
            namespace TwoNames.First
            {
                public record A(int Number);
                public record B(int Number);
                [Workflow]
                public sealed partial class Flow
                {
                    public partial B Run(A a);
                    [Node] private B Work(A a) => new(a.Number);
                }
            }

            namespace TwoNames.Second
            {
                public record A(int Number);
                public record B(int Number);
                [Workflow]
                public sealed partial class Flow
                {
                    public partial B Run(A a);
                    [Node] private B Work(A a) => new(a.Number);
                }
            }
            """),
        new("names that differ in case only", """
            namespace CaseOnly;
            public record A(int Number);
            public record B(int Number);
            [Workflow]
            public sealed partial class Flow
            {
                public partial B Run(A a);
                [Node] private B Work(A a) => new(a.Number);
            }

            [Workflow]
            public sealed partial class FLOW
            {
                public partial B Run(A a);
                [Node] private B Work(A a) => new(a.Number);
            }
            """),
        new("a nested name that reads like a namespace", """
            namespace Ambiguous.Outer
            {
                public record A(int Number);
                public record B(int Number);
                [Workflow]
                public sealed partial class Flow
                {
                    public partial B Run(A a);
                    [Node] private B Work(A a) => new(a.Number);
                }
            }

            namespace Ambiguous
            {
                public record A(int Number);
                public record B(int Number);
                public partial class OUTER
                {
                    [Workflow]
                    public sealed partial class Flow
                    {
                        public partial B Run(A a);
                        [Node] private B Work(A a) => new(a.Number);
                    }
                }
            }
            """),
        new("a very long name", $$"""
            namespace VeryLong;
            public record A(int Number);
            public record B(int Number);
            [Workflow]
            public sealed partial class {{s_longName}}
            {
                public partial B Run(A a);
                [Node] private B Work(A a) => new(a.Number);
            }

            [Workflow]
            public sealed partial class {{s_longName}}2
            {
                public partial B Run(A a);
                [Node] private B Work(A a) => new(a.Number);
            }
            """),
        new("keywords as names", """
            namespace @namespace.@void;
            public record @struct(int Number);
            public record @record(int Number);
            [Workflow]
            public sealed partial class @class
            {
                public partial ValueTask<@record> RunAsync(@struct @in, CancellationToken @default = default);
                [Node] private ValueTask<@record> @event(@struct @params, CancellationToken @lock) => new(new @record(@params.Number));
            }
            """),
        new("keywords as names in a parallel graph", """
            namespace @static.@if;
            public record @struct(int Number);
            public record @int(int Number);
            public record @long(int Number);
            public record @return(int Number);
            [Workflow]
            public sealed partial class @class
            {
                private readonly @switch @this = new();
                public partial ValueTask<@return> RunAsync(@struct @in, CancellationToken @default = default);
                [SubWorkflow(nameof(@this))] private partial ValueTask<@int> @event(@struct @ref);
                [Node, BestEffort] private ValueTask<@long> @for(@struct @out, CancellationToken @lock) => new(new @long(@out.Number));
                [Node] private @return @do(@int @int, @long? @long) => new(@int.Number + (@long?.Number ?? 0));
            }

            [Workflow]
            public sealed partial class @switch
            {
                public partial ValueTask<@int> RunAsync(@struct @in, CancellationToken @default = default);
                [Node] private ValueTask<@int> @while(@struct @out, CancellationToken @lock) => new(new @int(@out.Number));
            }
            """),
        new("contextual keywords as names", """
            namespace partial.record;
            public record A(int Number);
            public record B(int Number);
            public record C(int Number);
            [Workflow]
            public sealed partial class With
            {
                public partial ValueTask<C> RunAsync(A value, CancellationToken async = default);
                [Node] private ValueTask<B> @await(A partial, CancellationToken where) => new(new B(partial.Number));
                [Node] private ValueTask<C> yield(B get, CancellationToken set) => new(new C(get.Number));
            }
            """),
        new("names in other scripts", """
            namespace Größe;
            public record Größe(int Zahl);
            public record Länge(int Zahl);
            [Workflow]
            public sealed partial class Übung
            {
                public partial ValueTask<Länge> RunAsync(Größe größe, CancellationToken ct = default);
                [Node] private ValueTask<Länge> Öffnen(Größe größe, CancellationToken ct) => new(new Länge(größe.Zahl));
            }
            """),
        new("types that hide the framework's", """
            namespace Hiding
            {
                public record Task(int Number);
                public record Exception(int Number);
                public record ValueTask(int Number);
                public record System(int Number);
                public record FlowFrame(int Number);
                [Workflow]
                public sealed partial class Flow
                {
                    public partial global::System.Threading.Tasks.ValueTask<FlowFrame> RunAsync(Task task, CancellationToken ct = default);
                    [Node] private global::System.Threading.Tasks.ValueTask<Exception> One(Task task, CancellationToken ct) => new(new Exception(task.Number));
                    [Node] private global::System.Threading.Tasks.ValueTask<System> Two(Task task, CancellationToken ct) => new(new System(task.Number));
                    [Node] private FlowFrame Join(Exception one, System two) => new(one.Number + two.Number);
                }
            }
            """),
        new("documented by its author", """
            namespace Documented
            {
                using Documented.Types;

                /// <summary>Works on an <see cref="A"/>.</summary>
                [Workflow]
                public sealed partial class Flow
                {
                    /// <summary>Runs with <paramref name="a"/> &amp; returns a <see cref="List{T}"/> &lt;or so&gt; of <see cref="B"/>.</summary>
                    /// <param name="a">What to work on.</param>
                    /// <param name="ct">Stops it.</param>
                    /// <returns>A <see cref="B"/>.</returns>
                    /// <exception cref="InvalidOperationException">Never.</exception>
                    /// <remarks>
                    /// <para>The author's own.</para>
                    /// </remarks>
                    public partial ValueTask<B> RunAsync(A a, CancellationToken ct = default);

                    /// <summary>Works on <see cref="A"/> "quoted" \ back-slashed
                    /// over <c>two</c> lines.</summary>
                    [Node] private ValueTask<B> Work(A a, CancellationToken ct) => new(new B(a.Number));
                }
            }

            namespace Documented.Types
            {
                /// <summary>An A.</summary>
                public record A(int Number);

                /// <summary>A B.</summary>
                public record B(int Number);
            }
            """),
        new("awkward texts", """
            namespace Awkward;
            public record A(int Number);
            public record B(string Text);
            [Workflow(Id = "a \"b\" \\ <c> & {d} */", Version = 7)]
            public sealed partial class Flow
            {
                public partial ValueTask<B> RunAsync(A a, CancellationToken ct = default);
                [Node(Id = "x")] private string Kind(A a) => "";
                [Node, When(nameof(Kind), "a\"b\\*/<&>")] private ValueTask<B> One(A a, CancellationToken ct) => new(new B("1"));
                [Node, Otherwise(nameof(Kind))] private ValueTask<B> Two(A a, CancellationToken ct) => new(new B("2"));
            }
            """),
        new("primary constructor", """
            namespace PrimaryConstructor;
            public record A(int Number);
            public record B(int Number);
            public interface IService { ValueTask<B> CallAsync(A a, CancellationToken ct); }
            [Workflow]
            public sealed partial class Flow(IService service)
            {
                public partial ValueTask<B> RunAsync(A a, CancellationToken ct = default);
                [Node] private ValueTask<B> Work(A a, CancellationToken ct) => service.CallAsync(a, ct);
            }
            """, LanguageVersion.CSharp12),
    ];
}
