using FlowGen.Generator.Model;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Parsing;

/// <summary>Reads who may name a type.</summary>
internal static class ConfineReader
{
    public static EquatableArray<Confine> Of(ITypeSymbol type)
    {
        List<Confine> confines = [];
        Add(confines, type);
        return confines.Distinct().ToEquatableArray();
    }

    /// <summary>Of a type that is nested in a workflow and as accessible as its entry.</summary>
    public static EquatableArray<Confine> OfHandle(INamedTypeSymbol workflow, IMethodSymbol? entry)
    {
        List<Confine> confines = [];
        if (entry is not null)
        {
            AddLevel(confines, entry);
        }

        AddLevels(confines, workflow);
        return confines.Distinct().ToEquatableArray();
    }

    private static void Add(List<Confine> confines, ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol array)
        {
            Add(confines, array.ElementType);
        }
        else if (type is INamedTypeSymbol named)
        {
            AddLevels(confines, named);
        }
        else if (type is ITypeParameterSymbol { DeclaringType: { } generic })
        {
            confines.Add(new Confine(ConfineKind.TypeParameter, TypeNames.Metadata(generic)));
        }
    }

    private static void AddLevels(List<Confine> confines, INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? level = type; level is not null; level = level.ContainingType)
        {
            AddLevel(confines, level);
            foreach (ITypeSymbol argument in level.TypeArguments)
            {
                Add(confines, argument);
            }
        }
    }

    private static void AddLevel(List<Confine> confines, ISymbol level)
    {
        ConfineKind? kind = level.DeclaredAccessibility switch
        {
            Accessibility.Internal => ConfineKind.Internal,
            Accessibility.Private => ConfineKind.Private,
            Accessibility.Protected => ConfineKind.Protected,
            Accessibility.ProtectedAndInternal => ConfineKind.ProtectedAndInternal,
            Accessibility.ProtectedOrInternal => ConfineKind.ProtectedOrInternal,
            _ => null,
        };
        if (kind is { } confined)
        {
            confines.Add(new Confine(confined, confined == ConfineKind.Internal || level.ContainingType is null ? "" : TypeNames.Metadata(level.ContainingType)));
        }
    }
}
