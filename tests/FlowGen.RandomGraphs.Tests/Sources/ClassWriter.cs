namespace RandomGraphs.Sources;

/// <summary>Prints a node class.</summary>
internal static class ClassWriter
{
    public static string NameOf(Flow flow, Node node) => $"{flow.Name}_{node.Name}_Node";

    public static string Write(Flow flow, Node node)
    {
        string interfaces = node.Cleanup switch
        {
            CleanupForm.Async => ", IAsyncCleanup",
            CleanupForm.None => "",
            _ => ", ICleanup",
        };
        string parameters = string.Concat(node.Parameters.Select(p => $", {Types.Of(flow, p)} {p.Name}"));
        string arguments = string.Concat(node.Parameters.Select(p => $", Texts.Of({p.Name})"));
        string returned = Types.Awaited(Types.Returned(node), node.Form);
        string use = node.Cleanup == CleanupForm.None ? "Uses++;\n        UseOnce(at);" : "Use(at);";
        return $$"""
            {{(node.Cleanup == CleanupForm.Unpooled ? "[Pooled(false)]\n" : "")}}public sealed class {{NameOf(flow, node)}}{{(node.TakesTag ? "(Tag tag)" : "")}} : Tracked{{interfaces}}
            {
                {{(node.Cleanup == CleanupForm.None ? "public int Uses { get; private set; }\n\n    " : "")}}public {{returned}} Execute{{(node.Form == Form.Plain ? "" : "Async")}}(Place at{{parameters}}{{(node.TakesToken ? ", CancellationToken ct" : "")}})
                {
                    {{(node.TakesTag ? "Check(at, tag);\n        " : "")}}{{use}}
                    {{NodeWriter.Body(node, arguments)}}
                }
            {{node.Cleanup switch
        {
            CleanupForm.None => "",
            CleanupForm.Async => "\n    public ValueTask CleanupAsync() => CleanAsync();\n",
            _ => "\n    public void Cleanup() => Clean();\n",
        }}}}

            """;
    }
}
