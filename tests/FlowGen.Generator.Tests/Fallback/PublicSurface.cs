using FlowGen.Testing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Tests.Fallback;

/// <summary>Lists what others can see of the workflows of a compilation.</summary>
internal static class PublicSurface
{
    private static readonly SymbolDisplayFormat s_format = SymbolDisplayFormat.FullyQualifiedFormat
        .WithMemberOptions(
            SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeType | SymbolDisplayMemberOptions.IncludeAccessibility
            | SymbolDisplayMemberOptions.IncludeModifiers | SymbolDisplayMemberOptions.IncludeContainingType | SymbolDisplayMemberOptions.IncludeConstantValue
            | SymbolDisplayMemberOptions.IncludeExplicitInterface)
        .WithParameterOptions(
            SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName | SymbolDisplayParameterOptions.IncludeDefaultValue
            | SymbolDisplayParameterOptions.IncludeModifiers)
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <summary>One line for each public or protected member of each workflow, nested types included, without those that only generated code uses; sorted.</summary>
    public static string Of(CompiledFlow flow)
    {
        List<string> lines = [];
        foreach (INamedTypeSymbol type in flow.Output.GetSymbolsWithName(_ => true, SymbolFilter.Type).OfType<INamedTypeSymbol>())
        {
            if (type.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == nameof(WorkflowAttribute)))
            {
                Add(type, lines);
            }
        }

        lines.Sort(StringComparer.Ordinal);
        return string.Join("\n", lines);
    }

    private static void Add(INamedTypeSymbol type, List<string> lines)
    {
        lines.Add($"{type.DeclaredAccessibility} {type.TypeKind} {type.ToDisplayString(s_format)} : {type.BaseType?.Name}, {type.EnumUnderlyingType?.Name}, "
            + string.Join(", ", type.Interfaces.Select(i => i.ToDisplayString(s_format))));
        foreach (ISymbol member in type.GetMembers().Where(m => IsVisible(m) && !m.Name.StartsWith("__", StringComparison.Ordinal)))
        {
            if (member is INamedTypeSymbol nested)
            {
                Add(nested, lines);
            }
            else
            {
                lines.Add(member.ToDisplayString(s_format));
            }
        }
    }

    private static bool IsVisible(ISymbol member)
        => member.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal;
}
