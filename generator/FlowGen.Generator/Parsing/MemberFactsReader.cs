using FlowGen.Generator.Model;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Parsing;

/// <summary>Resolves every <c>Member = nameof(...)</c> of a workflow on every type that a value of it has.</summary>
internal static class MemberFactsReader
{
    public static EquatableArray<MemberFacts> Read(
        List<MethodModel> entries, List<MethodModel> methods, IEnumerable<PredicateModel> predicates, TypeReader types)
    {
        IEnumerable<AttributeModel> attributes = methods.SelectMany(m => m.Parameters)
            .Concat(predicates.SelectMany(p => p.Parameters))
            .SelectMany(p => p.Attributes)
            .Concat(entries.SelectMany(e => e.ReturnAttributes));
        SortedSet<string> names = new(attributes.Select(a => a.Text("Member")).OfType<string>(), StringComparer.Ordinal);
        if (names.Count == 0)
        {
            return EquatableArray<MemberFacts>.Empty;
        }

        IEnumerable<TypeRef> values = entries.SelectMany(e => e.Parameters).Select(p => p.Type)
            .Concat(methods.Select(m => m.Value).OfType<TypeRef>());
        List<MemberFacts> facts = [];
        foreach (string owner in new SortedSet<string>(values.Select(v => v.Key), StringComparer.Ordinal))
        {
            ITypeSymbol type = types.Mentioned[owner];
            foreach (string name in names)
            {
                if (Find(type, name, types) is (var access, var memberType))
                {
                    facts.Add(new MemberFacts(owner, name, access, types.Read(memberType)));
                }
            }
        }

        return facts.ToEquatableArray();
    }

    private static (string Access, ITypeSymbol Type)? Find(ITypeSymbol type, string name, TypeReader types)
    {
        if (type is INamedTypeSymbol { IsTupleType: true } tuple)
        {
            int index = tuple.TupleElements.Select(e => e.Name).ToList().IndexOf(name);
            if (index >= 0)
            {
                return ($".Item{index + 1}", tuple.TupleElements[index].Type);
            }
        }

        // A class has its base classes' members, an interface those of the interfaces it extends.
        IEnumerable<ITypeSymbol> owners = type.TypeKind == TypeKind.Interface ? type.AllInterfaces.Prepend(type) : Ancestors(type);
        foreach (ITypeSymbol owner in owners)
        {
            foreach (ISymbol member in owner.GetMembers(name))
            {
                ITypeSymbol? memberType = member switch
                {
                    IFieldSymbol { IsStatic: false } field => field.Type,
                    IPropertySymbol { IsStatic: false, IsIndexer: false, GetMethod: { } getter }
                        when types.Compilation.IsSymbolAccessibleWithin(getter, types.Within) => ((IPropertySymbol)member).Type,
                    _ => null,
                };
                if (memberType is not null && types.Compilation.IsSymbolAccessibleWithin(member, types.Within))
                {
                    return ("." + TypeNames.Escape(name), memberType);
                }
            }
        }

        return null;
    }

    private static IEnumerable<ITypeSymbol> Ancestors(ITypeSymbol type)
    {
        for (ITypeSymbol? level = type; level is not null; level = level.BaseType)
        {
            yield return level;
        }
    }
}
