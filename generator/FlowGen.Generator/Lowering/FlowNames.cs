namespace FlowGen.Generator.Lowering;

/// <summary>Identifiers for the values and steps of one plan, each given out once.</summary>
internal sealed class FlowNames
{
    private static readonly string[] s_reserved =
    [
        "this", "workflow", "code", "token", "observed", "pending", "error", "run", "frame", "parent", "node", "item", "scope", "cleanup",
        "isLimited", "options", "observer", "outcome", "awaited", "activation", "limit", "handle", "gate", "progress",
    ];

    /// <summary>How names begin that emitted code makes up for steps and scopes.</summary>
    private static readonly string[] s_prefixes =
        ["has", "failureOf", "activation", "awaited", "there", "timesOf", "policyOf", "winnerOf", "loopOf", "ready"];

    /// <summary>What hidden members are called that belong to no member of the author's, without the underscores that they begin with.</summary>
    private static readonly HashSet<string> s_hidden = new(StringComparer.Ordinal)
    {
        "Frame", "Scope", "ScopePool", "ScopePools", "RunWithin", "Given", "Identity", "Execute", "ExecuteCancellable", "Pass", "Progress", "Enter",
    };

    private static readonly string[] s_hiddenEnds = ["Element", "ElementPool", "ElementPools", "_"];

    private readonly HashSet<string> _taken = new(s_reserved, StringComparer.Ordinal);

    public void Reserve(string? name)
    {
        if (name is not null)
        {
            _taken.Add(name);
        }
    }

    public string Unique(string wanted)
    {
        // A leading underscore is how emitted fields begin.
        wanted = wanted.StartsWith("_", StringComparison.Ordinal) ? "v" + wanted : wanted;
        string name = wanted;
        for (int i = 2; IsMadeUp(name) || !_taken.Add(name); i++)
        {
            name = wanted + "_" + i.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return name;
    }

    /// <summary><c>hasPrice</c> may be the flag of node Price; <c>hash</c> and <c>hasPrice_2</c> are nobody's.</summary>
    private static bool IsMadeUp(string name) => name.IndexOf('_') < 0 && Array.Exists(
        s_prefixes, prefix => name.Length > prefix.Length && name.StartsWith(prefix, StringComparison.Ordinal) && !char.IsLower(name[prefix.Length]));

    public static string CamelCase(string name) =>
        name.Length == 0 || char.IsLower(name[0]) ? name : char.ToLowerInvariant(name[0]) + name.Substring(1);

    public static string PascalCase(string name) =>
        name.Length == 0 || char.IsUpper(name[0]) ? name : char.ToUpperInvariant(name[0]) + name.Substring(1);

    /// <summary>The hidden member through which a frame or a parent reaches a member of a workflow object.</summary>
    public static string Accessor(string member)
    {
        string name = member.TrimStart('@');
        return "__" + name + (IsHidden(name) ? "_" : "");
    }

    private static bool IsHidden(string name) => s_hidden.Contains(name)
        || name.StartsWith("Shared", StringComparison.Ordinal)
        || Array.Exists(s_hiddenEnds, end => name.EndsWith(end, StringComparison.Ordinal));
}
