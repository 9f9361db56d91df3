using System.Globalization;
using FlowGen.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FlowGen.Generator.Parsing;

/// <summary>Writes down what binding asks about the types of one workflow: what they convert to, consist of, and can be.</summary>
internal sealed class TypeFactsReader(TypeReader types)
{
    public EquatableArray<TypeFacts> Read()
    {
        Dictionary<string, (SourceShape? Shape, TypeRef? Element, EquatableArray<TupleElement> Tuple)> parts = new(StringComparer.Ordinal);
        while (parts.Count < types.Mentioned.Count)
        {
            // Elements of collections and tuples are types of the workflow as well; reading them mentions them.
            foreach (KeyValuePair<string, ITypeSymbol> mentioned in types.Mentioned.Where(m => !parts.ContainsKey(m.Key)).ToList())
            {
                (ITypeSymbol? element, SourceShape? shape) = ElementOf(mentioned.Value);
                TypeRef? elementRef = element is null ? null : types.Read(element);
                parts.Add(mentioned.Key, (shape, elementRef, ReadTuple(mentioned.Value)));
            }
        }

        Conversions conversions = new(types.Compilation, types.Mentioned);
        return types.Mentioned
            .Select(mentioned => new TypeFacts(
                mentioned.Key,
                conversions.From(mentioned.Key, mentioned.Value),
                SaysNothing(mentioned.Value),
                mentioned.Value.SpecialType == SpecialType.System_Boolean,
                parts[mentioned.Key].Shape,
                parts[mentioned.Key].Element,
                IsGatherable(mentioned.Value),
                parts[mentioned.Key].Tuple,
                ReadChoices(mentioned.Value))
            {
                Confines = ConfineReader.Of(mentioned.Value),
            })
            .ToEquatableArray();
    }

    private EquatableArray<TupleElement> ReadTuple(ITypeSymbol type)
        => type is INamedTypeSymbol { IsTupleType: true } tuple
            ? tuple.TupleElements
                .Select((e, i) => new TupleElement(e.Name, ".Item" + (i + 1).ToString(CultureInfo.InvariantCulture), types.Read(e.Type)))
                .ToEquatableArray()
            : EquatableArray<TupleElement>.Empty;

    /// <summary>What [Each] iterates, and how.</summary>
    private static (ITypeSymbol? Element, SourceShape? Shape) ElementOf(ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol array)
        {
            return array.IsSZArray ? (array.ElementType, SourceShape.Array) : (null, null);
        }

        if (type is not INamedTypeSymbol named || type.SpecialType == SpecialType.System_String)
        {
            return (null, null);
        }

        if (FlowNames.IsList(named.OriginalDefinition))
        {
            return (named.TypeArguments[0], SourceShape.List);
        }

        (ITypeSymbol? Element, SourceShape? Shape) best = (null, null);
        foreach (INamedTypeSymbol candidate in named.AllInterfaces.Insert(0, named))
        {
            INamedTypeSymbol definition = candidate.OriginalDefinition;
            if (definition.SpecialType is SpecialType.System_Collections_Generic_IReadOnlyList_T or SpecialType.System_Collections_Generic_IList_T)
            {
                return (candidate.TypeArguments[0], SourceShape.ReadOnlyList);
            }

            if (definition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T)
            {
                best = (candidate.TypeArguments[0], SourceShape.Enumerable);
            }
            else if (best.Shape is null && FlowNames.IsAsyncEnumerable(definition))
            {
                best = (candidate.TypeArguments[0], SourceShape.AsyncEnumerable);
            }
        }

