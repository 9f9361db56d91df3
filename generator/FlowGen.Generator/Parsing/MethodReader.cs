using FlowGen.Generator.Model;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Parsing;

/// <summary>Reads an entry or a method with FlowGen attributes.</summary>
internal static class MethodReader
{
    public static MethodModel Read(IMethodSymbol method, int overload, TypeReader types, HeldReader held, Lineage lineage, bool isEntry)
    {
        Spot spot = new(TypeNames.Metadata(method.ContainingType), method.Name, overload);
        EquatableArray<AttributeModel> attributes = AttributeReader.Read(method.GetAttributes());
        EquatableArray<ParameterModel> parameters = SignatureReader.Parameters(method, types, isEntry);
        ITypeSymbol? result = TypeReader.Unwrap(method.ReturnType, out ReturnShape shape);
        TypeRef? resultRef = result is null ? null : types.Read(result);
        bool isEach = parameters.Any(p => p.Find(FlowAttribute.Each) is not null);
        TypeRef? value = result is not null && isEach ? types.Read(types.Compilation.CreateArrayTypeSymbol(result)) : resultRef;
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
            TypeReader.FindUnresolved(method.ReturnType),
            Restrictions(method, spot, attributes),
            parameters,
            attributes,
            AttributeReader.Read(method.GetReturnTypeAttributes(), onReturn: true),
            isEntry ? null : TargetReader.Read(method, types, held, lineage.LevelOf(method)),
            ResultIsState: result is not null && PooledReader.State(TypeReader.Bare(result, out _), types) is not null,
            SignatureReader.Summary(method),
            lineage.LevelOf(method),
            lineage.IsInherited(method),
            lineage.IsHidden(method));
    }

    private static EquatableArray<Restriction> Restrictions(IMethodSymbol method, Spot spot, EquatableArray<AttributeModel> attributes)
    {
        EquatableArray<Restriction> inSignature = SignatureReader.Restrictions(method, spot);
        return attributes.FirstOrDefault(a => a.Kind == FlowAttribute.NodeOf) is { } attribute
            && AttributeReader.Authored(method.GetAttributes()).ElementAt(attribute.Index).AttributeClass!.TypeArguments[0] is { } nodeClass
            && SignatureReader.Restriction(nodeClass, spot.AtTypeArgument(attribute)) is { } hidden
                ? inSignature.Append(hidden).ToEquatableArray()
                : inSignature;
    }
}
