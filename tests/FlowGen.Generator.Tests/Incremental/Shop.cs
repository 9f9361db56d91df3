namespace FlowGen.Generator.Tests.Incremental;

/// <summary>A project of four workflows, each in a file of its own, one of which contains another.</summary>
internal static class Shop
{
    public const string Types = """
        namespace Shop;
        public record A(int Number);
        public record B(int Number);
        public record C(int Number);
        public record D(int Number);
        public enum Size { Small, Large }
        public interface IClock { int Now { get; } }
        """;

    public const string Parent = """
        namespace Shop;
        [Workflow]
        public sealed partial class Parent
        {
            private readonly Child _child = new();
            public partial ValueTask<D> RunAsync(A a, CancellationToken ct = default);
            [SubWorkflow(nameof(_child))] private partial ValueTask<C> Part(A a);
            [Node] private D Done(C c) => new(c.Number);
        }
        """;

    public const string Child = """
        namespace Shop;
        [Workflow]
        public sealed partial class Child
        {
            public partial ValueTask<C> RunAsync(A a, CancellationToken ct = default);
            [Node] private B Begin(A a)
            {
                int sum = a.Number;
                return new B(sum);
            }

            [Node] private ValueTask<C> End(B b, CancellationToken ct) => new(new C(b.Number));
        }
        """;

    public const string Other = """
        namespace Shop;
        [Workflow]
        public sealed partial class Other
        {
            public partial B Run(A a);
            [Node] private B Work(A a) => new(a.Number);
        }
        """;

    /// <summary>With a condition, state and a node class, whose types stand in <see cref="Tools"/>.</summary>
    public const string Keeper = """
        namespace Shop;
        [Workflow]
        public sealed partial class Keeper
        {
            private readonly IClock _clock;
            public Keeper(IClock clock) => _clock = clock;
            public partial ValueTask<D> RunAsync(A a, CancellationToken ct = default);
            [Node] private Size Measure(A a, Scratch scratch) => a.Number + scratch.Sum > 1 ? Size.Large : Size.Small;
            [Node<Tool>, When(nameof(Measure), Size.Small)] private partial ValueTask<C> Small(A a);
            [Node, When(nameof(Measure), Size.Large)] private C Large(A a) => new(a.Number);
            [Node] private D Done(C c) => new(c.Number);
        }
        """;

    public const string Tools = """
        namespace Shop;
        [State] public sealed class Scratch { public int Sum { get; set; } public void Reset() => Sum = 0; }
        [Node] public sealed class Tool(IClock clock)
        {
            public ValueTask<C> ExecuteAsync(A a) => new(new C(a.Number + clock.Now));
        }
        """;

    public const string Unrelated = "namespace Shop; internal static class Unrelated { public const int X = 1; }";

    public static Edit Edit() => new(Types, Parent, Child, Other, Keeper, Tools, Unrelated);
}
