using FlowGen.Generator.Model;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Parsing;

/// <summary>Reads an entry or a method with FlowGen attributes.</summary>
internal static class MethodReader
{
    public static MethodModel Read(IMethodSymbol method, int overload, TypeReader types, HeldReader held, Lineage lineage, bool isEntry)
    {
        Spot spot = new(TypeNames.Metadata(method.ContainingType), method.Name, overload);
        EquatableArray<AttributeModel> attributes = AttributeReader.Read(method.GetAttributes(), types);
        SignatureKind kind = isEntry ? SignatureKind.Entry
            : attributes.Any(a => a.Kind is FlowAttribute.Catch or FlowAttribute.Compensate) ? SignatureKind.Handler
            : SignatureKind.Node;
        EquatableArray<ParameterModel> parameters = SignatureReader.Parameters(method, types, kind);
        ITypeSymbol? result = TypeReader.Unwrap(method.ReturnType, out ReturnShape shape);
        TypeRef? resultRef = result is null ? null : types.Read(result);
        AttributeModel? each = parameters.Select(p => p.Find(FlowAttribute.Each)).FirstOrDefault(a => a is not null);
        TypeRef? value = result is not null && each is not null ? Collected(result, each, types) : resultRef;
        bool hasAuthoredBody = GeneratedTrees.HasAuthoredBody(method);
        return new MethodModel(
            spot,
            method.Name,
            NodeName.Of(method.Name),
            TypeNames.Escape(method.Name),
            method.IsStatic,
            TypeReader.IsPrivate(method),
            method.IsGenericMethod,
            IsBodyless: GeneratedTrees.IsPartialDefinition(method) && !hasAuthoredBody,
            IsAsyncVoid: method is { IsAsync: true, ReturnsVoid: true },
            method.IsVirtual || method.IsOverride || method.IsAbstract,
            shape,
            resultRef,
            value,
            TypeReader.FindMissing(method.ReturnType) ?? (isEntry ? TypeReader.FindHidden(method.ReturnType, method) : null),
            Restrictions(method, spot, attributes),
            parameters,
            attributes,
            AttributeReader.Read(method.GetReturnTypeAttributes(), types, onReturn: true),
            isEntry ? null : TargetReader.Read(method, parameters, types, held, lineage.LevelOf(method)),
            ResultIsState: result is not null && PooledReader.State(TypeReader.Bare(result, out _), types) is not null,
            SignatureReader.Summary(method),
            lineage.LevelOf(method),
            lineage.IsInherited(method),
            lineage.IsHidden(method))
        {
            IsFleeting = method.RefKind != RefKind.None || (result is not null && TypeReader.IsFleeting(result)),
            LacksAccess = DeclarationReader.LacksAccess(method),
        };
    }

    /// <summary>An array of the results of all elements, or of their outcomes.</summary>
    private static TypeRef Collected(ITypeSymbol result, AttributeModel each, TypeReader types)
    {
        ITypeSymbol element = result;
        if (each.Number("OnError", 0) == (int)EachError.Collect
            && types.Compilation.GetTypeByMetadataName("FlowGen.Outcome`1") is { } outcome)
        {
            element = outcome.Construct([result], [result.NullableAnnotation]);
        }

        return types.Read(types.Compilation.CreateArrayTypeSymbol(element, elementNullableAnnotation: element.NullableAnnotation));
    }

    private static EquatableArray<Restriction> Restrictions(IMethodSymbol method, Spot spot, EquatableArray<AttributeModel> attributes)
    {
        List<Restriction> found = [.. SignatureReader.Restrictions(method, spot)];
        foreach (AttributeModel attribute in attributes)
        {
            if (attribute.Kind is FlowAttribute.NodeOf or FlowAttribute.RetryOf or FlowAttribute.Exclusive
                && AttributeReader.Authored(method.GetAttributes()).ElementAt(attribute.Index).AttributeClass!.TypeArguments[0] is { } named
                && SignatureReader.Restriction(named, spot.AtTypeArgument(attribute)) is { } hidden)
            {
                found.Add(hidden);
            }
        }

        return found.ToEquatableArray();
    }
}
