using FlowGen.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowGen.Generator.Parsing;

/// <summary>Reads a partial method as its implementing part has to repeat it, and whether C# takes one at all.</summary>
internal static class DeclarationReader
{
    private static readonly SymbolDisplayFormat s_typeParameters = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        globalNamespaceStyle: SymbolDisplayGlobalNamespaceStyle.Included,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeTypeConstraints,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers | SymbolDisplayMiscellaneousOptions.UseSpecialTypes
            | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    public static MethodDeclaration Read(MethodModel model, IMethodSymbol symbol, Compilation compilation)
    {
        IReadOnlyList<string> names = ParameterNames(symbol.Parameters);
        (string typeParameters, string constraints) = TypeParameters(symbol);
        return new MethodDeclaration(
            model.Name,
            Modifiers(symbol),
            ReturnModifiers(symbol) + TypeNames.Full(symbol.ReturnType),
            model.Shape,
            symbol.Parameters.Select((p, i) => new ParameterDeclaration(names[i], TypeNames.Full(p.Type), ParameterModifiers(p))).ToEquatableArray())
        {
            IsRenamed = symbol.Parameters.Where((p, i) => names[i] != p.Name).Any(),
            TypeParameters = typeParameters,
            Constraints = constraints,
            IsRefused = LacksAccess(symbol)
                || (symbol.ContainingType.IsStatic && !symbol.IsStatic)
                || (Missing(symbol) is { } missing && missing.Name != "NodeId")
                || symbol.IsExtensionMethod
                || (HasPointers(symbol) && !AllowsPointers(compilation)),
        };
    }

    /// <summary>One for each parameter: those that the author used twice, which is an error, are told apart.</summary>
    public static IReadOnlyList<string> ParameterNames(IEnumerable<IParameterSymbol> parameters)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        return [.. parameters.Select((p, i) => seen.Add(p.Name) ? p.Name : "__" + p.Name + i)];
    }

    /// <summary>A partial method that C# wants to have an access modifier, for what it returns or for another modifier, has none.</summary>
    public static bool LacksAccess(IMethodSymbol method)
        => GeneratedTrees.IsPartialDefinition(method)
            && DeclarationOrder.FirstAuthored(method)?.GetSyntax() is MethodDeclarationSyntax syntax
            && !syntax.Modifiers.Any(m => SyntaxFacts.IsAccessibilityModifier(m.Kind()))
            && (!method.ReturnsVoid || method.Parameters.Any(p => p.RefKind == RefKind.Out) || syntax.Modifiers.Any(AsksForAccess));

    /// <summary>A pointer in the signature, or in a type of it.</summary>
    public static bool HasPointers(IMethodSymbol method) => TypeReader.HasPointer(method.ReturnType) || method.Parameters.Any(p => TypeReader.HasPointer(p.Type));

    public static bool AllowsPointers(Compilation compilation) => compilation.Options is CSharpCompilationOptions { AllowUnsafe: true };

    private static bool AsksForAccess(SyntaxToken modifier)
        => modifier.Kind() is SyntaxKind.VirtualKeyword or SyntaxKind.OverrideKeyword or SyntaxKind.SealedKeyword or SyntaxKind.NewKeyword
            or SyntaxKind.ExternKeyword or SyntaxKind.AbstractKeyword;

    /// <summary>A type of the signature that is not there. The generated part has <c>NodeId</c>.</summary>
    public static MissingType? Missing(IMethodSymbol method)
        => TypeReader.FindMissing(method.ReturnType) ?? (WorkflowParser.IsEntry(method) ? Hidden(method) : null) ?? method.Parameters.Select(p => TypeReader.FindMissing(p.Type)).FirstOrDefault(missing => missing is not null);

    private static MissingType? Hidden(IMethodSymbol entry)
        => entry.Parameters.Select(p => p.Type).Prepend(entry.ReturnType).Select(t => TypeReader.FindHidden(t, entry)).FirstOrDefault(found => found is not null);

    private static (string Parameters, string Constraints) TypeParameters(IMethodSymbol method)
    {
        if (!method.IsGenericMethod)
        {
            return ("", "");
        }

        // Name<T, U> where T : class
        string text = method.ToDisplayString(s_typeParameters);
        text = text.Substring(text.IndexOf('<'));
        int constraints = text.IndexOf(" where ", StringComparison.Ordinal);
        return constraints < 0 ? (text, "") : (text.Substring(0, constraints), text.Substring(constraints));
    }

    private static string ReturnModifiers(IMethodSymbol method) => method.RefKind switch
    {
        RefKind.Ref => "ref ",
        RefKind.RefReadOnly => "ref readonly ",
        _ => "",
    };

    private static string Modifiers(IMethodSymbol method)
        => DeclarationOrder.FirstAuthored(method)?.GetSyntax() is MethodDeclarationSyntax syntax
            ? string.Join(" ", syntax.Modifiers.Where(m => !m.IsKind(SyntaxKind.PartialKeyword) && !m.IsKind(SyntaxKind.AsyncKeyword)).Select(m => m.Text))
            : "";

    private static string ParameterModifiers(IParameterSymbol parameter)
        => DeclarationOrder.FirstAuthored(parameter)?.GetSyntax() is ParameterSyntax { Modifiers.Count: > 0 } syntax
            ? string.Join(" ", syntax.Modifiers.Select(m => m.Text))
            : "";
}
