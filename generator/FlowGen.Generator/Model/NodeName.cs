namespace FlowGen.Generator.Model;

/// <summary>The name of a node: its method's without <c>Async</c>. Attributes may give either.</summary>
internal static class NodeName
{
    private const string Suffix = "Async";

    public static string Of(string method)
        => method.Length > Suffix.Length && method.EndsWith(Suffix, StringComparison.Ordinal)
            ? method.Substring(0, method.Length - Suffix.Length)
            : method;
}
