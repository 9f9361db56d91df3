using FlowGen.Generator.Model;
using FlowGen.Generator.Tests.Models;

namespace FlowGen.Generator.Tests.Lowering;

/// <summary>The cheapest form that can run a graph is chosen.</summary>
public class FormChooserTests
{
    private const string Types = """
        public record A(int Number);
        public record B(int Number);
        public record C(int Number);
        public record D(int Number);
        public interface IClock { int Now { get; } }
        [State] public sealed class Scratch : ICleanup { public int Value; public void Cleanup() => Value = 0; }
        [State(Scope = StateScope.Run)] public sealed class Totals : ICleanup { public int Value; public void Cleanup() => Value = 0; }
        [State] public sealed class Slow : IAsyncCleanup { public int Value; public ValueTask CleanupAsync() { Value = 0; return default; } }
        [Workflow] public sealed partial class Quick { public partial B Run(A a); [Node] B Work(A a) => new(1); }
        [Workflow] public sealed partial class Late { public partial ValueTask<B> RunAsync(A a, CancellationToken ct = default); [Node] ValueTask<B> Work(A a) => new(new B(1)); }
        """;

    public static TheoryData<string, string> Straight => new()
    {
        { "synchronous nodes", "D Run(A a); [Node] B One(A a) => new(1); [Node] C Two(A a) => new(1); [Node] D Join(B b, C c) => new(1);" },
        { "synchronous nodes behind a task", "ValueTask<D> RunAsync(A a); [Node] B One(A a) => new(1); [Node] D Join(B b) => new(1);" },
        { "conditions and best effort", "B? Run(A a); static bool IsBig(A a) => true; [Node, When(nameof(IsBig)), BestEffort] B One(A a) => new(1);" },
        { "state", "B Run(A a); [Node] B One(A a, Scratch scratch) => new(1);" },
        { "a synchronous sub-workflow", "D Run(A a); [SubWorkflow<Quick>] private partial B One(A a); [Node] D Join(B b) => new(1);" },
    };

    public static TheoryData<string, string> Serial => new()
    {
        { "a chain", "ValueTask<D> RunAsync(A a); [Node] ValueTask<B> One(A a) => default; [Node] ValueTask<D> Two(B b) => default;" },
        { "synchronous nodes before one that suspends", "ValueTask<D> RunAsync(A a); [Node] B One(A a) => new(1); [Node] C Two(A a) => new(1); [Node] ValueTask<D> Join(B b, C c) => default;" },
        { "a switch", "ValueTask<B> RunAsync(A a); [Node] ValueTask<bool> Pick(A a) => default; [Node, When(nameof(Pick))] B Yes(A a) => new(1); [Node, Unless(nameof(Pick))] B No(A a) => new(1);" },
        { "a node that may be skipped early, at the end", "ValueTask<B> RunAsync(A a); [Node] bool IsBig(A a) => true; [Node] ValueTask<B> One(A a) => default; [Node, When(nameof(IsBig))] ValueTask Two(B b) => default;" },
        { "order alone", "ValueTask<D> RunAsync(A a); [Node] ValueTask<B> One(A a) => default; [Node, After(nameof(One))] ValueTask<C> Two(A a) => default; [Node] D Join(B b, C c) => new(1);" },
        { "a sub-workflow that suspends", "ValueTask<D> RunAsync(A a); [SubWorkflow<Late>] private partial ValueTask<B> One(A a); [Node] D Join(B b) => new(1);" },
        { "the context", "B Run(A a); [Node] B One(A a, FlowContext context) => new(1);" },
        { "a service", "B Run(A a, RunOptions options); [Node] B One(A a, [Service] IClock clock) => new(1);" },
        { "options", "B Run(A a, RunOptions? options = null); [Node] B One(A a) => new(1);" },
        { "state of the run", "B Run(A a); [Node] B One(A a, Totals totals) => new(1);" },
        { "one node on the pool", "ValueTask<B> RunAsync(A a); [Node(RunOn = RunOn.ThreadPool)] B One(A a) => new(1);" },
        { "state that is cleaned asynchronously", "ValueTask<B> RunAsync(A a); [Node] B One(A a, Slow slow) => new(1);" },
    };

    public static TheoryData<string, string> Parallel => new()
    {
        { "two branches", "ValueTask<D> RunAsync(A a); [Node] ValueTask<B> One(A a) => default; [Node] ValueTask<C> Two(A a) => default; [Node] D Join(B b, C c) => new(1);" },
        { "a synchronous branch beside one that suspends", "ValueTask<D> RunAsync(A a); [Node] ValueTask<B> One(A a) => default; [Node] C Two(A a) => new(1); [Node] D Join(B b, C c) => new(1);" },
        { "what follows a node that may be skipped early", "ValueTask<C> RunAsync(A a); [Node] bool IsBig(A a) => true; [Node] ValueTask<B> One(A a) => default; [Node, When(nameof(IsBig))] D Two(B b) => new(1); [Node] C Three(D? d) => new(1);" },
        { "what follows a suspending node that may be skipped early", "ValueTask<C> RunAsync(A a); [Node] bool IsBig(A a) => true; [Node] ValueTask<B> One(A a) => default; [Node, When(nameof(IsBig))] ValueTask<D> Two(B b) => default; [Node] C Three(D? d) => new(1);" },
        { "two nodes on the pool", "ValueTask<D> RunAsync(A a); [Node(RunOn = RunOn.ThreadPool)] B One(A a) => new(1); [Node(RunOn = RunOn.ThreadPool)] C Two(A a) => new(1); [Node] D Join(B b, C c) => new(1);" },
        { "two activations of one sub-workflow", "ValueTask<D> RunAsync(A a); [SubWorkflow<Late>] private partial ValueTask<B> One(A a); [SubWorkflow<Late>] private partial ValueTask<B> Two(A a); [Node] D Join([From(nameof(One))] B b, [From(nameof(Two))] B c) => new(1);" },
    };

    [Theory]
    [MemberData(nameof(Straight))]
    public void Straight_where_nothing_suspends(string why, string members) => Check(PlanForm.Straight, why, members);

    [Theory]
    [MemberData(nameof(Serial))]
    public void Serial_where_one_thing_happens_at_a_time(string why, string members) => Check(PlanForm.Serial, why, members);

    [Theory]
    [MemberData(nameof(Parallel))]
    public void Parallel_where_steps_may_overlap(string why, string members) => Check(PlanForm.Parallel, why, members);

    private static void Check(PlanForm form, string why, string members)
    {
        PlanForm chosen = FrontEnd.Plan("Flow", Types, "[Workflow] public sealed partial class Flow { public partial " + members + " }").Form;
        Assert.True(form == chosen, $"{why}: {chosen} instead of {form}");
    }
}
