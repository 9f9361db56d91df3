using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Parsing;

/// <summary>How types are written: in code, as an identity, and for people.</summary>
internal static class TypeNames
{
    private static readonly SymbolDisplayFormat s_full = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private static readonly SymbolDisplayFormat s_key = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.ExpandValueTuple);

    private static readonly SymbolDisplayFormat s_display = SymbolDisplayFormat.MinimallyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <summary>With <c>global::</c> and every annotation.</summary>
    public static string Full(ITypeSymbol type) => type.ToDisplayString(s_full);

    /// <summary>Without annotations and names of tuple elements, and with <c>dynamic</c> as what it is.</summary>
    public static string Key(ITypeSymbol type)
        => string.Concat(type.ToDisplayParts(s_key).Select(p => p is { Kind: SymbolDisplayPartKind.Keyword } && p.ToString() == "dynamic" ? "object" : p.ToString()));

    public static string Display(ITypeSymbol type) => type.ToDisplayString(s_display);

    /// <summary>Full metadata name: <c>Shop.Outer+Checkout`1</c>.</summary>
    public static string Metadata(INamedTypeSymbol type)
    {
        if (type.ContainingType is { } container)
        {
            return Metadata(container) + "+" + type.MetadataName;
        }

        string space = Namespace(type);
        return space.Length > 0 ? space + "." + type.MetadataName : type.MetadataName;
    }

    /// <summary>Dotted, without escapes; empty for the global namespace.</summary>
    public static string Namespace(INamedTypeSymbol type)
    {
        string name = "";
        for (INamespaceSymbol? space = type.ContainingNamespace; space is { IsGlobalNamespace: false }; space = space.ContainingNamespace)
        {
            name = name.Length == 0 ? space.Name : space.Name + "." + name;
        }

        return name;
    }

    public static string Escape(string identifier) => Emission.Known.Escape(identifier);
}
