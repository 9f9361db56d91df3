using System.Text;

namespace Behaviour.Randomly;

/// <summary>Writes a random workflow as its author would.</summary>
internal static class RandomFlowPrinter
{
    public static string Print(RandomFlow root, string space)
    {
        StringBuilder text = new();
        text.AppendLine($"namespace {space};");
        text.AppendLine("public sealed record In(int Bits, string Prefix);");
        foreach (RandomFlow flow in root.SelfAndChildren)
        {
            Print(text, flow);
        }

        string arguments = Construction(root);
        text.AppendLine($$"""
            public static class Program
            {
                public static ValueTask Run(FlowGen.Testing.Puppet puppet, FlowRuntime runtime, int bits, CancellationToken ct)
                {
                    {{root.Name}} workflow = new({{arguments}}) { Runtime = runtime };
                    {{(root.IsSynchronous ? "_ = ct; workflow.Run(new In(bits, \"\")); return default;" : "return workflow.RunAsync(new In(bits, \"\"), ct);")}}
                }
            }
            """);
        return text.ToString();
    }

    private static string Construction(RandomFlow flow)
        => string.Join(", ", flow.Nodes.Where(n => n.Child is not null).Select(n => $"new {n.Child!.Name}({Construction(n.Child)})").Prepend("puppet"));

    private static void Print(StringBuilder text, RandomFlow flow)
    {
        foreach (RandomNode node in flow.Nodes.Where(n => n.HasValue && !n.YieldsBool))
        {
            if (node.Child is null)
            {
                text.AppendLine($"public sealed record {TypeOf(flow, node)}(int Number);");
            }
        }

        foreach (RandomNode node in flow.Nodes.Where(n => n.Kind == RandomKind.Class))
        {
            text.AppendLine($$"""
                public sealed class {{flow.Name}}Class{{node.Index}}(FlowGen.Testing.Puppet puppet) : ICleanup
                {
                    private int _uses;

                    public {{ClassSignature(flow, node)}}
                    {
                        if (_uses++ > 0)
                        {
                            puppet.Complain("{{node.Name}} got a used instance.");
                        }

                        return new({{(flow.IsSynchronous ? "puppet.Enter(" : "await puppet.EnterAsync(")}}input.Prefix + "{{node.Name}}", {{Description(node)}}, {{Value(node)}}{{(flow.IsSynchronous ? "" : ", ct")}}));
                    }

                    public void Cleanup() => _uses = 0;
                }
                """);
        }

        string result = ReturnType(flow, flow.Result >= 0 ? TypeOf(flow, flow.Nodes[flow.Result]) : null);
        string entry = flow.IsSynchronous ? "Run(In input)" : "RunAsync(In input, CancellationToken ct = default)";
        IEnumerable<string> held = flow.Nodes.Where(n => n.Child is not null).Select(n => $"{n.Child!.Name} child{n.Index}").Prepend("FlowGen.Testing.Puppet puppet");
        text.AppendLine($$"""
            [Workflow{{(flow.MaxParallelism > 0 ? $"(MaxParallelism = {flow.MaxParallelism})" : "")}}]
            public sealed partial class {{flow.Name}}({{string.Join(", ", held)}})
            {
                {{(flow.Result >= 0 ? $"[return: From(nameof(N{flow.Result}))]" : "")}}
                public partial {{result}} {{entry}};

                internal object Held => puppet;
            """);
        for (int bit = 0; bit < RandomFlowMaker.Bits; bit++)
        {
            text.AppendLine($"    static bool Bit{bit}([Input] In input) => (input.Bits >> {bit} & 1) == 1;");
        }

        foreach (RandomNode node in flow.Nodes)
        {
            text.AppendLine(Node(flow, node));
        }

        text.AppendLine("}");
    }

    private static string Node(RandomFlow flow, RandomNode node)
    {
        string signature = $"[Input] In input{Signature(flow, node)}";
        string call = $"input.Prefix + \"{node.Name}\", {Description(node)}, {Value(node)}";
        return node.Kind switch
        {
            RandomKind.Value when node.YieldsBool => $"    {Attributes(flow, node)} bool {node.Name}({signature}) => puppet.Enter({call}) % 2 == 0;",
            RandomKind.Value => $"    {Attributes(flow, node)} {TypeOf(flow, node)} {node.Name}({signature}) => new(puppet.Enter({call}));",
            RandomKind.Async when node.YieldsBool =>
                $"    {Attributes(flow, node)} async Task<bool> {node.Name}({signature}, CancellationToken ct) => await puppet.EnterAsync({call}, ct) % 2 == 0;",
            RandomKind.Async =>
                $"    {Attributes(flow, node)} async ValueTask<{TypeOf(flow, node)}> {node.Name}({signature}, CancellationToken ct) => new(await puppet.EnterAsync({call}, ct));",
            RandomKind.Class => $"    {Attributes(flow, node)} private partial {ReturnType(flow, TypeOf(flow, node))} {node.Name}({signature});",
            RandomKind.Void => $"    {Attributes(flow, node)} void {node.Name}({signature}) => puppet.Enter({call});",
            RandomKind.VoidAsync => $"    {Attributes(flow, node)} async ValueTask {node.Name}({signature}, CancellationToken ct) => await puppet.EnterAsync({call}, ct);",
            _ => Child(flow, node),
        };
    }

