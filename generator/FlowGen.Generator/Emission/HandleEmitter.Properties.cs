using FlowGen.Generator.Model;

namespace FlowGen.Generator.Emission;

/// <summary>The properties of a handle: one for each node that asks the outside, and one for each stream.</summary>
internal static partial class HandleEmitter
{
    private const string Emitters = "protected override global::System.ReadOnlySpan<ushort> Emitters(string path)";

    private static void EmitSignals(CodeWriter writer, GraphPlan graph, HashSet<string> taken)
    {
        for (int i = 0; i < graph.Nodes.Count; i++)
        {
            GraphNodePlan node = graph.Nodes[i];
            if (node.Signal is not { Access: not null } signal)
            {
                continue;
            }

            taken.Add(node.Identifier);
            writer.Line();
            writer.Line("/// <summary>Answers <c>" + Known.XmlText(node.Path) + "</c>.</summary>");
            writer.Line(Property(node.Identifier, signal) + " => " + Signal(signal) + "(" + Known.Number(i) + (signal.IsTransient ? ", true" : ", false") + ");");
        }
    }

    private static void EmitStreams(CodeWriter writer, EquatableArray<StreamPlan> streams, HashSet<string> taken)
    {
        foreach ((string identifier, StreamPlan stream) in Named(streams, taken))
        {
            writer.Line();
            writer.Line("/// <summary>What nodes send out through <c>" + Known.XmlText(stream.Path) + "</c>.</summary>");
            writer.Line(Property(identifier, stream) + " => " + Stream(stream) + "(" + Known.Literal(stream.Path) + ");");
        }

        if (streams.Count == 0)
        {
            return;
        }

        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Open(Emitters);
        writer.Open("switch (path)");
        foreach (StreamPlan stream in streams)
        {
            writer.Line("case " + Known.Literal(stream.Path) + ":");
            writer.Line("    return new ushort[] { " + string.Join(", ", stream.Nodes) + " };");
        }

        writer.Line("default:");
        writer.Line("    return default;");
        writer.Close();
        writer.Close();
    }

    /// <summary>The same properties of a workflow that was not compiled.</summary>
    private static void EmitDeclared(CodeWriter writer, DeclaredGraph declared, string error)
    {
        DeclaredSignal[] signals = [.. declared.Signals.Where(signal => signal.Signal.Access is not null)];
        var taken = new HashSet<string>(signals.Select(signal => signal.Identifier), StringComparer.Ordinal);
        IEnumerable<string> properties = signals.Select(signal => Property(signal.Identifier, signal.Signal))
            .Concat(Named(declared.Streams, taken).Select(named => Property(named.Identifier, named.Stream)));
        foreach (string property in properties)
        {
            writer.Line();
            writer.Line("/// <summary>Not compiled: this workflow has errors.</summary>");
            writer.Line(property + " => throw " + error + ";");
        }

        if (declared.Streams.Count > 0)
        {
            writer.Line();
            writer.Line("/// <inheritdoc/>");
            writer.Line(Emitters + " => throw " + error + ";");
        }
    }

    /// <summary>In a sub-workflow, signals and streams do not know of the names that they have together with its own.</summary>
    private static IEnumerable<(string Identifier, StreamPlan Stream)> Named(EquatableArray<StreamPlan> streams, HashSet<string> taken)
    {
        foreach (StreamPlan stream in streams.Where(stream => stream.Access is not null))
        {
            string identifier = stream.Identifier;
            while (!taken.Add(identifier))
            {
                identifier = "__" + identifier;
            }

            yield return (identifier, stream);
        }
    }

    private static string Property(string identifier, SignalPlan signal) => signal.Access + " " + Known.Flow + "Flow" + Signal(signal) + " " + Known.Escape(identifier);

    private static string Property(string identifier, StreamPlan stream) => stream.Access + " " + Known.Flow + "Flow" + Stream(stream) + " " + Known.Escape(identifier);

    /// <summary>The method of the run that makes the signal; the type's name is the same behind <c>Flow</c>.</summary>
    private static string Signal(SignalPlan signal) => (signal.Key is null ? "Signal<" : "Signals<" + signal.Key + ", ") + signal.Request + ", " + signal.Response + ">";

    private static string Stream(StreamPlan stream) => "Stream<" + stream.Type + ">";
}
