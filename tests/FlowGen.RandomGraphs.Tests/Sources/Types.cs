namespace RandomGraphs.Sources;

/// <summary>How types are written.</summary>
internal static class Types
{
    /// <summary>What one execution of the node returns, without the task around it.</summary>
    public static string Returned(Node node) => node.Yields switch
    {
        Yield.Nothing => "void",
        Yield.Truth => "bool",
        Yield.Choice => "Choice",
        Yield.Place => "Place",
        Yield.Places => node.Collection,
        _ => $"{Plain(node)}{(node.MayBeNull ? "?" : "")}",
    };

    public static string Awaited(string type, Form form) => form switch
    {
        Form.Plain => type,
        _ => $"{form}{(type == "void" ? "" : $"<{type}>")}",
    };

    /// <summary>The parameter's type at a node or predicate of the workflow.</summary>
    public static string Of(Flow flow, Parameter parameter)
    {
        Node source = flow[parameter.Sources[0]];
        bool isOwn = parameter.Sources.Count == 1 || !parameter.IsNamed;
        string type = isOwn && !parameter.IsGather ? Plain(source) : "Value";
        type = parameter.IsGather ? "IReadOnlyList<Value>" : source.IsEach ? $"{(source.OnError == EachError.Collect ? $"Outcome<{type}>" : type)}[]" : type;
        return parameter.Strength switch
        {
            Strength.Required => type,
            Strength.Nullable => $"{type}?",
            Strength.Optional => $"Optional<{type}>",
            _ => $"Outcome<{type}>",
        };
    }

    /// <summary>How a value is made from its text.</summary>
    public static string Maker(Node node) => node.Yields switch
    {
        Yield.Truth => "bool.Parse",
        Yield.Choice => "Enum.Parse<Choice>",
        Yield.Place => "at.Open",
        Yield.Places => node.Collection switch
        {
            "List<Place>" => "text => at.OpenAll(text).ToList()",
            "IEnumerable<Place>" => "at.OpenLazily",
            "IAsyncEnumerable<Place>" => "at.OpenSlowly",
            "IReadOnlyList<Place>" => "text => (IReadOnlyList<Place>)at.OpenAll(text)",
            _ => "at.OpenAll",
        },
        _ when node.MayBeNull => $"static text => text == Texts.Absent ? default({Plain(node)}?) : new {Plain(node)}(text)",
        _ => $"static text => new {Plain(node)}(text)",
    };

    private static string Plain(Node node) => node.Yields == Yield.Number ? "Number" : node.OwnType ?? "Value";
}
