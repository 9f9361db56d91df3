using System.Text;

namespace FlowGen.Diagnostics.Tests.Refactoring;

/// <summary>
/// Workflows that nobody thought of: few types for many nodes, so that binding has to choose; values by type and by name, merges, order,
/// tuples, lists and predicates. The same seed, the same workflow.
/// </summary>
internal static class RandomWorkflow
{
    private const int Count = 40;

    private static readonly string[] s_types = ["A", "B", "C", "D", "E", "int", "string", "B[]", "int[]", "(C Left, int Right)"];
    private static readonly string[] s_deciders = ["When(nameof(P))", "Unless(nameof(P))", "When(nameof(Q))", "When(nameof(Pick), Color.Red)", "Otherwise(nameof(Pick))"];
    private static readonly Lazy<int[]> s_sound = new(() => [.. Enumerable.Range(0, 10_000).Where(IsSound).Take(Count)]);

    /// <summary>The first few dozen seeds of workflows that FlowGen accepts; most of what comes out is ambiguous, and rightly refused.</summary>
    public static IReadOnlyList<int> SoundSeeds => s_sound.Value;

    public static string Source(int seed)
    {
        Random random = new(seed);
        StringBuilder text = new("[Workflow] public partial class W\n{\n");
        int count = random.Next(3, 9);
        text.AppendLine($"    {(random.Next(3) == 0 ? $"[return: From(nameof(N{random.Next(count)}))] " : "")}public partial Task<{s_types[random.Next(1, 5)]}?> RunAsync(A a{(random.Next(2) == 0 ? ", int n0" : "")});");
        text.AppendLine("    static bool P(A a) => true;");
        text.AppendLine("    static bool Q([Input] A a) => true;");
        text.AppendLine("    [Node, When(nameof(P))] Color Pick([Input] A a) => default;");
        for (int i = 0; i < count; i++)
        {
            text.AppendLine(Node(random, i));
        }

        return text.Append('}').ToString();
    }

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

        return $"    [{string.Join(", ", attributes)}] {result} N{index}({string.Join(", ", parameters)}) {(result == "void" ? "{ }" : "=> default!;")}";
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

    private static bool IsSound(int seed) => Subject.Of(Source(seed)).Workflows.Count > 0;
}
