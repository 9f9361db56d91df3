using System.Collections.Immutable;
using FlowGen.Generator.Model;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Parsing;

/// <summary>Finds the members that conditions name and that are not nodes (language.md B11), and those that policies and joins name.</summary>
internal static class PredicateReader
{
    public static EquatableArray<PredicateModel> Read(
        Lineage lineage, List<MethodModel> methods, TypeReader types, HeldReader held)
    {
        SortedSet<string> names = new(StringComparer.Ordinal);
        foreach (AttributeModel condition in methods.SelectMany(m => m.Attributes))
        {
            if (condition.Kind is FlowAttribute.When or FlowAttribute.Unless or FlowAttribute.Otherwise
                && condition.Arguments is [{ Text: { } name }, ..]
                && !IsTaken(methods, name))
            {
                names.Add(name);
            }
        }

        return Find(names, lineage, types, held, SignatureKind.Node);
    }

    /// <summary>What [Retry], [Repeat], [Timeout], [Each] and [ReadyWhen] ask while they are at work.</summary>
    public static EquatableArray<PredicateModel> ReadChecks(
        Lineage lineage, List<MethodModel> methods, EquatableArray<AttributeModel> timeouts, TypeReader types, HeldReader held)
    {
        IEnumerable<string?> named = methods
            .SelectMany(m => m.Attributes.Concat(m.Parameters.SelectMany(p => p.Attributes)))
            .Concat(timeouts)
            .SelectMany(NamesIn);
        SortedSet<string> names = new(named.OfType<string>().Where(name => !IsTaken(methods, name)), StringComparer.Ordinal);
        return Find(names, lineage, types, held, SignatureKind.Check);
    }

    private static IEnumerable<string?> NamesIn(AttributeModel attribute)
        => attribute.Kind switch
        {
            FlowAttribute.Retry or FlowAttribute.RetryOf => [attribute.Text("If")],
            FlowAttribute.Repeat => [attribute.Text("While"), attribute.Text("Until")],
            FlowAttribute.Timeout => [attribute.Text("From")],
            FlowAttribute.Each => [attribute.Text("Until")],
            FlowAttribute.ReadyWhen => [attribute.Arguments.FirstOrDefault()?.Text],
            _ => [],
        };

    /// <summary>A node, a handler or a compensation.</summary>
    private static bool IsTaken(List<MethodModel> methods, string name)
        => methods.Exists(m => m.NodeName == NodeName.Of(name) && m.Attributes.Any(a => a.IsNodeKind || a.Kind == FlowAttribute.Compensate));

    private static EquatableArray<PredicateModel> Find(IEnumerable<string> names, Lineage lineage, TypeReader types, HeldReader held, SignatureKind kind)
        => names.Select(name => Find(name, lineage, types, held, kind)).OfType<PredicateModel>().ToEquatableArray();

    private static PredicateModel? Find(string name, Lineage lineage, TypeReader types, HeldReader held, SignatureKind kind)
    {
        ImmutableArray<ISymbol> members = lineage.Members;
        List<ISymbol> named = [.. members.Where(m => m.Name == name && m is IMethodSymbol or IPropertySymbol { GetMethod: not null } or IFieldSymbol)];
        if (named.Count > 0)
        {
            return named[0] is IMethodSymbol method ? Method(method, named.Count > 1, types, lineage, kind) : Member(named[0], name, types, lineage);
        }

        for (int level = lineage.Levels.Count - 1; level >= 0; level--)
        {
            INamedTypeSymbol type = lineage.Levels[level];
            if (HeldReader.PrimaryParameters(type).FirstOrDefault(p => p.Name == name) is not { } parameter)
            {
                continue;
            }

            // A member that stands for the parameter is read instead, or the class would hold it twice.
            return held.Find(name, level) is { } stand && stand.Name != name
                ? Member(members.First(m => m.Name == stand.Name), name, types, lineage)
                : Value(name, name, PredicateKind.ConstructorParameter, isStatic: false, isPrivate: true, parameter.Type, types, type, isHidden: level < lineage.Levels.Count - 1);
        }

        return null;
    }

    private static PredicateModel Method(IMethodSymbol method, bool isOverloaded, TypeReader types, Lineage lineage, SignatureKind kind)
    {
        ITypeSymbol? type = TypeReader.Unwrap(method.ReturnType, out ReturnShape shape);
        Spot spot = new(TypeNames.Metadata(method.ContainingType), method.Name);
        return new PredicateModel(
            spot,
            method.Name,
            method.Name,
            PredicateKind.Method,
            method.IsStatic,
            TypeReader.IsPrivate(method),
            IsAsynchronous: shape is not (ReturnShape.Void or ReturnShape.Value),
            IsAmbiguous: isOverloaded || method.IsGenericMethod,
            type is null ? null : types.Read(type),
            SignatureReader.Restrictions(method, spot),
            SignatureReader.Parameters(method, types, kind),
            lineage.IsHidden(method));
    }

    private static PredicateModel Member(ISymbol member, string name, TypeReader types, Lineage lineage)
        => member is IPropertySymbol property
            ? Value(name, member.Name, PredicateKind.Property, member.IsStatic, TypeReader.IsPrivate(member), property.Type, types, member.ContainingType, lineage.IsHidden(member))
            : Value(name, member.Name, PredicateKind.Field, member.IsStatic, TypeReader.IsPrivate(member), ((IFieldSymbol)member).Type, types, member.ContainingType, lineage.IsHidden(member));

    private static PredicateModel Value(
        string name, string memberName, PredicateKind kind, bool isStatic, bool isPrivate, ITypeSymbol type, TypeReader types, INamedTypeSymbol declaring, bool isHidden)
        => new(
            new Spot(TypeNames.Metadata(declaring), memberName),
            name,
            memberName,
            kind,
            isStatic,
            isPrivate,
            IsAsynchronous: false,
            IsAmbiguous: false,
            types.Read(type),
            EquatableArray<Restriction>.Empty,
            EquatableArray<ParameterModel>.Empty,
            isHidden);
}
