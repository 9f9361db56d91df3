using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Parsing;

/// <summary>What generated code can create with <c>new</c>: it knows no values for required members.</summary>
internal static class Construction
{
    public static bool CanCall(IMethodSymbol constructor, Compilation compilation, INamedTypeSymbol within)
        => compilation.IsSymbolAccessibleWithin(constructor, within) && IsComplete(constructor);

    /// <summary>It leaves no required member to whoever calls it.</summary>
    public static bool IsComplete(IMethodSymbol constructor)
    {
        if (constructor.GetAttributes().Any(a => a.AttributeClass is { Name: "SetsRequiredMembersAttribute" }))
        {
            return true;
        }

        for (INamedTypeSymbol? level = constructor.ContainingType; level is not null; level = level.BaseType)
        {
            if (level.GetMembers().Any(member => member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true }))
            {
                return false;
            }
        }

        return true;
    }
}
