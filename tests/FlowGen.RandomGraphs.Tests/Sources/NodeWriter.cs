using System.Text;

namespace RandomGraphs.Sources;

/// <summary>Prints one node, predicate or call as a member of its workflow.</summary>
internal static class NodeWriter
{
    public static string Write(Flow flow, Node node)
    {
        string from = string.Concat(node.Parameters.Select(p => $", {Source(flow, p)}{Types.Of(flow, p)} {p.Name}"));
        string place = node switch
        {
            { IsEach: true } => $"[Each(nameof({node.PlaceSource}){(node.Degree == 1 ? "" : $", MaxParallelism = {node.Degree}")}{(node.OnError == EachError.Stop ? "" : $", OnError = EachError.{node.OnError}")})] Place at",
            { PlaceSource: { } source } => $"[From(nameof({source}))] Place at",
            _ => "[Input] Place at",
        };
        string arguments = string.Concat(node.Parameters.Select(p => $", Texts.Of({p.Name})")) + (node.TakesFault is null ? "" : ", Texts.Of(error)");
        string returned = Types.Awaited(Types.Returned(node), node.Form);
        string attributes = Attributes(flow, node);
        string pool = node.OnPool ? "(RunOn = RunOn.ThreadPool)" : "";
        return node.Kind switch
        {
            NodeKind.Predicate => $"    {returned} {node.Name}({place}{from}) => at.Call(\"{node.Name}\", null{arguments}).Decide({Types.Maker(node)});\n",
            NodeKind.Call => $"{attributes}    [SubWorkflow{Target(flow, node.Child!)}]\n    private partial {Called(node)} {node.Name}({place}{CallParameters(flow, node)});\n",
            NodeKind.Wait => $"{attributes}    [Wait{(node.IsTransient ? "(Transient = true)" : "")}]\n    private partial {returned} {node.Name}({from.TrimStart(',', ' ')});\n",
            NodeKind.Handler => $"{attributes}    [Catch{(node.Catches is { } caught ? $"(nameof({caught}))" : "")}]\n    {returned} {node.Name}({place}{from}{Extras(node)})\n    {{\n        {Body(node, arguments)}\n    }}\n",
            NodeKind.Compensation => $"{attributes}    [Compensate(nameof({node.Compensates}))]\n    {returned} {node.Name}({place}{from}{Extras(node)})\n    {{\n        {Body(node, arguments)}\n    }}\n",
            NodeKind.Class => $"{attributes}    [Node<{ClassWriter.NameOf(flow, node)}>{pool}]\n    private partial {returned} {node.Name}({place}{from});\n",
            _ => $"{attributes}    [Node{pool}]\n    {returned} {node.Name}({place}{from}{Extras(node)})\n    {{\n{Preparations(node)}        {Body(node, arguments)}\n    }}\n",
        };
    }

    /// <summary>The statement that does what the script says; <c>at</c> is where it stands.</summary>
    public static string Body(Node node, string arguments)
    {
        // The place of an element is that of its node.
        string name = node.IsEach ? "" : node.Name;
        string call = $"at.Call(\"{name}\", {(node.TakesToken ? "ct" : "null")}{arguments})";
        bool isVoid = node.Yields == Yield.Nothing;
        return node.Form switch
        {
            Form.Plain => isVoid ? $"{call}.Finish();" : $"return {call}.Return({Types.Maker(node)});",
            Form.Task => isVoid ? $"return {call}.FinishAsync();" : $"return {call}.ReturnAsync({Types.Maker(node)});",
            _ => isVoid ? $"return new ValueTask({call}.FinishAsync());" : $"return new ValueTask<{Types.Returned(node)}>({call}.ReturnAsync({Types.Maker(node)}));",
        };
    }

    private static string Attributes(Flow flow, Node node)
    {
        StringBuilder text = new();
        foreach ((string attribute, IReadOnlyList<string> names) in new[] { ("After", node.After), ("Needs", node.Needs), ("NeedsAny", node.NeedsAny) })
        {
            text.Append(names.Count == 0 ? "" : $"    [{attribute}({string.Join(", ", names.Select(name => $"nameof({name})"))})]\n");
        }

        foreach (Condition condition in node.Conditions)
        {
            string values = flow[condition.Source].Yields == Yield.Choice ? string.Concat(condition.Values.Select(value => $", Choice.{value}")) : "";
            text.Append($"    [{condition.Kind}(nameof({condition.Source}){(condition.Kind == ConditionKind.Otherwise ? "" : values)})]\n");
        }

        foreach (IReadOnlyList<string> any in node.AfterAny)
        {
            text.Append($"    [AfterAny({string.Join(", ", any.Select(name => $"nameof({name})"))})]\n");
        }

        PolicyWriter.Write(node, text);
        return text.Append(node.BestEffort ? "    [BestEffort]\n" : "").ToString();
    }

    private static string Source(Flow flow, Parameter parameter)
    {
        if (!parameter.IsNamed)
        {
            return "";
        }

        string carry = parameter.IsCarry ? "[Carry] " : "";
        if (parameter.CancelsLosers is { } cancels)
        {
            return $"{carry}[FromFirst({string.Join(", ", parameter.Sources.Select(name => $"nameof({name})"))}{(cancels ? "" : ", CancelLosers = false")})] ";
        }

        return flow[parameter.Sources[0]].Kind == NodeKind.Input
            ? $"{carry}[Input] "
            : $"{carry}[From({string.Join(", ", parameter.Sources.Select(name => $"nameof({name})"))})] ";
    }

    private static string CallParameters(Flow flow, Node node)
        => string.Concat(node.Parameters.Select(p => $", {Source(flow, p)}Value{(p.Strength == Strength.Nullable ? "?" : "")} {p.Name}"));

    private static string Called(Node node)
    {
        string result = node.Child!.Result is null ? "void" : node.MayBeNull ? "Value?" : "Value";
        return node.Form == Form.Plain ? result : Types.Awaited(result, Form.ValueTask);
    }

    private static string Target(Flow flow, Flow child) => flow.Holding == Holding.Shared ? $"<{child.Name}>" : $"(nameof(h{child.Name}))";

    private static string Extras(Node node)
        => (node.TakesFault is { } fault ? $", {fault} error" : "") + (node.TakesState ? ", Own own" : "") + (node.TakesRunState ? ", Shared shared" : "") + (node.TakesContext ? ", FlowContext context" : "")
            + (node.TakesToken ? ", CancellationToken ct" : "");

    private static string Preparations(Node node)
        => (node.TakesState ? "        own.Take(at);\n" : "") + (node.TakesRunState ? "        shared.Take(at);\n" : "")
            + (node.TakesContext ? $"        at.Check(context, \"{(node.IsEach ? "" : node.Name)}\");\n" : "");
}
