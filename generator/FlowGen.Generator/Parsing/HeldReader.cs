using System.Collections.Immutable;
using FlowGen.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowGen.Generator.Parsing;

/// <summary>
/// What a workflow object holds: fields, properties and primary-constructor parameters. A member that a parameter initialises stands
/// for the parameter, which the class would otherwise hold twice.
/// </summary>
internal sealed class HeldReader
{
    private readonly List<(string Name, string? Alias, ITypeSymbol Type, bool IsParameter, bool IsPrivate)> _members = [];

    public HeldReader(INamedTypeSymbol workflow, ImmutableArray<ISymbol> members)
    {
        ImmutableArray<IParameterSymbol> parameters = PrimaryParameters(workflow);
        foreach (ISymbol member in members)
        {
            ITypeSymbol? type = member switch
            {
                IFieldSymbol { IsStatic: false, IsConst: false } field => field.Type,
                IPropertySymbol { IsStatic: false, IsIndexer: false, GetMethod: not null } property => property.Type,
                _ => null,
            };
            if (type is not null)
            {
                _members.Add((member.Name, FindAlias(member, parameters), type, IsParameter: false, TypeReader.IsPrivate(member)));
            }
        }

        foreach (IParameterSymbol parameter in parameters)
        {
            if (!_members.Any(m => m.Alias == parameter.Name || m.Name == parameter.Name))
            {
                _members.Add((parameter.Name, null, parameter.Type, IsParameter: true, IsPrivate: true));
            }
        }
    }

    /// <summary>The names of the members whose type is exactly <paramref name="type"/>.</summary>
    public IEnumerable<string> OfType(ITypeSymbol type)
        => _members.Where(m => SymbolEqualityComparer.Default.Equals(m.Type, type)).Select(m => m.Name);

    /// <summary>The member that the source calls <paramref name="name"/>, or that stands for the parameter of that name.</summary>
    public (string Name, ITypeSymbol Type)? Find(string name)
    {
        foreach ((string Name, string? Alias, ITypeSymbol Type, bool IsParameter, bool IsPrivate) member in _members)
        {
            if (member.Name == name || member.Alias == name)
            {
                return (member.Name, member.Type);
            }
        }

        return null;
    }

    public EquatableArray<HeldModel> Models(TypeReader types)
        => _members
            .Select(m => new HeldModel(m.Name, m.Alias, new HeldMember(m.Name, types.Read(m.Type), m.IsParameter, m.IsPrivate)))
            .ToEquatableArray();

    /// <summary>The parameters behind the class's own name; a record's are its properties.</summary>
    public static ImmutableArray<IParameterSymbol> PrimaryParameters(INamedTypeSymbol type)
    {
        foreach (IMethodSymbol constructor in type.InstanceConstructors)
        {
            if (constructor.DeclaringSyntaxReferences is [var reference, ..] && reference.GetSyntax() is TypeDeclarationSyntax { ParameterList: not null })
            {
                return type.IsRecord ? [] : constructor.Parameters;
            }
        }

        return [];
    }

    private static string? FindAlias(ISymbol member, ImmutableArray<IParameterSymbol> parameters)
    {
        if (parameters.IsEmpty || DeclarationOrder.FirstAuthored(member)?.GetSyntax() is not { } syntax)
        {
            return null;
        }

        ExpressionSyntax? value = syntax switch
        {
            VariableDeclaratorSyntax field => field.Initializer?.Value,
            PropertyDeclarationSyntax property => property.Initializer?.Value,
            _ => null,
        };

        // _x = x;  _x = x ?? throw new ArgumentNullException(nameof(x));
        if (value is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } guarded)
        {
            value = guarded.Left;
        }

        return value is IdentifierNameSyntax name && parameters.Any(p => p.Name == name.Identifier.ValueText)
            ? name.Identifier.ValueText
            : null;
    }
}
