namespace FlowGen.Generator.Tests.Shapes;

/// <summary>What the entry takes and returns.</summary>
internal static class EntryShapes
{
    /// <summary>Return type of the entry, and a node that yields what it needs; <c>{0}</c> is the return type.</summary>
    private static readonly (string Name, string Entry, string Node)[] s_results =
    [
        ("void Run", "void Run(A a)", "void Work(A a) { }"),
        ("T Run", "B Run(A a)", "B Work(A a) => new(1);"),
        ("T? Run", "B? Run(A a)", "B? Work(A a) => null;"),
        ("int Run", "int Run(A a)", "int Work(A a) => 1;"),
        ("int? Run", "int? Run(A a)", "int? Work(A a) => 1;"),
        ("Outcome Run", "Outcome<B> Run(A a)", "B Work(A a) => new(1);"),
        ("Task, synchronous node", "Task RunAsync(A a)", "void Work(A a) { }"),
        ("Task, asynchronous node", "Task RunAsync(A a, CancellationToken ct = default)", "Task Work(A a, CancellationToken ct) => Task.CompletedTask;"),
        ("Task of T, synchronous node", "Task<B> RunAsync(A a)", "B Work(A a) => new(1);"),
        ("Task of T, asynchronous node", "Task<B> RunAsync(A a)", "Task<B> Work(A a) => Task.FromResult(new B(1));"),
        ("ValueTask, synchronous node", "ValueTask RunAsync(A a, CancellationToken ct = default)", "void Work(A a) { }"),
        ("ValueTask, asynchronous node", "ValueTask RunAsync(A a)", "ValueTask Work(A a, CancellationToken ct) => default;"),
        ("ValueTask of T, synchronous node", "ValueTask<B> RunAsync(A a)", "B Work(A a) => new(1);"),
        ("ValueTask of T, asynchronous node", "ValueTask<B> RunAsync(A a)", "ValueTask<B> Work(A a) => new(new B(1));"),
        ("ValueTask of T?, synchronous node", "ValueTask<B?> RunAsync(A a)", "B? Work(A a) => null;"),
        ("ValueTask of T?, asynchronous node", "ValueTask<B?> RunAsync(A a)", "ValueTask<B?> Work(A a) => new((B?)null);"),
        ("ValueTask of T?, node of T", "ValueTask<B?> RunAsync(A a)", "ValueTask<B> Work(A a) => new(new B(1));"),
        ("Task of T?, asynchronous node", "Task<B?> RunAsync(A a)", "Task<B?> Work(A a) => Task.FromResult<B?>(null);"),
        ("ValueTask of int, synchronous node", "ValueTask<int> RunAsync(A a)", "int Work(A a) => 1;"),
        ("ValueTask of int, asynchronous node", "ValueTask<int> RunAsync(A a)", "ValueTask<int> Work(A a) => new(1);"),
        ("ValueTask of int?, synchronous node", "ValueTask<int?> RunAsync(A a)", "int? Work(A a) => 1;"),
        ("ValueTask of int?, asynchronous node", "ValueTask<int?> RunAsync(A a)", "ValueTask<int?> Work(A a) => new(1);"),
        ("ValueTask of int?, node of int", "ValueTask<int?> RunAsync(A a)", "ValueTask<int> Work(A a) => new(1);"),
        ("ValueTask of Outcome, synchronous node", "ValueTask<Outcome<B>> RunAsync(A a)", "B Work(A a) => new(1);"),
        ("ValueTask of Outcome, asynchronous node", "ValueTask<Outcome<B>> RunAsync(A a, CancellationToken ct = default)", "ValueTask<B> Work(A a) => new(new B(1));"),
        ("ValueTask of Outcome of int", "ValueTask<Outcome<int>> RunAsync(A a)", "ValueTask<int> Work(A a) => new(1);"),
        ("Task of Outcome", "Task<Outcome<B>> RunAsync(A a)", "Task<B> Work(A a) => Task.FromResult(new B(1));"),
        ("ValueTask of a tuple", "ValueTask<(B b, int n)> RunAsync(A a)", "ValueTask<(B b, int n)> Work(A a) => new((new B(1), 2));"),
        ("ValueTask of an array", "ValueTask<B[]> RunAsync(A a)", "ValueTask<B[]> Work(A a) => new(new B[1]);"),
        ("no inputs", "ValueTask<B> RunAsync(CancellationToken ct = default)", "ValueTask<B> Work(CancellationToken ct) => new(new B(1));"),
        ("no inputs, synchronous", "B Run()", "B Work() => new(1);"),
        ("token first", "ValueTask<B> RunAsync(CancellationToken token, A a)", "ValueTask<B> Work(A a, CancellationToken ct) => new(new B(1));"),
        ("with options", "ValueTask<B> RunAsync(A a, RunOptions? options = null, CancellationToken ct = default)", "ValueTask<B> Work(A a, CancellationToken ct) => new(new B(1));"),
        ("with options, synchronous", "B Run(A a, RunOptions? options = null)", "B Work(A a) => new(1);"),
        ("with required options and no token", "ValueTask<B> RunAsync(A a, RunOptions options)", "ValueTask<B> Work(A a) => new(new B(1));"),
        ("with defaults", "ValueTask<B> RunAsync(A a, int times = 2, string text = \"x\", B? more = null, CancellationToken ct = default)", "ValueTask<B> Work(A a, int times, string text, B? more, CancellationToken ct) => new(new B(times));"),
        ("nullable inputs", "ValueTask<B> RunAsync(A? a, int? times, CancellationToken ct = default)", "ValueTask<B> Work(A? a, int? times, CancellationToken ct) => new(new B(1));"),
        ("a cancellation token with another name", "ValueTask<B> RunAsync(A a, CancellationToken stop = default)", "ValueTask<B> Work(A a, CancellationToken halt) => new(new B(1));"),
        ("inputs named like generated locals", "ValueTask<B> RunAsync(A error, int token, int pending, int workflow, int frame, int state, int item, int value, int result, CancellationToken cancellationToken = default)", "ValueTask<B> Work(A error, int token, int pending, int workflow, int frame, int state, int item, int value, int result, CancellationToken ct) => new(new B(1));"),
    ];

