using FlowGen.Testing;

namespace FlowGen.Generator.Tests.Running;

/// <summary>A node that returns null where a task should be: whatever form the workflow has, the error names both and the cure.</summary>
public sealed class NoTaskTests
{
    private const string Types = "public record A; public record B; public record C; public record D; public sealed class N { public Task<C> ExecuteAsync(A a) => null!; }\n";

    [Theory]
    [InlineData("the first node", "[Node] static Task<C> Bad(A a) => null!; [Node] static B F(C c) => new();")]
    [InlineData("a later node", "[Node] static async Task<D> First(A a) { await Task.Yield(); return new(); } [Node] static Task<C> Bad(D d) => null!; [Node] static B F(C c) => new();")]
    [InlineData("no value", "[Node] static Task BadAsync(A a) => null!; [Node, Needs(nameof(BadAsync))] static B F(A a) => new();")]
    [InlineData("siblings", "[Node] static async Task<D> First(A a) { await Task.Yield(); return new(); } [Node] static Task<C> Bad(A a) => null!; [Node] static B F(C c, D d) => new();")]
    [InlineData("a try", "[Node, Retry(1, DelayMs = 0)] static Task<C> Bad(A a) => null!; [Node] static B F(C c) => new();")]
    [InlineData("an element", "[Node] static A[] Split(A a) => [a]; [Node] static Task<C> Bad([Each(nameof(Split))] A a) => null!; [Node] static B F(C[] bad) => new();")]
    [InlineData("a loop", "static bool More(C c) => false; [Node] static C First(A a) => new(); [Node, Repeat(While = nameof(More))] static Task<C> Bad([Carry, From(nameof(First))] C c) => null!; [Node] static B F([From(nameof(Bad))] C c) => new();")]
    [InlineData("the thread pool", "[Node(RunOn = RunOn.ThreadPool)] static Task<C> Bad(A a) => null!; [Node] static B F(C c) => new();")]
    [InlineData("a class", "[Node<N>] private partial Task<C> Bad(A a); [Node] static B F(C c) => new();")]
    [InlineData("a handler", "[Node] static C Fails(A a) => throw new InvalidOperationException(); [Catch(nameof(Fails))] static Task<C> Bad(A a) => null!; [Node] static B F([From(nameof(Fails))] C c) => new();")]
    public async Task The_error_says_who_and_what_to_do(string where, string nodes)
    {
        _ = where;
        LoadedFlow flow = Compile("W", "A", nodes).Load();
        InvalidOperationException error = await Assert.ThrowsAsync<InvalidOperationException>(() => flow.Call<Task>("Use", "Go"));
        Assert.Equal(Message("W", "Bad"), error.Message);
    }

    [Fact]
    public async Task A_node_of_a_sub_workflow_is_called_by_its_own()
    {
        LoadedFlow flow = FlowCompiler.Compile(
            Types + "[Workflow(Id = \"inner\")] public partial class V { public partial Task<C> RunAsync(A a); [Node] static Task<C> Bad(A a) => null!; }",
            Text("W", "A", "[SubWorkflow<V>] private partial Task<C> G(A a); [Node] static B F(C c) => new();")).Load();
        InvalidOperationException error = await Assert.ThrowsAsync<InvalidOperationException>(() => flow.Call<Task>("Use", "Go"));
        Assert.Equal(Message("inner", "Bad"), error.Message);
    }

    private static string Message(string workflow, string node)
        => $"Node '{node}' of workflow '{workflow}' returned null instead of a task: make it async, or return Task.CompletedTask or Task.FromResult(...).";

    private static CompiledFlow Compile(string name, string input, string nodes) => FlowCompiler.Compile(Types, Text(name, input, nodes));

    private static string Text(string name, string input, string nodes) => $$"""
        [Workflow] public partial class {{name}} { public partial Task<B> RunAsync({{input}} a); {{nodes}} }
        public static class Use { public static Task Go() => new {{name}}().RunAsync(new {{input}}()); }
        """;
}