        return best;
    }

    /// <summary>Whether an array of the element type can stand for it.</summary>
    private static bool IsGatherable(ITypeSymbol type)
        => type is IArrayTypeSymbol { IsSZArray: true } || type.OriginalDefinition.SpecialType
            is SpecialType.System_Collections_Generic_IReadOnlyList_T
            or SpecialType.System_Collections_Generic_IReadOnlyCollection_T
            or SpecialType.System_Collections_Generic_IEnumerable_T
            or SpecialType.System_Collections_Generic_IList_T
            or SpecialType.System_Collections_Generic_ICollection_T;

    /// <summary>Framework types carry no meaning; a collection means what its elements mean (language.md B7).</summary>
    private static bool SaysNothing(ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol array)
        {
            return SaysNothing(array.ElementType);
        }

        if (type is not INamedTypeSymbol named)
        {
            return type.SpecialType != SpecialType.None;
        }

        if (named.IsTupleType)
        {
            return true;
        }

        // An outcome means what it is the outcome of.
        if (FlowNames.IsFlowGen(named, "Outcome`1") || FlowNames.IsFlowGen(named, "Optional`1"))
        {
            return SaysNothing(named.TypeArguments[0]);
        }

        if (!FlowNames.IsFramework(named))
        {
            return false;
        }

        return !IsCollection(named) || named.TypeArguments.All(SaysNothing);
    }

    private static bool IsCollection(INamedTypeSymbol type)
    {
        if (type.Arity == 0)
        {
            return false;
        }

        for (INamespaceSymbol? space = type.ContainingNamespace; space is { IsGlobalNamespace: false }; space = space.ContainingNamespace)
        {
            if (space is { Name: "Collections", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } })
            {
                return true;
            }
        }

        return ElementOf(type).Element is not null;
    }

    private static EquatableArray<Choice> ReadChoices(ITypeSymbol type)
    {
        if (type.SpecialType == SpecialType.System_Boolean)
        {
            return EquatableArray.Of(new Choice("True", "true"), new Choice("False", "false"));
        }

        if (type.TypeKind != TypeKind.Enum || IsFlags(type))
        {
            return EquatableArray<Choice>.Empty;
        }

        // Two names of one value are one choice, called by the first.
        HashSet<string> seen = new(StringComparer.Ordinal);
        List<Choice> choices = [];
        foreach (ISymbol member in type.GetMembers())
        {
            if (member is IFieldSymbol { HasConstantValue: true } field
                && Convert.ToString(field.ConstantValue, CultureInfo.InvariantCulture) is { } text
                && seen.Add(text))
            {
                choices.Add(new Choice(text, field.Name));
            }
        }

        return choices.ToEquatableArray();
    }

    private static bool IsFlags(ITypeSymbol type)
        => type.GetAttributes().Any(a => a.AttributeClass is { Name: nameof(FlagsAttribute) } attribute && FlowNames.IsFramework(attribute));

    /// <summary>Identity or implicit reference conversion; no boxing, and <c>object</c> only by identity (language.md B4).</summary>
    private sealed class Conversions(Compilation compilation, SortedDictionary<string, ITypeSymbol> all)
    {
        private readonly Dictionary<ITypeSymbol, string> _keys = Index(all);
        private readonly List<KeyValuePair<string, ITypeSymbol>> _variant = [.. all.Where(t => IsVariant(t.Value))];

        public EquatableArray<string> From(string key, ITypeSymbol type)
        {
            if (!type.IsReferenceType)
            {
                return EquatableArray<string>.Empty;
            }

            SortedSet<string> found = new(StringComparer.Ordinal);
            AddAncestors(type);

            // Only variance needs the compiler's own rules, and only few types of a workflow have any.
            foreach (KeyValuePair<string, ITypeSymbol> target in _variant)
            {
                if (target.Key != key && !found.Contains(target.Key)
                    && compilation.ClassifyConversion(type, target.Value) is { IsImplicit: true, IsReference: true })
                {
                    found.Add(target.Key);
                }
            }

            found.Remove(key);
            return found.ToEquatableArray();

            void AddAncestors(ITypeSymbol of)
            {
                for (ITypeSymbol? ancestor = of.BaseType; ancestor is not null; ancestor = ancestor.BaseType)
                {
                    Add(ancestor);
                }

                foreach (INamedTypeSymbol contract in of.AllInterfaces)
                {
                    Add(contract);
                }

                // A type parameter is whatever its constraints say.
                foreach (ITypeSymbol constraint in of is ITypeParameterSymbol parameter ? parameter.ConstraintTypes : [])
                {
                    ITypeSymbol bare = constraint.WithNullableAnnotation(NullableAnnotation.None);
                    Add(bare);
                    AddAncestors(bare);
                }
            }

            void Add(ITypeSymbol ancestor)
            {
                if (ancestor.SpecialType != SpecialType.System_Object && _keys.TryGetValue(ancestor, out string? target))
                {
                    found.Add(target);
                }
            }
        }

        private static Dictionary<ITypeSymbol, string> Index(SortedDictionary<string, ITypeSymbol> all)
        {
            Dictionary<ITypeSymbol, string> keys = new(SymbolEqualityComparer.Default);
            foreach (KeyValuePair<string, ITypeSymbol> type in all)
            {
                keys[type.Value] = type.Key;
            }

            return keys;
        }

        private static bool IsVariant(ITypeSymbol type)
            => type is IArrayTypeSymbol { ElementType.IsReferenceType: true }
                || (type is INamedTypeSymbol { IsGenericType: true } named
                    && named.OriginalDefinition.TypeParameters.Any(p => p.Variance != VarianceKind.None));
    }
}
