using Microsoft.CodeAnalysis.CSharp;

namespace FlowGen.Generator.Tests.Shapes;

/// <summary>How nodes are declared, and what else they take.</summary>
internal static class NodeShapes
{
    private static readonly string[] s_modifiers =
        ["private", "internal", "protected", "public", "protected internal", "private protected", "static", "private static", "internal static", "protected virtual", "public virtual", "internal virtual"];

    public static IReadOnlyList<Shape> All { get; } =
    [
        .. s_modifiers.Select((modifiers, i) => new Shape("nodes: " + modifiers, Modified(i, modifiers))),
        new("nodes: sealed class, every shape of return", """
            namespace NodeReturns;
            public record A(int Number);
            public record B(int Number);
            public record C(int Number);
            public record D(int Number);
            public record E(int Number);
            [Workflow]
            public sealed partial class Flow
            {
                public partial ValueTask<E> RunAsync(A a, CancellationToken ct = default);
                [Node] private void Nothing(A a) { }
                [Node] private B Value(A a) => new(1);
                [Node] private Task NoTask(A a) => Task.CompletedTask;
                [Node] private Task<C> SomeTask(A a) => Task.FromResult(new C(1));
                [Node] private async ValueTask NoValueTask(A a, CancellationToken ct) => await Task.Yield();
                [Node] private async Task<D> AsyncTask(A a, CancellationToken ct)
                {
                    await Task.Delay(0, ct);
                    return new D(1);
                }
                [Node, After(nameof(Nothing), nameof(NoTask), nameof(NoValueTask))]
                private async ValueTask<E> Join(B b, C c, D d, CancellationToken ct)
                {
                    await Task.Yield();
                    return new E(b.Number + c.Number + d.Number);
                }
            }
            """),
        new("nodes: context, services, options", """
            namespace NodeContext;
            public record A(int Number);
            public record B(int Number);
            public record C(int Number);
            public interface IClock { int Now { get; } }
            [Workflow]
            public sealed partial class Flow
            {
                public partial ValueTask<C> RunAsync(A a, RunOptions options, CancellationToken ct = default);
                [Node] private B One(A a, FlowContext context, [Service] IClock clock) => new(clock.Now + context.Depth);
                [Node] private ValueTask<C> Two(B b, FlowContext context, CancellationToken ct, [Service] IServiceProvider services) => new(new C(b.Number));
            }

            [Workflow]
            public sealed partial class Straight
            {
                public partial C Run(A a);
                [Node] private C Two(A a, FlowContext context) => new(a.Number);
            }
            """),
        new("nodes: on the thread pool", """
            namespace NodeOnPool;
            public record A(int Number);
            public record B(int Number);
            public record C(int Number);
            public record D(int Number);
            [Workflow(MaxParallelism = 2)]
            public sealed partial class Flow
            {
                public partial ValueTask<D> RunAsync(A a, CancellationToken ct = default);
                [Node(RunOn = RunOn.ThreadPool)] private B One(A a) => new(1);
                [Node(RunOn = RunOn.ThreadPool)] private ValueTask<C> Two(A a, CancellationToken ct) => new(new C(1));
                [Node(RunOn = RunOn.ThreadPool)] private void Three(A a) { }
                [Node] private D Join(B b, C c) => new(b.Number + c.Number);
            }
            """),
        new("nodes: state of an activation and of a run", """
            namespace NodeState;
            public record A(int Number);
            public record B(int Number);
            public record C(int Number);
            [State] internal sealed class Scratch : ICleanup { public int Value; public void Cleanup() => Value = 0; }
            [State(Scope = StateScope.Run)] internal sealed class Totals : IAsyncCleanup { public int Value; public ValueTask CleanupAsync() { Value = 0; return default; } }
            [State, Pooled(false)] internal sealed class Fresh { public int Value { get; set; } }
            [Workflow]
            public sealed partial class Flow
            {
                public partial ValueTask<C> RunAsync(A a, CancellationToken ct = default);
                [Node] private B One(A a, Scratch scratch, Totals totals) => new(scratch.Value + totals.Value);
                [Node] private ValueTask<C> Two(B b, Scratch scratch, Totals totals, Fresh fresh, CancellationToken ct) => new(new C(scratch.Value + totals.Value + fresh.Value));
            }

            [Workflow]
            public sealed partial class Straight
            {
                public partial C Run(A a);
                [Node] private B One(A a, Scratch scratch) => new(scratch.Value);
                [Node] private C Two(B b, Scratch scratch, Fresh fresh) => new(scratch.Value + fresh.Value);
            }
            """),
        new("nodes: classes", """
            namespace NodeClasses;
            public record A(int Number);
            public record B(int Number);
            public record C(int Number);
            public record D(int Number);
            public record E(int Number);
            public interface IClock { int Now { get; } }
            [State] internal sealed class Scratch : ICleanup { public int Value; public void Cleanup() => Value = 0; }
            [Node] internal sealed class Plain { public B Execute(A a) => new(a.Number); }
            [Node, Pooled(Max = 8)] internal sealed class Kept : ICleanup
            {
                private int _times;
                public ValueTask<C> ExecuteAsync(B b, CancellationToken ct) => new(new C(b.Number + _times++));
                public void Cleanup() => _times = 0;
            }
            [Node] internal sealed class Needy : IAsyncCleanup
            {
                private readonly IClock _clock;
                private int _times;
                public Needy(IClock clock) => _clock = clock;
                public async Task<D> ExecuteAsync(C c, Scratch scratch, FlowContext context, CancellationToken ct)
                {
                    await Task.Yield();
                    return new D(c.Number + _clock.Now + scratch.Value + context.Depth + _times++);
                }
                public ValueTask CleanupAsync() { _times = 0; return default; }
            }
            [Node] internal sealed class Silent { public void Execute(D d) { } }
            [Workflow]
            public sealed partial class Flow
            {
                private readonly IClock _clock;
                public Flow(IClock clock) => _clock = clock;
                public partial ValueTask<E> RunAsync(A a, CancellationToken ct = default);
                [Node<Plain>] private partial B First(A a);
                [Node<Kept>] private partial ValueTask<C> Second(B b);
                [Node<Needy>] private partial Task<D> Third(C c, CancellationToken ct);
                [Node<Silent>] private partial void Fourth(D d);
                [Node, After(nameof(Fourth))] private E Last(D d) => new(d.Number);
            }

            [Workflow]
            public sealed partial class Straight
            {
                public partial B Run(A a);
                [Node<Plain>] private partial B First(A a);
            }
            """),
        new("nodes: node class with a primary constructor", """
            namespace NodeClassPrimary;
            public record A(int Number);
            public record B(int Number);
            public interface IClock { int Now { get; } }
            [Node] internal sealed class Needy(IClock clock) { public B Execute(A a) => new(clock.Now); }
            [Workflow]
            public sealed partial class Flow(IClock clock)
            {
                public partial ValueTask<B> RunAsync(A a, CancellationToken ct = default);
                [Node<Needy>] private partial B First(A a);
            }
            """, LanguageVersion.CSharp12),
        new("nodes: asynchronous names", """
            namespace NodeNames;
            public record A(int Number);
            public record B(int Number);
            public record C(int Number);
            [Workflow]
            public sealed partial class Flow
            {
                public partial ValueTask<C> RunAsync(A a, CancellationToken ct = default);
                [Node] private ValueTask<B> LoadAsync(A a, CancellationToken ct) => new(new B(1));
                [Node, After(nameof(LoadAsync))] private ValueTask<C> Store_All(B b, CancellationToken ct) => new(new C(1));
            }
            """),
        new("nodes: names that generated members could have", """
            namespace NodeMemberNames;
            public record A(int Number);
            public record B(int Number);
            public record C(int Number);
            public record D(int Number);
            public record E(int Number);
            public record F(int Number);
            public record G(int Number);
            [Workflow]
            public sealed partial class Flow
            {
                public partial ValueTask<G> RunAsync(A a, CancellationToken ct = default);
                [Node] private ValueTask<B> MoveNext(A a, CancellationToken ct) => new(new B(1));
                [Node] private ValueTask<C> Result(B b, CancellationToken ct) => new(new C(1));
                [Node] private ValueTask<D> State(B b, CancellationToken ct) => new(new D(1));
                [Node] private ValueTask<E> Frame(C c, D d, CancellationToken ct) => new(new E(1));
                [Node] private ValueTask<F> Workflow(E e, CancellationToken ct) => new(new F(1));
                [Node] private ValueTask<G> Exit(F f, CancellationToken ct) => new(new G(1));
            }
            """),
    ];

    private static string Modified(int number, string modifiers) => $$"""
        namespace NodeModifiers{{number}};
        public record A(int Number);
        public record B(int Number);
        public record C(int Number);
        public record D(int Number);
        [Workflow]
        public partial class Flow
        {
            public partial ValueTask<C> RunAsync(A a, CancellationToken ct = default);
            [Node] {{modifiers}} B One(A a) => new(a.Number);
            [Node] {{modifiers}} ValueTask<C> Two(B b, CancellationToken ct) => new(new C(b.Number));
        }

        [Workflow]
        public sealed partial class Parent
        {
            public partial ValueTask<D> RunAsync(A a, CancellationToken ct = default);
            [SubWorkflow<Flow>] private partial ValueTask<C> Part(A a);
            [Node] private D Done(C c) => new(c.Number);
        }
        """;
}
