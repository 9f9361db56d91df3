namespace FlowGen.Generator.Tests.Shapes;

/// <summary>Graphs that reach the corners of emission.</summary>
internal static class GraphShapes
{
    public static IReadOnlyList<Shape> All { get; } =
    [
        new("graph: switch of an enum, merged", """
            namespace GraphSwitch;
            public record A(int Number);
            public record B(int Number);
            public record C(int Number);
            public enum Route { Left, Right, Straight }
            [Workflow]
            public sealed partial class Serial
            {
                public partial ValueTask<C> RunAsync(A a, CancellationToken ct = default);
                [Node] private Route Choose(A a) => Route.Left;
                [Node, When(nameof(Choose), Route.Left)] private ValueTask<B> Left(A a, CancellationToken ct) => new(new B(1));
                [Node, When(nameof(Choose), Route.Right, Route.Straight)] private ValueTask<B> Right(A a, CancellationToken ct) => new(new B(2));
                [Node] private ValueTask<C> Merge(B b, CancellationToken ct) => new(new C(b.Number));
            }

            [Workflow]
            public sealed partial class Straight
            {
                public partial C Run(A a);
                private static bool IsOdd(A a) => a.Number % 2 == 1;
                private bool IsOpen => true;
                [Node, When(nameof(IsOdd))] private B Odd(A a) => new(1);
                [Node, Unless(nameof(IsOdd))] private B Even(A a) => new(2);
                [Node, When(nameof(IsOpen))] private void Log(A a) { }
                [Node] private C Merge(B b) => new(b.Number);
            }
            """),
        new("graph: outcomes observed in every form", """
            namespace GraphOutcomes;
            public record A(int Number);
            public record B(int Number);
            public record C(int Number);
            public record D(int Number);
            [Workflow]
            public sealed partial class Straight
            {
                public partial D Run(A a);
                [Node] private B One(A a) => new(1);
                [Node] private C Two(A a) => new(2);
                [Node] private void Watch(Outcome<B> b) { }
                [Node] private D Join(Outcome<B> b, Outcome<C> c) => new(1);
            }

            [Workflow]
            public sealed partial class Serial
            {
                public partial ValueTask<D> RunAsync(A a, CancellationToken ct = default);
                [Node] private ValueTask<B> One(A a, CancellationToken ct) => new(new B(1));
                [Node] private ValueTask<C> Two(Outcome<B> b, CancellationToken ct) => new(new C(2));
                [Node] private D Join(Outcome<B> b, Outcome<C> c) => new(1);
            }

            [Workflow]
            public sealed partial class Parallel
            {
                public partial ValueTask<D> RunAsync(A a, CancellationToken ct = default);
                [Node] private ValueTask<B> One(A a, CancellationToken ct) => new(new B(1));
                [Node] private ValueTask<C> Two(A a, CancellationToken ct) => new(new C(2));
                [Node] private ValueTask Watch(Outcome<B> b, CancellationToken ct) => default;
                [Node] private D Join(B b, Outcome<C> c) => new(b.Number);
            }
            """),
        new("graph: outcomes of sub-workflows", """
            namespace GraphChildOutcomes;
            public record A(int Number);
            public record B(int Number);
            public record C(int Number);
            public record D(int Number);
            [Workflow]
            public sealed partial class Left
            {
                public partial ValueTask<B> RunAsync(A a, CancellationToken ct = default);
                [Node] private ValueTask<B> Work(A a, CancellationToken ct) => new(new B(1));
            }

            [Workflow]
            public sealed partial class Right
            {
                public partial ValueTask<C> RunAsync(A a, CancellationToken ct = default);
                [Node(RunOn = RunOn.ThreadPool)] private C Work(A a) => new(1);
            }

            [Workflow]
            public sealed partial class Plain
            {
                public partial B Run(A a);
                [Node] private B Work(A a) => new(1);
            }

            [Workflow]
            public sealed partial class Parallel
            {
                public partial ValueTask<D> RunAsync(A a, CancellationToken ct = default);
                [SubWorkflow<Left>] private partial ValueTask<B> One(A a);
                [SubWorkflow<Right>] private partial ValueTask<C> Two(A a);
                [Node] private D Join(Outcome<B> b, Outcome<C> c) => new(1);
            }

            [Workflow]
            public sealed partial class Serial
            {
                public partial ValueTask<D> RunAsync(A a, CancellationToken ct = default);
                [SubWorkflow<Left>] private partial ValueTask<B> One(A a);
                [Node] private D Join(Outcome<B> b) => new(1);
            }

            [Workflow]
            public sealed partial class Straight
            {
                public partial D Run(A a);
                [SubWorkflow<Plain>] private partial B One(A a);
                [Node] private D Join(Outcome<B> b) => new(1);
            }

            [Workflow]
            public sealed partial class Effort
            {
                public partial ValueTask<D> RunAsync(A a, CancellationToken ct = default);
                [SubWorkflow<Left>, BestEffort] private partial ValueTask<B> One(A a);
                [SubWorkflow<Right>, BestEffort] private partial ValueTask<C> Two(A a);
                [Node] private D Join(B? b, C? c) => new(1);
            }
            """),
        new("graph: merge, gather, member, tuple", """
            namespace GraphSources;
            public record A(int Number);
            public record B(int Number);
            public record C(int Number);
            public record D(int Number);
            public record E(int Number);
            [Workflow]
            public sealed partial class Flow
            {
                public partial ValueTask<E> RunAsync(A a, CancellationToken ct = default);
                [Node] private ValueTask<C> One(A a, CancellationToken ct) => new(new C(1));
                [Node, BestEffort] private ValueTask<C> Two(A a, CancellationToken ct) => new(new C(2));
                [Node] private ValueTask<(D Left, int Right)> Pair(A a, CancellationToken ct) => new((new D(1), 2));
                [Node] private E Join(
                    [From(nameof(One), nameof(Two))] IReadOnlyList<C> all,
                    [From(nameof(Pair), Member = "Left")] D left) => new(all.Count);
            }
            """),
        new("graph: each, over methods", """
            namespace GraphEach;
            public record A(int Number);
            public record B(int Number);
            public record C(int Number);
            public record D(int Number);
            [State] internal sealed class Scratch : ICleanup { public int Value; public void Cleanup() => Value = 0; }
            [Node] internal sealed class Worker : ICleanup
            {
                private int _times;
                public ValueTask<C> ExecuteAsync(B b, CancellationToken ct) => new(new C(b.Number + _times++));
                public void Cleanup() => _times = 0;
            }
            [Workflow]
            public sealed partial class OverMethod
            {
                public partial ValueTask<D> RunAsync(A a, int workers, CancellationToken ct = default);
                [Node] private B[] Split(A a) => new B[3];
                [Node] private ValueTask<C> One([Each(nameof(Split), MaxParallelism = 4)] B b, Scratch scratch, FlowContext context, CancellationToken ct) => new(new C(1));
                [Node] private D Join(C[] all) => new(all.Length);
            }

            [Workflow]
            public sealed partial class OverClass
            {
                public partial ValueTask<D> RunAsync(A a, int workers, CancellationToken ct = default);
                [Node] private IAsyncEnumerable<B> Split(A a) => throw new NotSupportedException();
                [Node<Worker>] private partial ValueTask<C> One([Each(nameof(Split), MaxParallelismFrom = nameof(workers))] B b, int workers);
                [Node] private D Join(C[] all) => new(all.Length);
            }

            [Workflow]
            public sealed partial class OverPool
            {
                public partial ValueTask<D> RunAsync(IReadOnlyList<B> items, CancellationToken ct = default);
                [Node(RunOn = RunOn.ThreadPool)] private static C One([Each(MaxParallelism = 0)] B b) => new(1);
                [Node] private D Join(C[] all) => new(all.Length);
            }

            [Workflow]
            public sealed partial class Plain
            {
                public partial D Run(List<B> items);
                [Node] private C One([Each] B b) => new(1);
                [Node] private void Log([Each] B b) { }
                [Node] private D Join(C[] all) => new(all.Length);
            }
            """),
        new("graph: each, over sub-workflows", """
            namespace GraphEachChild;
            public record A(int Number);
            public record B(int Number);
            public record C(int Number);
            public record D(int Number);
            public record Item(int Number);
            [State] internal sealed class Scratch : ICleanup { public int Value; public void Cleanup() => Value = 0; }
            [Workflow]
            public sealed partial class Inner
            {
                public partial ValueTask<C> RunAsync(Item item, int index, A a, CancellationToken token = default);
                [Node] private B First(Item item, Scratch scratch) => new(item.Number);
                [Node] private ValueTask<C> Second(B b, int index, A a, CancellationToken ct) => new(new C(b.Number));
            }

            [Workflow]
            public sealed partial class Quiet
            {
                public partial ValueTask RunAsync(Item item, CancellationToken ct = default);
                [Node] private ValueTask Work(Item item, CancellationToken ct) => default;
            }

            [Workflow]
            public sealed partial class Plain
            {
                public partial C Run(Item item);
                [Node] private C Work(Item item) => new(1);
            }

            [Workflow]
            public sealed partial class Flow
            {
                public partial ValueTask<D> RunAsync(A a, int index, IEnumerable<Item> items, CancellationToken ct = default);
                [SubWorkflow<Inner>] private partial ValueTask<C> One([Each(MaxParallelism = 3)] Item item, int index, A a);
                [SubWorkflow<Quiet>] private partial ValueTask Two([Each] Item item);
                [Node] private D Join(C[] all) => new(all.Length);
            }

            [Workflow]
            public sealed partial class Straight
            {
                public partial D Run(Item[] items);
                [SubWorkflow<Plain>] private partial C One([Each] Item item);
                [Node] private D Join(C[] all) => new(all.Length);
            }
            """),
        new("graph: three levels, one used twice", """
            namespace GraphLevels;
            public record A(int Number);
            public record B(int Number);
            public record C(int Number);
            public record D(int Number);
            public record E(int Number);
            [State] internal sealed class Scratch : IAsyncCleanup { public int Value; public ValueTask CleanupAsync() { Value = 0; return default; } }
            [Workflow]
            public sealed partial class Low
            {
                public partial ValueTask<B> RunAsync(A a, CancellationToken ct = default);
                private static bool IsBig(A a) => a.Number > 10;
                [Node, When(nameof(IsBig))] private ValueTask<B> Big(A a, Scratch scratch, CancellationToken ct) => new(new B(1));
                [Node, Unless(nameof(IsBig))] private B Small(A a, Scratch scratch) => new(1);
            }

            [Workflow(Cleanup = CleanupMode.Deferred)]
            public sealed partial class Middle
            {
                private readonly Low _low = new();
                public partial ValueTask<C> RunAsync(A a, int factor = 2, CancellationToken ct = default);
                [SubWorkflow(nameof(_low))] private partial ValueTask<B> Part(A a);
                [Node] private C Done(B b, int factor) => new(b.Number * factor);
            }

            [Workflow]
            public sealed partial class High
            {
                private readonly Middle _middle = new();
                public partial ValueTask<E> RunAsync(A a, CancellationToken ct = default);
                private bool IsOpen { get; } = true;
                [SubWorkflow(nameof(_middle))] private partial ValueTask<C> First(A a);
                [SubWorkflow(nameof(_middle), Cleanup = CleanupMode.Periodic), When(nameof(IsOpen))] private partial ValueTask<C> Second(A a, int factor);
                [Node] private int Factor(A a) => 3;
                [Node] private E Join([From(nameof(First))] C first, [From(nameof(Second))] C? second) => new(first.Number);
            }
            """),
        new("graph: a disabled child", """
            namespace GraphDisabled;
            public record A(int Number);
            public record B(int Number);
            public record C(int Number);
            [Workflow(Enabled = false)]
            public sealed partial class Off
            {
                public partial ValueTask<B> RunAsync(A a, CancellationToken ct = default);
                [Node] private ValueTask<B> Work(A a, CancellationToken ct) => new(new B(1));
            }

            [Workflow(Enabled = false)]
            public sealed partial class PlainOff
            {
                public partial B Run(A a);
                [Node] private B Work(A a) => new(1);
            }

            [Workflow]
            public sealed partial class Flow
            {
                public partial ValueTask<C> RunAsync(A a, CancellationToken ct = default);
                private static bool IsBig(A a) => a.Number > 10;
                [SubWorkflow<Off>, When(nameof(IsBig))] private partial ValueTask<B> Part(A a);
                [Node] private C Done(B? b) => new(1);
            }

            [Workflow]
            public sealed partial class Always
            {
                public partial ValueTask<C> RunAsync(A a, CancellationToken ct = default);
                [SubWorkflow<Off>] private partial ValueTask<B> Part(A a);
                [Node] private C Done(B b) => new(1);
            }

            [Workflow]
            public sealed partial class Straight
            {
                public partial C Run(A a);
                private static bool IsBig(A a) => a.Number > 10;
                [SubWorkflow<PlainOff>, When(nameof(IsBig))] private partial B Part(A a);
                [Node] private C Done(B? b) => new(1);
            }

            [Workflow]
            public sealed partial class StraightAlways
            {
                public partial C Run(A a);
                [SubWorkflow<PlainOff>] private partial B Part(A a);
                [Node] private C Done(B b) => new(1);
            }
            """),
        new("graph: needs, needs any, after", """
            namespace GraphOrder;
            public record A(int Number);
            public record B(int Number);
            [Workflow]
            public sealed partial class Flow
            {
                public partial ValueTask<B> RunAsync(A a, CancellationToken ct = default);
                [Node] private bool Choose(A a) => true;
                [Node, When(nameof(Choose))] private ValueTask Yes(A a, CancellationToken ct) => default;
                [Node, Unless(nameof(Choose))] private ValueTask No(A a, CancellationToken ct) => default;
                [Node, NeedsAny(nameof(Yes), nameof(No))] private ValueTask Either(A a, CancellationToken ct) => default;
                [Node, Needs(nameof(Yes))] private void Both(A a) { }
                [Node, After(nameof(Both), nameof(Either))] private B Done(A a) => new(1);
            }

            [Workflow]
            public sealed partial class Straight
            {
                public partial B Run(A a);
                [Node] private bool Choose(A a) => true;
                [Node, When(nameof(Choose))] private void Yes(A a) { }
                [Node, Unless(nameof(Choose))] private void No(A a) { }
                [Node, NeedsAny(nameof(Yes), nameof(No))] private void Either(A a) { }
                [Node, Needs(nameof(Yes))] private void Both(A a) { }
                [Node, After(nameof(Both), nameof(Either))] private B Done(A a) => new(1);
            }
            """),
        new("graph: inputs named like what generated code adds", """
            namespace GraphNames;
            public record A(int Number);
            public record B(int Number);
            public record C(int Number);
            public record D(int Number);
            [State] internal sealed class Scratch : ICleanup { public int Value; public void Cleanup() => Value = 0; }
            [Workflow]
            public sealed partial class Inner
            {
                public partial ValueTask<C> RunAsync(A item, int parent, int node, int index, int cleanup, int isLimited, int workflow, int options, int scope, int frame, int observed, int code, int pending, int step, int loop, int source, int degree, int awaited, int observer, int activation, int types, int error, CancellationToken token = default);
                [Node] private ValueTask<B> First(A item, int parent, int node, int index, int cleanup, int isLimited, int workflow, int options, int scope, int frame, int observed, int code, Scratch scratch, CancellationToken token) => new(new B(1));
                [Node] private ValueTask Aside(A item, int pending, int step, int loop, int source, int degree, int awaited, int observer, int activation, int types, int error) => default;
                [Node] private C Last(B b) => new(1);
            }

            [Workflow]
            public sealed partial class Flow
            {
                public partial ValueTask<D> RunAsync(A[] items, int parent, int node, int index, int cleanup, int isLimited, int workflow, int options, int scope, int frame, int observed, int code, int pending, int step, int loop, int source, int degree, int awaited, int observer, int activation, int types, int error, CancellationToken token = default);
                [SubWorkflow<Inner>] private partial ValueTask<C> Part([Each] A item, int parent, int node, int index, int cleanup, int isLimited, int workflow, int options, int scope, int frame, int observed, int code, int pending, int step, int loop, int source, int degree, int awaited, int observer, int activation, int types, int error);
                [Node] private A Pick(A[] items) => items[0];
                [SubWorkflow<Inner>] private partial ValueTask<C> Flat([From(nameof(Pick))] A item, int parent, int node, int index, int cleanup, int isLimited, int workflow, int options, int scope, int frame, int observed, int code, int pending, int step, int loop, int source, int degree, int awaited, int observer, int activation, int types, int error);
                [Node] private D Done(C[] all, C flat) => new(all.Length);
            }
            """),
        new("graph: inputs named like flags of nodes", """
            namespace GraphFlags;
            public record A(int Number);
            public record B(int Number);
            public record C(int Number);
            public record D(int Number);
            [State] internal sealed class Scratch : ICleanup { public int Value; public void Cleanup() => Value = 0; }
            [Workflow]
            public sealed partial class Straight
            {
                public partial C Run(A a, bool hasRisky, int failureOfRisky, int activation, int activationOfPart, int there0, int there1);
                [Node, BestEffort] private B? Risky(A a, Scratch scratch, bool hasRisky) => new(1);
                [Node] private int Sum(int failureOfRisky, int activation, int activationOfPart, int there0, int there1) => 1;
                [Node] private C Join(Outcome<B> b, int sum, [From(nameof(Risky))] Optional<B> c) => new(1);
            }

            [Workflow]
            public sealed partial class Serial
            {
                public partial ValueTask<C> RunAsync(A a, bool hasRisky, int awaitedRisky, int awaitedNothing, CancellationToken there0 = default);
                [Node] private ValueTask Before(A a, int awaitedRisky, int awaitedNothing) => default;
                [Node, After(nameof(Before))] private ValueTask<B?> Risky(A a, bool hasRisky, CancellationToken ct) => default;
                [Node] private ValueTask<C> Join(Optional<B> b, CancellationToken ct) => default;
            }

            [Workflow]
            public sealed partial class Parallel
            {
                public partial ValueTask<C> RunAsync(A a, bool hasRisky, int failureOfRisky, int awaitedRisky, int activation, int activation0, CancellationToken ct = default);
                [Node, BestEffort] private ValueTask<B> Risky(A a, bool hasRisky, int failureOfRisky, Scratch scratch) => default;
                [Node] private ValueTask<D> Sure(A a, int awaitedRisky, int activation, int activation0) => default;
                [Node] private C Join(Outcome<B> b, D d) => new(1);
            }
            """),
        new("graph: nodes named like steps and like each other", """
            namespace GraphSteps;
            public record A(int Number);
            public record B(int Number);
            public record C(int Number);
            public record D(int Number);
            public record E(int Number);
            public record F(int Number);
            public record G(int Number);
            [Workflow]
            public sealed partial class Inner
            {
                public partial ValueTask<B> RunAsync(A a, CancellationToken ct = default);
                [Node] private ValueTask<B> Work(A a, CancellationToken ct) => new(new B(1));
            }

            [Workflow]
            public sealed partial class Serial
            {
                public partial ValueTask<G> RunAsync(A a, CancellationToken ct = default);
                [SubWorkflow<Inner>] private partial ValueTask<B> Part(A a);
                [Node] private ValueTask<C> EnterPart(B b, CancellationToken ct) => new(new C(1));
                [Node] private ValueTask<D> ExitPart(C c, CancellationToken ct) => new(new D(1));
                [Node] private ValueTask<E> Exit(D d, CancellationToken ct) => new(new E(1));
                [Node] private ValueTask<F> Dispatch(E e, CancellationToken ct) => new(new F(1));
                [Node] private ValueTask<G> dispatch(F f, CancellationToken ct) => new(new G(1));
            }

            [Workflow]
            public sealed partial class Parallel
            {
                public partial ValueTask<G> RunAsync(A a, CancellationToken ct = default);
                [SubWorkflow<Inner>] private partial ValueTask<B> Part(A a);
                [Node] private ValueTask<C> EnterPart(A a, CancellationToken ct) => new(new C(1));
                [Node] private ValueTask<D> ExitPart(A a, CancellationToken ct) => new(new D(1));
                [Node] private ValueTask<E> Exit(A a, CancellationToken ct) => new(new E(1));
                [Node] private ValueTask<F> Dispatch(A a, CancellationToken ct) => new(new F(1));
                [Node] private ValueTask<G> dispatch(B b, C c, D d, E e, F f, CancellationToken ct) => new(new G(1));
            }
            """),
        new("graph: limits beyond any count", """
            namespace GraphLimits;
            public record A(int Number);
            public record B(int Number);
            public record C(int Number);
            public record D(int Number);
            [Workflow(MaxParallelism = 100_000)]
            public sealed partial class Inner
            {
                public partial ValueTask<C> RunAsync(A a, CancellationToken ct = default);
                [Node] private ValueTask<B> Left(A a, CancellationToken ct) => new(new B(1));
                [Node] private ValueTask Right(A a, CancellationToken ct) => default;
                [Node, After(nameof(Right))] private C Join(B b) => new(b.Number);
            }

            [Workflow(MaxParallelism = int.MaxValue)]
            public sealed partial class Flow
            {
                public partial ValueTask<D> RunAsync(A a, A[] many, CancellationToken ct = default);
                [SubWorkflow<Inner>] private partial ValueTask<C> Part(A a);
                [SubWorkflow<Inner>] private partial ValueTask<C> Parts([Each(MaxParallelism = int.MaxValue)] A a);
                [Node] private D Join(C part, C[] parts) => new(part.Number + parts.Length);
            }
            """),
        new("graph: a hundred nodes", Many(100)),
    ];

    private static string Many(int count) => $$"""
        namespace GraphMany;
        public record A(int Number);
        public record Done(int Number);
        {{string.Join("\n", Enumerable.Range(0, count).Select(i => $"public record T{i}(int Number);"))}}
        [Workflow]
        public sealed partial class Serial
        {
            public partial ValueTask<Done> RunAsync(A a, CancellationToken ct = default);
            {{string.Join("\n    ", Enumerable.Range(0, count).Select(i => $"[Node] private ValueTask<T{i}> N{i}({(i == 0 ? "A" : "T" + (i - 1))} x, CancellationToken ct) => new(new T{i}(1));"))}}
            [Node] private Done Last(T{{count - 1}} x) => new(1);
        }

        [Workflow]
        public sealed partial class Parallel
        {
            public partial ValueTask<Done> RunAsync(A a, CancellationToken ct = default);
            {{string.Join("\n    ", Enumerable.Range(0, count).Select(i => $"[Node] private ValueTask<T{i}> N{i}(A x, CancellationToken ct) => new(new T{i}(1));"))}}
            [Node] private Done Last({{string.Join(", ", Enumerable.Range(0, count).Select(i => $"T{i} x{i}"))}}) => new(1);
        }
        """;
}
