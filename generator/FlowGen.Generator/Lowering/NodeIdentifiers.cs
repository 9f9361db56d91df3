namespace FlowGen.Generator.Lowering;

/// <summary>Names the nodes of a workflow and of those in it, each differently.</summary>
/// <param name="own">The workflow's own nodes, which keep their names.</param>
internal sealed class NodeIdentifiers(IEnumerable<string> own)
{
    private readonly HashSet<string> _taken = new(own, StringComparer.Ordinal);

    /// <summary>The name of a node of a sub-workflow, which another may have already.</summary>
    public string Within(string identifier, string name)
    {
        string separator = "_";
        while (!_taken.Add(identifier + separator + name))
        {
            separator += "_";
        }

        return identifier + separator + name;
    }
}
