namespace FlowGen.Diagnostics.Tests.Refactoring;

/// <summary>
/// Workflows that nobody thought of: few types for many nodes, so that binding has to choose; values by type and by name, merges, order,
/// tuples, lists and predicates. The same seed, the same workflow.
/// </summary>
internal static class RandomWorkflow
{
    private const int Attempts = 12;

    private static readonly string[] s_types = ["A", "B", "C", "D", "E", "int", "string", "B[]", "int[]", "(C Left, int Right)"];
    private static readonly string[] s_deciders = ["When(nameof(P))", "Unless(nameof(P))", "When(nameof(Q))", "When(nameof(Pick), Color.Red)", "Otherwise(nameof(Pick))"];

    public static IEnumerable<int> Seeds => Enumerable.Range(0, 40);

    /// <summary>Node by node: one that would make the workflow ambiguous, which most are, is thrown away and another tried.</summary>
    public static string Source(int seed)
    {
        Random random = new(seed);
        List<string> members =
        [
            $"public partial Task RunAsync(A a{(random.Next(2) == 0 ? ", int n1" : "")}{(random.Next(3) == 0 ? ", D d" : "")});",
            "static bool P([Input] A a) => true;",
            "static bool Q([Input] A a) => true;",
            "[Node, When(nameof(P))] Color Pick([Input] A a) => default;",
        ];
        int count = random.Next(4, 11);
        for (int i = 0; i < count; i++)
        {
            string[] attempts = [.. Enumerable.Range(0, Attempts).Select(_ => Node(random, i))];
            members.AddRange(attempts.Where(node => Subject.Of(Print([.. members, node])).Workflows.Count > 0).Take(1));
        }

        return Print(members);
    }

    private static string Print(IEnumerable<string> members) => $"[Workflow] public partial class W\n{{\n    {string.Join("\n    ", members)}\n}}";

    private static string Node(Random random, int index)
    {
        List<string> attributes = ["Node"];
        if (random.Next(3) == 0)
        {
            attributes.Add(s_deciders[random.Next(s_deciders.Length)]);
        }

        if (index > 0 && random.Next(3) == 0)
        {
            attributes.Add($"{(random.Next(3) > 0 ? "After" : "Needs")}(nameof(N{random.Next(index)}))");
        }

        if (random.Next(8) == 0)
        {
            attributes.Add("BestEffort");
        }

        string result = random.Next(6) == 0 ? "void" : s_types[1 + ((index + random.Next(3)) % (s_types.Length - 1))];
        List<string> parameters = [];
        for (int i = random.Next(1, 4); i > 0; i--)
        {
            parameters.Add(Parameter(random, index, i));
        }

        return $"[{string.Join(", ", attributes)}] {result} N{index}({string.Join(", ", parameters)}) {(result == "void" ? "{ }" : "=> default!;")}";
    }

    private static string Parameter(Random random, int index, int position)
    {
        int source = random.Next(Math.Max(index, 1));
        string type = s_types[random.Next(2) == 0 ? 0 : random.Next(s_types.Length)];
        string name = random.Next(3) == 0 ? $"p{position}" : type == "int" && random.Next(3) == 0 ? "right" : $"n{source}";
        string strength = random.Next(4) switch { 0 => "?", _ => "" };
        return random.Next(10) switch
        {
            0 when index > 0 => $"[From(nameof(N{source}))] {type}{strength} {name}{position}",
            1 => $"[Each] {(random.Next(2) == 0 ? "int" : "B")} {name}{position}",
            2 => $"Outcome<{type}> {name}{position}",
            _ => $"{type}{strength} {name}{(name.StartsWith('p') || position == 1 ? "" : position)}",
        };
    }
}
