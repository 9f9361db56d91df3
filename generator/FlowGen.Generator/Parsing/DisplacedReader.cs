using FlowGen.Generator.Model;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Parsing;

/// <summary>Finds members of a derived workflow that stand in the way of what its base workflow declares, so that one of the two would silently never run.</summary>
internal static class DisplacedReader
{
    private static readonly ParameterComparer s_parameters = new();

    public static EquatableArray<Displacement> Read(INamedTypeSymbol type, Lineage lineage, HashSet<string> asked)
    {
        if (lineage.BaseWorkflow is null)
        {
            return EquatableArray<Displacement>.Empty;
        }

        List<Displacement> found = [];
        Dictionary<string, int> overloads = new(StringComparer.Ordinal);
        foreach (ISymbol member in lineage.Own)
        {
            overloads.TryGetValue(member.Name, out int overload);
            overloads[member.Name] = overload + 1;
            Spot spot = new(TypeNames.Metadata(type), member.Name, overload);
            if (member is IMethodSymbol { IsOverride: true } method)
            {
                if (Replaced(method) is var (kind, original))
                {
                    found.Add(new Displacement(kind, spot, member.Name, TypeNames.Display(original.ContainingType)));
                }
            }
            else if (!member.IsOverride && Covered(member, lineage) is { } node)
            {
                found.Add(new Displacement(DisplacementKind.HidesNode, spot, member.Name, TypeNames.Display(node.ContainingType)));
            }
            else if (asked.Contains(member.Name) && !member.IsOverride && HiddenMember(member, lineage) is { } condition)
            {
                found.Add(new Displacement(DisplacementKind.HidesCondition, spot, member.Name, TypeNames.Display(condition.ContainingType)));
            }
        }

        return found.ToEquatableArray();
    }

    /// <summary>An override with a body of what FlowGen implements.</summary>
    private static (DisplacementKind Kind, IMethodSymbol Original)? Replaced(IMethodSymbol method)
    {
        if (!GeneratedTrees.HasAuthoredBody(method) || !Lineage.SaysNothing(method))
        {
            return null;
        }

        for (IMethodSymbol? original = method.OverriddenMethod; original is not null; original = original.OverriddenMethod)
        {
            if (!Lineage.IsWorkflow(original.ContainingType))
            {
                continue;
            }

            if (WorkflowParser.IsEntry(original))
            {
                return (DisplacementKind.WritesEntry, original);
            }

            if (SignatureReader.HasFlowAttributes(original))
            {
                return IsImplementedElsewhere(original) ? (DisplacementKind.WritesNode, original) : null;
            }
        }

        return null;
    }

    private static bool IsImplementedElsewhere(IMethodSymbol method)
        => GeneratedTrees.IsPartialDefinition(method) && !GeneratedTrees.HasAuthoredBody(method);

    /// <summary>The inherited node whose name a member takes without overriding it.</summary>
    private static IMethodSymbol? Covered(ISymbol member, Lineage lineage)
        => lineage.Levels.Take(lineage.Levels.Count - 1)
            .SelectMany(level => level.GetMembers(member.Name).OfType<IMethodSymbol>())
            .FirstOrDefault(m => m.DeclaredAccessibility != Accessibility.Private && SignatureReader.HasFlowAttributes(m) && !(member is IMethodSymbol own && IsOverload(own, m)));

    /// <summary>What nodes of a base workflow ask by that name would be asked of another member.</summary>
    private static ISymbol? HiddenMember(ISymbol member, Lineage lineage)
        => lineage.Levels.Take(lineage.Levels.Count - 1)
            .Where(Lineage.IsWorkflow)
            .SelectMany(level => level.GetMembers(member.Name))
            .FirstOrDefault(m => m.DeclaredAccessibility != Accessibility.Private && !(member is IMethodSymbol own && m is IMethodSymbol other && IsOverload(own, other)));

    private static bool IsOverload(IMethodSymbol own, IMethodSymbol node)
        => own.Arity != node.Arity || !own.Parameters.Select(p => (p.Type, p.RefKind)).SequenceEqual(node.Parameters.Select(p => (p.Type, p.RefKind)), s_parameters);

    private sealed class ParameterComparer : IEqualityComparer<(ITypeSymbol Type, RefKind Kind)>
    {
        public bool Equals((ITypeSymbol Type, RefKind Kind) x, (ITypeSymbol Type, RefKind Kind) y)
            => SymbolEqualityComparer.Default.Equals(x.Type, y.Type) && x.Kind == RefKind.None == (y.Kind == RefKind.None);

        public int GetHashCode((ITypeSymbol Type, RefKind Kind) obj) => SymbolEqualityComparer.Default.GetHashCode(obj.Type);
    }
}
