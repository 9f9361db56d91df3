using System.Collections.Immutable;
using FlowGen.Generator.Model;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Parsing;

/// <summary>
/// A workflow class with what it inherits. Its members are those of its base classes first, outermost class first, each in declaration
/// order; an override stands where what it overrides stood.
/// </summary>
internal sealed class Lineage
{
    private readonly List<INamedTypeSymbol> _levels = [];

    public Lineage(INamedTypeSymbol type)
    {
        Own = DeclarationOrder.Members(type);
        for (INamedTypeSymbol? level = type; level is not null && level.SpecialType != SpecialType.System_Object; level = level.BaseType)
        {
            _levels.Insert(0, level);
        }

        BaseWorkflow = _levels.Take(_levels.Count - 1).LastOrDefault(IsWorkflow);
        List<ISymbol> members = [];
        foreach (INamedTypeSymbol level in _levels)
        {
            bool isOwn = SymbolEqualityComparer.Default.Equals(level, type);
            foreach (ISymbol member in isOwn ? Own : Inherited(level))
            {
                Add(members, member);
            }
        }

        Members = members.ToImmutableArray();
    }

    /// <summary>What the class itself declares.</summary>
    public ImmutableArray<ISymbol> Own { get; }

    public ImmutableArray<ISymbol> Members { get; }

    /// <summary>The nearest base class that is a workflow.</summary>
    public INamedTypeSymbol? BaseWorkflow { get; }

    /// <summary>The class and its base classes, the outermost first.</summary>
    public IReadOnlyList<INamedTypeSymbol> Levels => _levels;

    public int LevelOf(ISymbol member) => _levels.FindIndex(l => SymbolEqualityComparer.Default.Equals(l, member.ContainingType));

    public bool IsInherited(ISymbol member) => LevelOf(member) < _levels.Count - 1;

    /// <summary>Inherited, and reached only through what FlowGen adds to the base workflow.</summary>
    public bool IsHidden(ISymbol member) => IsInherited(member) && member.DeclaredAccessibility == Accessibility.Private;

    public static bool IsWorkflow(INamedTypeSymbol type) => FlowNames.Has(type, FlowAttribute.Workflow);

    /// <summary>An override that says nothing to FlowGen changes the code of a node and leaves the node as it was declared.</summary>
    public static bool SaysNothing(IMethodSymbol method)
        => !SignatureReader.HasFlowAttributes(method) && !method.Parameters.Any(p => AttributeReader.Authored(p.GetAttributes()).Any());

    private static IEnumerable<ISymbol> Inherited(INamedTypeSymbol level)
    {
        bool isWorkflow = IsWorkflow(level);
        IEnumerable<ISymbol> members = level.DeclaringSyntaxReferences.IsEmpty
            ? level.GetMembers().Where(m => !m.IsImplicitlyDeclared)
            : DeclarationOrder.Members(level);
        return members.Where(m => (isWorkflow || m.DeclaredAccessibility != Accessibility.Private)
            && !(m is IMethodSymbol method && WorkflowParser.IsEntry(method)));
    }

    private static void Add(List<ISymbol> members, ISymbol member)
    {
        ISymbol? original = member switch
        {
            IMethodSymbol method => method.OverriddenMethod,
            IPropertySymbol property => property.OverriddenProperty,
            _ => null,
        };
        int position = original is null ? -1 : members.FindIndex(m => IsSame(m, original));
        if (position < 0)
        {
            members.Add(member);
        }
        else if (!(members[position] is IMethodSymbol node && SignatureReader.HasFlowAttributes(node) && SaysNothing((IMethodSymbol)member)))
        {
            members[position] = member;
        }
    }

    /// <summary>The member, or what it overrides in its turn.</summary>
    private static bool IsSame(ISymbol member, ISymbol original)
    {
        for (ISymbol? current = original; current is not null; current = (current as IMethodSymbol)?.OverriddenMethod ?? (ISymbol?)(current as IPropertySymbol)?.OverriddenProperty)
        {
            if (SymbolEqualityComparer.Default.Equals(member, current))
            {
                return true;
            }
        }

        return false;
    }
}
