namespace FlowGen.Generator.Tests.Shapes;

/// <summary>Type parameters, base classes, records, and names that look like something else.</summary>
internal static class ReachShapes
{
    public static IReadOnlyList<Shape> All { get; } =
    [
        new("generic with constraints", """
            namespace GenericConstraints;
            public record B(int Number);
            [State] public class Seen<T> : ICleanup { public T? Last { get; set; } public void Cleanup() => Last = default; }
            public class Maker<T> : ICleanup where T : new()
            {
                private int _made;
                public async Task<T> ExecuteAsync(int number, Seen<T> seen) { await Task.Yield(); _made += number; seen.Last = new T(); return seen.Last; }
                public void Cleanup() => _made = 0;
            }
            [Workflow]
            public partial class Flow<T, TKey, TAny> where T : class, IDisposable, new() where TKey : struct, IComparable<TKey>
            {
                private readonly Func<T, TAny> _any;
                public Flow(Func<T, TAny> any) => _any = any;
                public partial ValueTask<TAny?> RunAsync(T value, TKey? key, CancellationToken ct = default);
                static bool Has(TKey? key) => key is not null;
                [Node, When(nameof(Has))] private async ValueTask<TAny?> Take(T value, TKey? key, Seen<T> seen, Seen<TKey> keys) { await Task.Yield(); keys.Last = key ?? default; seen.Last = value; return _any(value); }
                [Node] private B Number(TKey? key) => new(key is null ? 0 : 1);
                [Node] private async Task<List<T>> Many(B b, T value) { await Task.Yield(); return new List<T> { value }; }
                [Node] private async ValueTask<Type> One([Each(nameof(Many), MaxParallelism = 0)] T item, Seen<T> seen) { await Task.Yield(); seen.Last = item; return item.GetType(); }
                [Node] private void Close([From(nameof(One))] Type[] types, Optional<TAny> any) => _ = (types, any);
            }
            public class Thing : IDisposable { public void Dispose() => GC.SuppressFinalize(this); }
            [Workflow]
            public sealed partial class Uses
            {
                private readonly Flow<Thing, int, string> _flow;
                public Uses(Flow<Thing, int, string> flow) => _flow = flow;
                public partial Task<B> RunAsync(Thing thing, int? key);
                [SubWorkflow(nameof(_flow))] private partial Task<string?> Part([Input] Thing value, [Input] int? key);
                [Node<Maker<Thing>>] private partial Task<Thing> Make([From(nameof(Number))] int number);
                [Node] private int Number(Thing thing) => thing.GetHashCode();
                [Node] private B Close([From(nameof(Part))] string? text, [From(nameof(Make))] Thing made) => new((text?.Length ?? 0) + made.GetHashCode());
            }
            """),
        new("generic containers, one name", """
            namespace GenericContainers;
            public record A(int Number);
            public record B(int Number);
            public partial class Outer<T> where T : notnull
            {
                [Workflow] public partial class Flow { public partial B Run(A a, T t); [Node] private B Work(A a, T t) => new(a.Number + t.GetHashCode()); }
                [Workflow] public partial class Flow<U> { public partial Task<B> RunAsync(A a, U u, T t); [Node] private B Work(A a, U u, T t) => new(a.Number + (u, t).GetHashCode()); }
            }
            public partial class Outer
            {
                [Workflow] public partial class Flow { public partial B Run(A a); [Node] private B Work(A a) => new(a.Number); }
                [Workflow] public partial class FLOW { public partial B Run(A a); [Node] private B Work(A a) => new(a.Number); }
            }
            [Workflow] public partial class Flow { public partial B Run(A a); [Node] private B Work(A a) => new(a.Number); }
            [Workflow] public partial class Flow<T> { public partial Task<B> RunAsync(A a, T t); [Node] private B Work(A a, T t) => new(a.Number + (t?.GetHashCode() ?? 0)); }
            """),
        new("derived from a workflow", """
            namespace Derived;
            public record A(int Number);
            public record B(int Number);
            public record C(int Number);
            public record D(int Number);
            public interface IService { int Number { get; } }
            public class N : ICleanup
            {
                private readonly IService _service;
                public N(IService service) => _service = service;
                public ValueTask<C> ExecuteAsync(A a) => new(new C(a.Number + _service.Number));
                public void Cleanup() { }
            }
            [Workflow]
            public abstract partial class Base<T> where T : class
            {
                private readonly IService _service;
                private readonly bool _wanted;
                protected Base(IService service) { _service = service; _wanted = service.Number > 0; }
                public virtual partial ValueTask<D> RunAsync(A a, T t, CancellationToken ct = default);
                private bool IsOdd(A a) => a.Number % 2 == 1;
                [Node] protected abstract B Begin(A a, T t);
                [Node<N>] private partial ValueTask<C> Middle(A a);
                [Node, When(nameof(IsOdd)), When(nameof(_wanted))] private async Task Aside(A a) { await Task.Yield(); _ = a; }
                [Node, After(nameof(Aside))] protected internal virtual D End(B b, C c) => new(b.Number + c.Number);
            }
            [Workflow]
            public partial class OnlyOverrides : Base<string>
            {
                public OnlyOverrides(IService service) : base(service) { }
                protected override B Begin(A a, string t) => new(a.Number + t.Length);
            }
            [Workflow]
            public sealed partial class Adds : OnlyOverrides
            {
                public Adds(IService service) : base(service) { }
                public override partial ValueTask<D> RunAsync(A a, string t, CancellationToken ct);
                [Node] private void Log(B b) => _ = b;
                [Node, BestEffort] protected internal override D End(B b, C c) => new(b.Number);
                [Node] private D Late([From(nameof(End))] D? end) => end ?? new(0);
            }
            [Workflow]
            public sealed partial class Holds
            {
                private readonly Base<string> _any;
                private readonly Adds _adds;
                public Holds(Base<string> any, Adds adds) { _any = any; _adds = adds; }
                public partial ValueTask<B> RunAsync(A a, string t, CancellationToken ct);
                [SubWorkflow(nameof(_any))] private partial ValueTask<D> Any(A a, [Input] string t);
                [SubWorkflow(nameof(_adds))] private partial ValueTask<D> Sealed(A a, [Input] string t);
                [Node] private B Close([From(nameof(Any))] D one, [From(nameof(Sealed))] D two) => new(one.Number + two.Number);
            }
            """),
        new("record with a pool of its own", """
            namespace RecordPool;
            public record A(int Number);
            public record B(int Number);
            public interface IService { int Number { get; } }
            public class N : ICleanup
            {
                private readonly IService _service;
                public N(IService service) => _service = service;
                public ValueTask<B> ExecuteAsync(A a) => new(new B(a.Number + _service.Number));
                public void Cleanup() { }
            }
            [Workflow]
            public sealed partial record Flow(IService Service, A Limit)
            {
                public partial ValueTask<B> RunAsync(A a);
                [Node<N>] private partial ValueTask<B> Work(A a);
            }
            """),
        new("elements of a child that yields more than its node says", """
            namespace EachYieldsMore;
            public record A(int Number);
            public record Animal(int Number);
            public record Dog(int Number) : Animal(Number);
            public record B(int Number);
            [Workflow] public sealed partial class Child { public partial ValueTask<Dog> RunAsync(A a); [Node] private ValueTask<Dog> Work(A a) => new(new Dog(a.Number)); }
            [Workflow] public partial class Linked { public virtual partial Task<Dog> RunAsync(A a); [Node] private Dog Work(A a) => new(a.Number); }
            [Workflow]
            public sealed partial class Parent
            {
                public partial Task<B> RunAsync(A[] many, A one);
                [SubWorkflow<Child>] private partial ValueTask<Animal> Animals([Each] A a);
                [SubWorkflow<Child>] private partial ValueTask Nothing([Each] A a);
                [SubWorkflow<Linked>, BestEffort] private partial ValueTask<Animal> Animal(A one);
                [SubWorkflow<Linked>] private partial ValueTask Void(A one);
                [Node] private B Close([From(nameof(Animals))] Animal[] animals, [From(nameof(Animal))] Animal? animal) => new(animals.Length + (animal?.Number ?? 0));
            }
            """),
        new("names that begin with underscores", """
            namespace Underscores;
            public record A(int Number);
            public record B(int Number);
            public record C(int Number);
            [Workflow]
            public sealed partial class Flow
            {
                public partial ValueTask<C> RunAsync(A __context, B __error, CancellationToken __pass = default);
                private bool _predicate(A __a) => __a.Number > 0;
                [Node, When(nameof(_predicate))] private async ValueTask<C> __node(A __pending1, B __b, CancellationToken __result) { await Task.Delay(0, __result); return new C(__pending1.Number + __b.Number); }
                [Node, Unless(nameof(_predicate))] private C _(A _a) => new(_a.Number);
            }
            [Workflow]
            public sealed partial class Straight
            {
                public partial Task<C> RunAsync(A __workflow, CancellationToken __token);
                [Node] private C _workflow(A __result) => new(__result.Number);
            }
            [Workflow]
            public sealed partial class Parent
            {
                private readonly Flow _flow;
                public Parent(Flow _workflow) => _flow = _workflow;
                public partial Task<C> RunAsync(A _frame, B __b);
                [SubWorkflow(nameof(_flow))] private partial ValueTask<C> __run(A __context, B __error);
            }
            """),
        new("names that are words of the language", """
            namespace @namespace.@await;
            public record A(int Number);
            public record B(int Number);
            public record C(int Number);
            [Workflow]
            public sealed partial class @await<@class>
            {
                private readonly Part field;
                public @await(Part field) => this.field = field;
                public partial ValueTask<C> RunAsync(A await, B @event, @class var, CancellationToken yield = default);
                bool when(A await) => await.Number > 0;
                [SubWorkflow(nameof(field))] private partial ValueTask<B> async(A await);
                [Node, When(nameof(when))] C? @return([From(nameof(async))] B nameof, @class dynamic) => new(nameof.Number + (dynamic?.GetHashCode() ?? 0));
                [Node] C not([Input] B @event, C? or, A where) => or ?? new(@event.Number + where.Number);
            }
            [Workflow]
            public sealed partial class Part
            {
                public partial ValueTask<B> RunAsync(A await);
                [Node] async ValueTask<B> record(A global) { await Task.Yield(); return new B(global.Number); }
            }
            """),
    ];
}
