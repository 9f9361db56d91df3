using System.Text;

namespace RandomGraphs.Sources;

/// <summary>Prints a random workflow, those that it calls and how to start it as one C# file.</summary>
internal static class SourceWriter
{
    public const string Usings = "global using RandomGraphs.Stages;";

    /// <param name="name">The namespace, which sets the graph apart from the others of its batch.</param>
    public static string Write(Flow root, string name)
    {
        StringBuilder text = new($"namespace {name};\n");
        foreach (Flow flow in root.SelfAndDescendants)
        {
            text.Append('\n').Append(WriteFlow(flow));
        }

        string inputs = string.Concat(root.Inputs.Select(_ => ", new Value(\"in\")"));
        string token = root.TakesToken ? ", ct" : "";
        string call = $"workflow.{(root.IsSynchronous ? "Run" : "RunAsync")}(at{inputs}{token})";
        string start = (root.IsSynchronous, root.Result) switch
        {
            (false, _) => $"Results.Of({call})",
            (true, null) => $$"""Results.Of(() => { {{call}}; return ""; })""",
            _ => $"Results.Of(() => Texts.Of({call}))",
        };
        IEnumerable<string> waits = root.Waits.Select(at => $".With(\"{at.Path}\", run.{at.Path.Replace("[]", "", StringComparison.Ordinal).Replace('.', '_')}, {Types.Maker(at.Wait)})");
        string begin = root.IsSynchronous ? "" : $$"""


                public static Func<Place, CancellationToken, Held> Begin(FlowRuntime runtime)
                {
                    {{root.Name}} workflow = new {{root.Name}}({{Arguments(root)}}) { Runtime = runtime };
                    return (at, ct) =>
                    {
                        {{root.Name}}.Handle run = workflow.Start(at{{inputs}}{{(root.TakesToken ? ", null, ct" : "")}});
                        return new Held(run, Results.Of(run.Completion)){{string.Concat(waits)}};
                    };
                }
            """;
        text.Append($$"""

            public static class Entry
            {
                public static Func<Place, CancellationToken, Task<string>> Make(FlowRuntime runtime)
                {
                    {{root.Name}} workflow = new {{root.Name}}({{Arguments(root)}}) { Runtime = runtime };
                    return (at, ct) => {{start}};
                }{{begin}}
            }

            """);
        return text.ToString();
    }

    private static string WriteFlow(Flow flow)
    {
        StringBuilder text = new();
        List<string> settings = [];
        if (flow.MaxParallelism > 0)
        {
            settings.Add($"MaxParallelism = {flow.MaxParallelism}");
        }

        if (flow.Cleanup != CleanupMode.Immediate)
        {
            settings.Add($"Cleanup = CleanupMode.{flow.Cleanup}");
        }

        if (flow.OnError != ErrorMode.CancelSiblings)
        {
            settings.Add($"OnError = ErrorMode.{flow.OnError}");
        }

        text.Append($"[Workflow{(settings.Count == 0 ? "" : $"({string.Join(", ", settings)})")}]\n");
        text.Append(flow.TimeLimit is { } limit ? $"[Timeout(Milliseconds = {limit})]\n" : "");
        text.Append($"public {(flow.IsSealed ? "sealed " : "")}partial class {flow.Name}{Constructor(flow)}\n{{\n");
        List<string> members = [.. Members(flow)];
        if (flow.Shuffle != 0)
        {
            Random random = new(flow.Shuffle);
            members = [.. members.OrderBy(_ => random.Next())];
        }

        text.Append(string.Join("\n", members));
        text.Append("}\n");
        foreach (string type in flow.Nodes.Select(n => n.OwnType).OfType<string>().Distinct())
        {
            text.Append($"\npublic sealed record {type}(string Text) : Value(Text);\n");
        }

        foreach (Node node in flow.Nodes.Where(n => n.Kind == NodeKind.Class))
        {
            text.Append('\n').Append(ClassWriter.Write(flow, node));
        }

        return text.ToString();
    }

    private static IEnumerable<string> Members(Flow flow)
    {
        if (flow.Holding == Holding.Field)
        {
            foreach (Flow child in flow.Children)
            {
                yield return $"    private readonly {child.Name} h{child.Name} = new {child.Name}({Arguments(child)});\n";
            }
        }

        yield return Entry(flow);
        if (flow.Nodes.Any(n => n.TakesState))
        {
            yield return "    [State]\n    internal sealed class Own : Tracked, ICleanup\n    {\n        public void Take(Place at) => Use(at);\n\n        public void Cleanup() => Clean();\n    }\n";
        }

        if (flow.Nodes.Any(n => n.TakesRunState))
        {
            yield return "    [State(Scope = StateScope.Run)]\n    internal sealed class Shared : Tracked, ICleanup\n    {\n        public void Take(Place at) => UseInRun(at);\n\n        public void Cleanup() => Clean();\n    }\n";
        }

        foreach (Node node in flow.Nodes.Where(n => n.Kind != NodeKind.Input))
        {
            yield return NodeWriter.Write(flow, node);
        }

        foreach (string member in PolicyWriter.Members(flow))
        {
            yield return member;
        }
    }

    private static string Entry(Flow flow)
    {
        string result = flow.Result is null ? "void" : flow.ResultStrength switch
        {
            Strength.Nullable => "Value?",
            Strength.Outcome => "Outcome<Value>",
            _ => "Value",
        };
        string returned = flow.IsSynchronous ? result : Types.Awaited(result, flow.ReturnsTask ? Form.Task : Form.ValueTask);
        string inputs = string.Concat(flow.Inputs.Select(input => $", Value{(input.MayBeNull ? "?" : "")} {input.Name}"));
        string from = flow.Result is null ? "" : $"    [return: From(nameof({flow.Result}))]\n";
        return $"{from}    public partial {returned} {(flow.IsSynchronous ? "Run" : "RunAsync")}(Place at{inputs}{(flow.TakesToken ? ", CancellationToken ct = default" : "")});\n";
    }

    private static string Constructor(Flow flow)
    {
        IEnumerable<string> parameters = flow.Holding == Holding.Parameter ? flow.Children.Select(child => $"{child.Name} h{child.Name}") : [];
        parameters = flow.TakesTag ? parameters.Prepend("Tag tag") : parameters;
        return parameters.Any() ? $"({string.Join(", ", parameters)})" : "";
    }

    /// <summary>What an object of the workflow is made with.</summary>
    private static string Arguments(Flow flow)
    {
        IEnumerable<string> arguments = flow.Holding == Holding.Parameter ? flow.Children.Select(child => $"new {child.Name}({Arguments(child)})") : [];
        return string.Join(", ", flow.TakesTag ? arguments.Prepend("new Tag()") : arguments);
    }
}
