using FlowGen.Generator.Linking;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator;

/// <summary>A workflow as the catalog lists it. Private ones cannot be named from there, and generic ones have no descriptor until they are closed.</summary>
internal sealed record CatalogEntry(string Key, string FullName)
{
    /// <summary>Null for a workflow that has errors or cannot be named.</summary>
    public static CatalogEntry? Of(LinkedResult result, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return (result.Linked is not null || result.InheritsEntry) && result.Surface is { IsVisible: true, IsGeneric: false }
            ? new CatalogEntry(result.Surface.Key, result.Surface.FullName)
            : null;
    }
}

/// <summary>The namespace of the catalog: the project's root namespace, or the assembly's name.</summary>
internal static class CatalogPlace
{
    public static IncrementalValueProvider<string> In(IncrementalGeneratorInitializationContext context) => context.AnalyzerConfigOptionsProvider
        .Select(static (options, _) => options.GlobalOptions.TryGetValue("build_property.RootNamespace", out string? name) ? name : "")
        .Combine(context.CompilationProvider.Select(static (compilation, _) => compilation.AssemblyName ?? ""))
        .Select(static (names, _) => Identifier(names.Left.Length > 0 ? names.Left : names.Right));

    private static string Identifier(string name)
    {
        IEnumerable<string> parts = name
            .Split(['.'], StringSplitOptions.RemoveEmptyEntries)
            .Select(part => new string(part.Select(c => char.IsLetterOrDigit(c) ? c : '_').ToArray()))
            .Select(part => char.IsDigit(part[0]) ? "_" + part : part);
        return string.Join(".", parts.Select(Emission.Known.Escape));
    }
}
