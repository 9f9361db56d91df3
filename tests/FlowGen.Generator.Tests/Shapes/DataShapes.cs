namespace FlowGen.Generator.Tests.Shapes;

/// <summary>Types of the values that flow.</summary>
internal static class DataShapes
{
    private static readonly string[] s_types =
    [
        "int",
        "decimal",
        "Guid",
        "DateTimeOffset",
        "string",
        "Uri",
        "object",
        "Kind",
        "Small",
        "Large",
        "int[]",
        "B[]",
        "B?[]",
        "int[,]",
        "int[][]",
        "List<int?>",
        "List<B?>",
        "IReadOnlyDictionary<string, List<int?>>",
        "Dictionary<string, B?>?[]",
        "(int, string)",
        "(B first, int second)",
        "(B? First, (int X, int? Y) Second)",
        "List<(B First, int? Second)>",
        "KeyValuePair<string, B?>",
        "Func<B?, ValueTask<int?>>",
        "IAsyncEnumerable<B>",
        "IEnumerable<B>",
        "ReadOnlyMemory<byte>",
        "Outer.Nested",
        "Outer.Generic<B?>.Inner<int?>",
        "dynamic",
        "nint",
        "Stream",
        "IDisposable",
        "Exception",
        "FlowUnit",
    ];

    public static IReadOnlyList<Shape> All { get; } =
    [
        .. s_types.SelectMany((type, i) => new[]
        {
            new Shape("data: " + type, Source(i, type)),
            new Shape("data, parallel and optional: " + type, Parallel(i, type)),
            new Shape("data, in and out of a child: " + type, Child(i, type)),
        }),
    ];

    private static string Source(int number, string type) => $$"""
        namespace Data{{number}};
        {{Types}}
        [Workflow]
        public sealed partial class Straight
        {
            public partial {{type}} Run({{type}} value);
            [Node] private {{type}} Work({{type}} value) => value;
        }

        [Workflow]
        public sealed partial class Serial
        {
            [return: From(nameof(Last))]
            public partial ValueTask<{{type}}> RunAsync({{type}} value, CancellationToken ct = default);
            [Node] private ValueTask<{{type}}> First([Input] {{type}} value, CancellationToken ct) => new(value);
            [Node] private ValueTask<{{type}}> Last([From(nameof(First))] {{type}} value, CancellationToken ct) => new(value);
        }
        """;

    private static string Parallel(int number, string type) => $$"""
        namespace DataParallel{{number}};
        {{Types}}
        public record Done(int Number);
        [Workflow]
        public sealed partial class Flow
        {
            public partial ValueTask<Done> RunAsync(A a, CancellationToken ct = default);
            [Node] private bool Choose(A a) => true;
            [Node, When(nameof(Choose))] private ValueTask<{{type}}> Maybe(A a, CancellationToken ct) => default;
            [Node, BestEffort] private ValueTask<{{type}}> Risky(A a, CancellationToken ct) => default;
            [Node] private ValueTask<{{type}}> Sure(A a, CancellationToken ct) => default;
            [Node] private Done Join([From(nameof(Maybe))] {{type}}{{(type.EndsWith('?') ? "" : "?")}} maybe, [From(nameof(Risky))] Optional<{{type}}> risky, [From(nameof(Sure))] Outcome<{{type}}> sure) => new(1);
        }
        """;

    private static string Child(int number, string type) => $$"""
        namespace DataChild{{number}};
        {{Types}}
        [Workflow]
        public sealed partial class Inner
        {
            public partial ValueTask<{{type}}> RunAsync({{type}} value, CancellationToken ct = default);
            [Node] private ValueTask<{{type}}> Work({{type}} value, CancellationToken ct) => new(value);
        }

        [Workflow]
        public sealed partial class Flow
        {
            [return: From(nameof(Part))]
            public partial ValueTask<{{type}}> RunAsync({{type}} value, CancellationToken ct = default);
            [SubWorkflow<Inner>] private partial ValueTask<{{type}}> Part([Input] {{type}} value);
            [Node] private void Watch([From(nameof(Part))] {{type}} value) { }
        }
        """;

    private const string Types = """
        public record A(int Number);
        public record B(int Number);
        public enum Kind { One, Two }
        public readonly record struct Small(int X);
        public struct Large { public long A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P; public string? Text; }
        public static class Outer
        {
            public record Nested(int Number);
            public static class Generic<T> { public record Inner<U>(T First, U Second); }
        }
        """;
}
