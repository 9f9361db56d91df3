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
    private readonly List<Held> _members = [];

    public HeldReader(Lineage lineage)
    {
        // The class's own first: they are nearer.
        for (int level = lineage.Levels.Count - 1; level >= 0; level--)
        {
            ImmutableArray<IParameterSymbol> parameters = PrimaryParameters(lineage.Levels[level]);
            bool isInherited = level < lineage.Levels.Count - 1;
            foreach (ISymbol member in lineage.Members.Where(m => lineage.LevelOf(m) == level))
            {
                ITypeSymbol? type = member switch
                {
                    IFieldSymbol { IsStatic: false, IsConst: false } field => field.Type,
                    IPropertySymbol { IsStatic: false, IsIndexer: false, GetMethod: not null } property => property.Type,
                    _ => null,
                };
                if (type is not null && !_members.Exists(m => m.Level > level && m.Name == member.Name))
                {
                    _members.Add(new Held(
                        member.Name, FindAlias(member, parameters), type, IsParameter: false, TypeReader.IsPrivate(member), lineage.IsHidden(member), level));
                }
            }

            // Parameters of a base class that is no workflow are nobody's business.
            foreach (IParameterSymbol parameter in isInherited && !Lineage.IsWorkflow(lineage.Levels[level]) ? [] : parameters)
            {
                if (!_members.Exists(m => (m.Level == level && m.Alias == parameter.Name) || m.Name == parameter.Name))
                {
                    _members.Add(new Held(parameter.Name, Alias: null, parameter.Type, IsParameter: true, IsPrivate: true, isInherited, level));
                }
            }
        }
    }

    /// <summary>The names of the members whose type is exactly <paramref name="type"/>, as a node of a level sees them.</summary>
    public IEnumerable<string> OfType(ITypeSymbol type, int level)
        => _members.Where(m => m.IsSeenFrom(level) && SymbolEqualityComparer.Default.Equals(m.Type, type)).Select(m => m.Name);

    /// <summary>The member that the source calls <paramref name="name"/>, or that stands for the parameter of that name.</summary>
    public (string Name, ITypeSymbol Type, bool IsHidden)? Find(string name, int level)
        => _members.Find(m => m.IsSeenFrom(level) && (m.Name == name || m.Alias == name)) is { } found ? (found.Name, found.Type, found.IsHidden) : null;

    public EquatableArray<HeldModel> Models(TypeReader types)
        => _members
            .Select(m => new HeldModel(m.Name, m.Alias, m.Level, new HeldMember(m.Name, types.Read(m.Type), m.IsParameter, m.IsPrivate, m.IsHidden)))
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

    private sealed record Held(string Name, string? Alias, ITypeSymbol Type, bool IsParameter, bool IsPrivate, bool IsHidden, int Level)
    {
        public bool IsSeenFrom(int level) => Level == level || (Level < level && !IsHidden);
    }
}