    public static IReadOnlyList<Shape> All { get; } =
    [
        .. s_results.Select((result, i) => new Shape("entry: " + result.Name, Source(i, result.Entry, result.Node))),
        new("entry: protected", """
            namespace EntryProtected;
            public record A(int Number);
            public record B(int Number);
            [Workflow]
            public partial class Flow
            {
                protected partial ValueTask<B> RunAsync(A a, CancellationToken ct = default);
                [Node] private ValueTask<B> Work(A a, CancellationToken ct) => new(new B(1));
            }
            """),
        new("entry: disabled", """
            namespace EntryDisabled;
            public record A(int Number);
            public record B(int Number);
            [Workflow(Enabled = false)]
            public sealed partial class Flow
            {
                public partial ValueTask<B> RunAsync(A a, CancellationToken ct = default);
                [Node] private ValueTask<B> Work(A a, CancellationToken ct) => new(new B(1));
            }

            [Workflow(Enabled = false)]
            public sealed partial class Quiet
            {
                public partial void Run(A a);
                [Node] private void Work(A a) { }
            }
            """),
        new("entry: with other methods of its name", """
            namespace EntryOverloads;
            public record A(int Number);
            public record B(int Number);
            [Workflow]
            public sealed partial class Flow
            {
                public ValueTask<B> RunAsync(int number) => RunAsync(new A(number));
                public partial ValueTask<B> RunAsync(A a, CancellationToken ct = default);
                [Node] private ValueTask<B> Work(A a, CancellationToken ct) => new(new B(1));
            }
            """),
        new("entry: new hides nothing of object", """
            namespace EntryEquality;
            public record A(int Number);
            public record B(int Number);
            [Workflow]
            public sealed partial class Flow : IDisposable
            {
                public partial ValueTask<B> RunAsync(A a, CancellationToken ct = default);
                [Node] private ValueTask<B> Equals(A a, CancellationToken ct) => new(new B(1));
                public void Dispose() { }
            }
            """),
    ];

    private static string Source(int number, string entry, string node) => $$"""
        namespace Entry{{number}};
        public record A(int Number);
        public record B(int Number);
        [Workflow]
        public sealed partial class Flow
        {
            public partial {{entry}};
            [Node] private {{node}}
        }
        """;
}
