using System.Collections.Immutable;
using FlowGen.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowGen.Generator.Parsing;

/// <summary>Finds the place in the live source that a <see cref="Spot"/> describes.</summary>
internal static class SpotLocator
{
    public static Location Locate(Compilation compilation, Spot spot)
    {
        if (compilation.Assembly.GetTypeByMetadataName(spot.Type) is not { } type)
        {
            return Location.None;
        }

        ISymbol symbol = type;
        if (spot.Member is not null)
        {
            if (DeclarationOrder.Members(type, spot.Member).Skip(spot.Overload).FirstOrDefault() is not { } member)
            {
                return Declaration(type);
            }

            symbol = member;
        }

        return spot.Parameter >= 0 && symbol is IMethodSymbol method && spot.Parameter < method.Parameters.Length
            ? Within(method.Parameters[spot.Parameter], spot)
            : Within(symbol, spot);
    }

    private static Location Within(ISymbol symbol, Spot spot)
        => spot.Part switch
        {
            SpotPart.Identifier => Declaration(symbol),
            SpotPart.ReturnType => (Syntax(symbol) as MethodDeclarationSyntax)?.ReturnType.GetLocation() ?? Declaration(symbol),
            SpotPart.TypeParameters => (Syntax(symbol) as MethodDeclarationSyntax)?.TypeParameterList?.GetLocation() ?? Declaration(symbol),
            _ => FindAttribute(symbol, spot) is { } attribute ? Within(attribute, spot) : Declaration(symbol),
        };

    private static Location Within(AttributeSyntax attribute, Spot spot)
    {
        SyntaxNode? part = spot.Part switch
        {
            // A params array that is written as an array has one argument for all its elements.
            SpotPart.Argument => AttributeReader.Positional(attribute, spot.Argument) ?? AttributeReader.Positional(attribute, 0),
            SpotPart.NamedArgument => Element(AttributeReader.Named(attribute, spot.Name!), spot.Argument),
            SpotPart.TypeArgument => attribute.Name.DescendantNodesAndSelf().OfType<GenericNameSyntax>().LastOrDefault()?.TypeArgumentList.Arguments[0],
            _ => null,
        };
        return (part ?? attribute).GetLocation();
    }

    /// <summary>Of an array, in whichever way it is written, one element.</summary>
    private static SyntaxNode? Element(ExpressionSyntax? value, int index)
    {
        IEnumerable<SyntaxNode> elements = value switch
        {
            CollectionExpressionSyntax collection => collection.Elements,
            ArrayCreationExpressionSyntax { Initializer: { } initializer } => initializer.Expressions,
            ImplicitArrayCreationExpressionSyntax array => array.Initializer.Expressions,
            _ => [],
        };
        return index < 0 ? value : elements.Skip(index).FirstOrDefault() ?? value;
    }

    private static AttributeSyntax? FindAttribute(ISymbol symbol, Spot spot)
    {
        ImmutableArray<AttributeData> attributes = spot.OnReturn && symbol is IMethodSymbol method
            ? method.GetReturnTypeAttributes()
            : symbol.GetAttributes();
        return AttributeReader.Authored(attributes).Skip(spot.Attribute).FirstOrDefault()?.ApplicationSyntaxReference?.GetSyntax() as AttributeSyntax;
    }

    /// <summary>The name where it is declared. Of a partial class, the part that carries its FlowGen attribute.</summary>
    private static Location Declaration(ISymbol symbol)
    {
        SyntaxNode? syntax = symbol is INamedTypeSymbol
            && AttributeReader.Authored(symbol.GetAttributes()).FirstOrDefault()?.ApplicationSyntaxReference is { } attribute
                ? attribute.GetSyntax().FirstAncestorOrSelf<BaseTypeDeclarationSyntax>()
                : Syntax(symbol);
        return syntax switch
        {
            BaseTypeDeclarationSyntax type => type.Identifier.GetLocation(),
            MethodDeclarationSyntax method => method.Identifier.GetLocation(),
            PropertyDeclarationSyntax property => property.Identifier.GetLocation(),
            VariableDeclaratorSyntax field => field.Identifier.GetLocation(),
            ParameterSyntax parameter => parameter.Identifier.GetLocation(),
            _ => syntax?.GetLocation() ?? Location.None,
        };
    }

    private static SyntaxNode? Syntax(ISymbol symbol) => DeclarationOrder.FirstAuthored(symbol)?.GetSyntax();
}
