using System.Collections.Immutable;
using FlowGen.Generator.Model;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Parsing;

/// <summary>Reads the nodes whose work is not known when the workflow is compiled: [Wait] and [DynamicSubWorkflow].</summary>
internal static class OutsideReader
{
    /// <summary>What a [Wait] publishes: its data.</summary>
    public static WaitModel Wait(IMethodSymbol method, EquatableArray<ParameterModel> parameters, TypeReader types)
    {
        List<int> data = [.. Enumerable.Range(0, parameters.Count).Where(i => parameters[i].Role == ParameterRole.Data)];
        return new WaitModel(
            types.Read(Together([.. data.Select(i => method.Parameters[i])], types)),
            data.ToEquatableArray(),
            CanSignal: data.Select(i => method.Parameters[i].Type).Append(TypeReader.Unwrap(method.ReturnType, out _) ?? Unit(types)).All(CanBeArgument));
    }

    private static bool CanBeArgument(ITypeSymbol type)
        => type is { IsRefLikeType: false, IsStatic: false } and not (IPointerTypeSymbol or IFunctionPointerTypeSymbol) && TypeReader.FindMissing(type) is null;

    /// <summary>What a [DynamicSubWorkflow] takes, and what it may run.</summary>
    public static ChoiceModel Choice(IMethodSymbol method, AttributeData attribute, TypeReader types)
    {
        List<FlowRefModel> references = [];
        for (int i = 0; i < method.Parameters.Length; i++)
        {
            if (FlowNames.IsFlowGen(method.Parameters[i].Type, "FlowRef`2") && method.Parameters[i].Type is INamedTypeSymbol reference)
            {
                references.Add(new FlowRefModel(i, types.Read(reference.TypeArguments[0]), types.Read(reference.TypeArguments[1])));
            }
        }

        TypedConstant candidates = attribute.NamedArguments.FirstOrDefault(a => a.Key == "Candidates").Value;
        return new ChoiceModel(
            references.ToEquatableArray(),
            candidates.Kind == TypedConstantKind.Array && !candidates.IsNull
                ? candidates.Values.Select(c => Candidate(c.Value as ITypeSymbol, types)).ToEquatableArray()
                : null);
    }

    private static CandidateModel Candidate(ITypeSymbol? type, TypeReader types)
    {
        string display = type is null ? "null" : TypeNames.Display(type);
        List<IMethodSymbol> entries = type is INamedTypeSymbol { IsUnboundGenericType: false } named && Lineage.IsWorkflow(named)
            ? [.. WorkflowParser.EffectiveEntries(named)]
            : [];
        if (type is null || entries is not [var entry])
        {
            return new CandidateModel(Key: "", FullName: "", display, IsWorkflow: false, IsExternal: false, Input: null, Output: null);
        }

        ITypeSymbol? result = TypeReader.Unwrap(entry.ReturnType, out _);
        EquatableArray<ParameterModel> parameters = SignatureReader.Parameters(entry, types, SignatureKind.Entry);
        IEnumerable<IParameterSymbol> inputs = entry.Parameters.Where((_, i) => parameters[i].Role == ParameterRole.Data);
        return new CandidateModel(
            TypeNames.Metadata(entry.ContainingType),
            TypeNames.Full(type),
            display,
            IsWorkflow: true,
            IsExternal: !SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, types.Compilation.Assembly),
            types.Read(Together([.. inputs], types)),
            types.Read(result ?? Unit(types)));
    }

    /// <summary>Several parameters as one type, as <c>IFlow</c> and signals have them.</summary>
    private static ITypeSymbol Together(ImmutableArray<IParameterSymbol> parameters, TypeReader types)
        => parameters.Length switch
        {
            0 => Unit(types),
            1 => parameters[0].Type,
            _ => types.Compilation.CreateTupleTypeSymbol(
                [.. parameters.Select(p => p.Type)],
                [.. DeclarationReader.ParameterNames(parameters)],
                elementNullableAnnotations: [.. parameters.Select(p => p.Type.NullableAnnotation)]),
        };

    private static ITypeSymbol Unit(TypeReader types)
        => types.Compilation.GetTypeByMetadataName("FlowGen.FlowUnit") ?? (ITypeSymbol)types.Compilation.ObjectType;
}
