using System.Globalization;

namespace RandomGraphs.Stages;

/// <summary>Where an activation, or an element of an [Each], stands in one run. Every workflow of a random graph takes one.</summary>
public sealed class Place
{
    internal Place(Stage stage, string path) => (Stage, Path) = (stage, path);

    internal Stage Stage { get; }

    internal string Path { get; }

    /// <summary>What the node named does; an element's node has no name of its own.</summary>
    public NodeCall Call(string node, CancellationToken? token, params string[] arguments) => new(Stage, Paths.Join(Path, node), token, arguments);

    /// <summary>A place from its text.</summary>
    public Place Open(string text) => new(Stage, text);

    /// <summary>The places of elements from their text: <c>e3*4</c>.</summary>
    public Place[] OpenAll(string text)
    {
        string[] parts = text.Split('*');
        int count = int.Parse(parts[1], CultureInfo.InvariantCulture);
        return [.. Enumerable.Range(0, count).Select(i => new Place(Stage, $"{parts[0]}[{i}]"))];
    }

    public IEnumerable<Place> OpenLazily(string text)
    {
        foreach (Place place in OpenAll(text))
        {
            yield return place;
        }
    }

    public async IAsyncEnumerable<Place> OpenSlowly(string text)
    {
        foreach (Place place in OpenAll(text))
        {
            await new Hop();
            yield return place;
        }
    }

    /// <summary>Checks what a node is told about where it stands.</summary>
    public void Check(FlowContext context, string node)
    {
        string path = Paths.Join(Path, node);
        if (context.Path != Paths.Flat(path) || context.Item != Paths.Item(path))
        {
            Stage.Complain($"the context of {path} says {context.Path}[{context.Item}]");
        }
    }
}
