using FlowGen.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowGen.Generator.Parsing;

/// <summary>Finds what has, or means something else by, a name that generated members need.</summary>
internal static class ReservedReader
{
    // These are types, which names in signatures would mean once they are there.
    private static readonly string[] s_types = ["Handle", "NodeId"];

    public static IEnumerable<ReservedName> Read(INamedTypeSymbol type, Lineage lineage, IMethodSymbol? entry, List<MethodModel> methods)
        => SurfaceReader.Taken(type, lineage.Own, entry)
            .Where(name => !methods.Any(m => m.Name == name))
            .Concat(HiddenNames.Taken(lineage))
            .Distinct()
            .Select(name => Describe(type, lineage, name));

    /// <summary>
    /// Domain types that the class means by such a name: the generated types would hide them. A name that means nothing is left to FG1013, and
    /// one that is written with its namespace stays what it is.
    /// </summary>
    public static List<ReservedName> Hidden(INamedTypeSymbol type, Lineage lineage)
    {
        List<ReservedName> found = [];
        Spot spot = new(TypeNames.Metadata(type));
        foreach (string name in s_types.Where(name => type.Name != name && !type.TypeParameters.Any(p => p.Name == name) && !lineage.Own.Any(m => m.Name == name)))
        {
            // Overloads are counted only where a place is found: there is one, if any, and there may be thousands of members.
            List<Spot> places = [.. lineage.Own.SelectMany((member, i) => Places(member, name, spot with { Member = member.Name })
                .Select(place => place.Member is null ? place : place with { Overload = Overload(lineage, i) }))];
            if (places.Count > 0)
            {
                found.Add(new ReservedName("Type", name, places[0], places.Skip(1).ToEquatableArray()));
            }
        }

        return found;
    }

    private static IEnumerable<Spot> Places(ISymbol member, string name, Spot spot)
    {
        switch (member)
        {
            case IMethodSymbol { MethodKind: MethodKind.Constructor } constructor when constructor.Parameters.Any(p => Mentions(p, p.Type, name)):
                yield return new Spot(spot.Type);
                break;
            case IMethodSymbol { MethodKind: MethodKind.Ordinary } method:
                if (Mentions(method, method.ReturnType, name))
                {
                    yield return spot.AtReturnType();
                }

                for (int i = 0; i < method.Parameters.Length; i++)
                {
                    if (Mentions(method.Parameters[i], method.Parameters[i].Type, name))
                    {
                        yield return spot.InParameter(i);
                    }
                }

                break;
            case IFieldSymbol field when Mentions(field, field.Type, name):
            case IPropertySymbol property when Mentions(property, property.Type, name):
                yield return spot;
                break;
        }
    }

    private static bool Mentions(ISymbol symbol, ITypeSymbol type, string name)
        => type is not null
            && TypeReader.FindMissing(type) is null
            && Written(DeclarationOrder.FirstAuthored(symbol)?.GetSyntax()) is { } written
            && written.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(n => n.Identifier.ValueText == name && !IsQualified(n));

    private static TypeSyntax? Written(SyntaxNode? declaration)
        => declaration switch
        {
            MethodDeclarationSyntax method => method.ReturnType,
            ParameterSyntax parameter => parameter.Type,
            PropertyDeclarationSyntax property => property.Type,
            VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax field } => field.Type,
            _ => null,
        };

    private static bool IsQualified(IdentifierNameSyntax name)
        => (name.Parent is QualifiedNameSyntax qualified && qualified.Right == name) || (name.Parent is AliasQualifiedNameSyntax alias && alias.Name == name);

    private static int Overload(Lineage lineage, int index) => lineage.Own.Take(index).Count(m => m.Name == lineage.Own[index].Name);

    private static ReservedName Describe(INamedTypeSymbol type, Lineage lineage, string name)
    {
        Spot spot = new(TypeNames.Metadata(type));
        return type.Name == name ? new ReservedName("Workflow", name, spot, EquatableArray<Spot>.Empty)
            : lineage.Own.FirstOrDefault(m => m.Name == name) is { } member ? new ReservedName(What(member), name, spot with { Member = name }, EquatableArray<Spot>.Empty)
            : new ReservedName("Type parameter", name, spot, EquatableArray<Spot>.Empty);
    }

    private static string What(ISymbol member)
        => member switch
        {
            IFieldSymbol => "Field",
            IPropertySymbol => "Property",
            IEventSymbol => "Event",
            INamedTypeSymbol => "Type",
            _ => "Method",
        };
}
