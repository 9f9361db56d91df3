using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Parsing;

/// <summary>Names of the hidden members that FlowGen may add to a workflow; they begin with two underscores.</summary>
internal static class HiddenNames
{
    private static readonly string[] s_fixed =
    [
        "__Frame", "__Scope", "__ScopePool", "__ScopePools", "__RunWithin", "__Given", "__Identity", "__Execute", "__ExecuteCancellable", "__Pass", "__Progress", "__Enter",
    ];

    /// <summary>Those that the author has given to something else.</summary>
    public static IEnumerable<string> Taken(Lineage lineage)
    {
        List<string> candidates = [.. lineage.Own.Select(m => m.Name).Where(n => n.StartsWith("__", StringComparison.Ordinal))];
        if (candidates.Count == 0)
        {
            return [];
        }

        HashSet<string> hidden = new(s_fixed, StringComparer.Ordinal);
        IEnumerable<string> named = lineage.Members.Select(m => m.Name)
            .Concat(lineage.Levels.SelectMany(level => HeldReader.PrimaryParameters(level).Select(p => p.Name)))
            .ToList();
        foreach (string name in named)
        {
            string node = Model.NodeName.Of(name);
            hidden.UnionWith([Lowering.FlowNames.Accessor(name), "__Shared" + node, "__" + node + "Element", "__" + node + "ElementPool", "__" + node + "ElementPools"]);
        }

        return candidates.Where(hidden.Contains);
    }
}