    /// <summary>A child is told its prefix by a node of its own, which has the child's ordering, so that nothing starts early.</summary>
    private static string Child(RandomFlow flow, RandomNode node)
    {
        string result = ReturnType(flow, node.HasValue ? TypeOf(flow, node) : null);
        return $$"""
                [Node] In Tag{{node.Index}}([Input] In input) => input with { Prefix = input.Prefix + "{{node.Name}}." };
                {{Attributes(flow, node)}} private partial {{result}} {{node.Name}}([From(nameof(Tag{{node.Index}}))] In input);
            """;
    }

    private static string ReturnType(RandomFlow flow, string? type)
        => flow.IsSynchronous ? type ?? "void" : type is null ? "ValueTask" : $"ValueTask<{type}>";

    private static string ClassSignature(RandomFlow flow, RandomNode node) => flow.IsSynchronous
        ? $"{TypeOf(flow, node)} Execute(In input{Signature(flow, node)})"
        : $"async ValueTask<{TypeOf(flow, node)}> ExecuteAsync(In input{Signature(flow, node)}, CancellationToken ct)";

    private static string Attributes(RandomFlow flow, RandomNode node)
    {
        List<string> attributes =
        [
            node.Kind switch
            {
                RandomKind.Class => $"Node<{flow.Name}Class{node.Index}>",
                RandomKind.Child => $"SubWorkflow(nameof(child{node.Index}))",
                _ when node.OnPool => "Node(RunOn = RunOn.ThreadPool)",
                _ => "Node",
            },
        ];
        attributes.AddRange(node.Conditions.Select(c => $"{(c.Negated ? "Unless" : "When")}(nameof({(c.Node >= 0 ? $"N{c.Node}" : $"Bit{c.Bit}")}))"));
        attributes.AddRange(Ordering("After", node.After).Concat(Ordering("Needs", node.Needs)).Concat(Ordering("NeedsAny", node.NeedsAny)));
        if (node.BestEffort)
        {
            attributes.Add("BestEffort");
        }

        return $"[{string.Join(", ", attributes)}]";
    }

    private static IEnumerable<string> Ordering(string attribute, IReadOnlyList<int> nodes)
        => nodes.Count == 0 ? [] : [$"{attribute}({string.Join(", ", nodes.Select(n => $"nameof(N{n})"))})"];

    private static string Signature(RandomFlow flow, RandomNode node)
        => string.Concat(node.Parameters.Select(p => $", {Strong(TypeOf(flow, flow.Nodes[p.Source]), p.Strength)} p{p.Source}"));

    private static string Strong(string type, RandomStrength strength) => strength switch
    {
        RandomStrength.Required => type,
        RandomStrength.Nullable => $"{type}?",
        RandomStrength.Optional => $"Optional<{type}>",
        _ => $"Outcome<{type}>",
    };

    /// <summary>What the node saw, as an expression of text: one letter or number for each parameter.</summary>
    private static string Description(RandomNode node)
        => node.Parameters.Count == 0 ? "\"\"" : $"string.Join(' ', {string.Join(", ", node.Parameters.Select(p => $"(object){Seen(p)}"))})";

    private static string Seen(RandomParameter p) => p.Strength switch
    {
        RandomStrength.Required => $"(p{p.Source} is null ? puppet.Miss(\"{p.Source}\") : p{p.Source}.Number)",
        RandomStrength.Nullable => $"(p{p.Source} is null ? \"null\" : p{p.Source}.Number.ToString())",
        RandomStrength.Optional => $"(p{p.Source}.HasValue ? p{p.Source}.Value?.Number.ToString() ?? \"missing\" : \"empty\")",
        _ => $"(p{p.Source}.Succeeded ? p{p.Source}.Value!.Number.ToString() : p{p.Source}.IsSkipped ? \"skipped\" : p{p.Source}.Error!.Message)",
    };

    /// <summary>Depends on everything the node saw, so that a wrong value goes on to the end.</summary>
    private static string Value(RandomNode node)
        => string.Concat(node.Parameters.Select(p => p.Strength switch
        {
            RandomStrength.Required => $"(p{p.Source} is null ? 0 : p{p.Source}.Number) + ",
            RandomStrength.Nullable => $"(p{p.Source}?.Number ?? 0) + ",
            RandomStrength.Optional => $"(p{p.Source}.HasValue ? p{p.Source}.Value?.Number ?? puppet.Miss(\"{p.Source}\") : 0) + ",
            _ => $"(p{p.Source}.Value?.Number ?? 0) + ",
        })) + $"input.Bits + {node.Index + 1}";

    private static string TypeOf(RandomFlow flow, RandomNode node)
        => node.Child is { } child ? TypeOf(child, child.Nodes[child.Result]) : $"{flow.Name}V{node.Index}";
}
