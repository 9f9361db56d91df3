using System.Collections.Immutable;
using FlowGen.Generator.Model;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Parsing;

/// <summary>Reads what implements a body-less node, so that binding its workflow needs no other model.</summary>
internal static class TargetReader
{
    public static TargetModel? Read(
        IMethodSymbol method, EquatableArray<ParameterModel> parameters, TypeReader types, HeldReader held, int level)
    {
        foreach (AttributeData attribute in AttributeReader.Authored(method.GetAttributes()))
        {
            switch (FlowNames.AttributeKind(attribute.AttributeClass))
            {
                case FlowAttribute.NodeOf:
                    return new TargetModel(NodeClass(attribute.AttributeClass!.TypeArguments[0], types), Child: null);
                case FlowAttribute.SubWorkflowOf:
                    ITypeSymbol child = attribute.AttributeClass!.TypeArguments[0];
                    return new TargetModel(Class: null, Child(child as INamedTypeSymbol, TypeNames.Display(child), held.OfType(child, level), types));
                case FlowAttribute.SubWorkflow:
                    string name = attribute.ConstructorArguments is [{ Value: string text }] ? text : "";
                    (string Name, ITypeSymbol Type, bool IsHidden)? member = held.Find(name, level);
                    INamedTypeSymbol? type = member?.Type as INamedTypeSymbol;
                    string display = member is null ? name : TypeNames.Display(member.Value.Type);
                    return new TargetModel(Class: null, Child(type, display, member is null ? [] : [member.Value.Name], types));
                case FlowAttribute.Wait:
                    return new TargetModel(Class: null, Child: null, Wait: OutsideReader.Wait(method, parameters, types));
                case FlowAttribute.DynamicSubWorkflow:
                    return new TargetModel(Class: null, Child: null, Choice: OutsideReader.Choice(method, attribute, types));
            }
        }

        return null;
    }

    private static NodeClassModel NodeClass(ITypeSymbol type, TypeReader types)
    {
        TypeRef typeRef = types.Read(type);
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Class, IsAbstract: false, IsStatic: false } named
            || !types.Compilation.IsSymbolAccessibleWithin(named, types.Within)
            || TypeReader.FindMissing(named) is { Reason: MissingReason.FileLocal })
        {
            return Unusable(typeRef, NodeClassProblem.NotUsable);
        }

        if (ExecuteMethods(named) is not [{ IsGenericMethod: false } execute])
        {
            return Unusable(typeRef, NodeClassProblem.NotOneMethod);
        }

        ITypeSymbol? result = TypeReader.Unwrap(execute.ReturnType, out ReturnShape shape);
        CleanupKind cleanup = PooledReader.Cleanup(named);
        (bool isPooled, int max) = PooledReader.Pooling(named, cleanup);
        return new NodeClassModel(
            NodeClassProblem.None,
            typeRef,
            execute.Name,
            shape,
            result is null ? null : types.Read(result),
            SignatureReader.Parameters(execute, types, SignatureKind.Node),
            Constructors(named, types),
            cleanup,
            isPooled,
            max,
            RunOnOf(named));
    }

    private static RunOn RunOnOf(INamedTypeSymbol type) => FlowNames.Find(type, FlowAttribute.Node) is { } node
        ? (RunOn)(node.NamedArguments.Where(a => a.Key == "RunOn").Select(a => a.Value.Value as int?).FirstOrDefault() ?? 0)
        : RunOn.Inline;

    private static NodeClassModel Unusable(TypeRef type, NodeClassProblem problem)
        => new(
            problem,
            type,
            MethodName: "",
            ReturnShape.Void,
            Result: null,
            EquatableArray<ParameterModel>.Empty,
            EquatableArray<ConstructorModel>.Empty,
            CleanupKind.None,
            IsPooled: false,
            PoolMax: 0);

    /// <summary>Public <c>Execute</c> and <c>ExecuteAsync</c>, inherited ones included, an override counted once.</summary>
    public static ImmutableArray<IMethodSymbol> ExecuteMethods(INamedTypeSymbol type)
    {
        List<IMethodSymbol> found = [];
        HashSet<IMethodSymbol> overridden = new(SymbolEqualityComparer.Default);
        for (INamedTypeSymbol? level = type; level is not null; level = level.BaseType)
        {
            foreach (ISymbol member in level.GetMembers("Execute").AddRange(level.GetMembers("ExecuteAsync")))
            {
                if (member is not IMethodSymbol { IsStatic: false, DeclaredAccessibility: Accessibility.Public } method)
                {
                    continue;
                }

                if (!overridden.Contains(method))
                {
                    found.Add(method);
                }

                if (method.OverriddenMethod is { } original)
                {
                    overridden.Add(original);
                }
            }
        }

        return found.ToImmutableArray();
    }

    private static EquatableArray<ConstructorModel> Constructors(INamedTypeSymbol type, TypeReader types)
        => type.InstanceConstructors
            .Where(c => Construction.CanCall(c, types.Compilation, types.Within) && !IsCopy(c, type))
            .OrderByDescending(c => c.Parameters.Length)
            .Select(c => new ConstructorModel(
                c.Parameters.Select(p => new ConstructorParameter(p.Name, types.Read(p.Type), p.HasExplicitDefaultValue)).ToEquatableArray()))
            .ToEquatableArray();

    private static bool IsCopy(IMethodSymbol constructor, INamedTypeSymbol type)
        => type.IsRecord && constructor.Parameters is [{ } only] && SymbolEqualityComparer.Default.Equals(only.Type, type);

    private static ChildModel Child(INamedTypeSymbol? type, string display, IEnumerable<string> members, TypeReader types)
    {
        AttributeData? workflow = type is null ? null : FlowNames.Find(type, FlowAttribute.Workflow);
        IMethodSymbol? entry = null;
        bool hasOneEntry = false;
        if (type is not null && workflow is not null)
        {
            List<IMethodSymbol> entries = [.. WorkflowParser.EffectiveEntries(type)];
            hasOneEntry = entries.Count == 1;
            entry = entries.FirstOrDefault();
        }

        ReturnShape shape = ReturnShape.Void;
        ITypeSymbol? result = entry is null ? null : TypeReader.Unwrap(entry.ReturnType, out shape);
        bool isExternal = type is not null && !SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, types.Compilation.Assembly);
        bool isOverridable = entry is not null && !type!.IsSealed && (entry.IsVirtual || entry.IsAbstract || (entry.IsOverride && !entry.IsSealed));
        TypeRef? resultRef = result is null ? null : types.Read(result);
        EquatableArray<ParameterModel> parameters = entry is null ? EquatableArray<ParameterModel>.Empty : SignatureReader.Parameters(entry, types, SignatureKind.Entry);
        return new ChildModel(
            type is null ? "" : TypeNames.Metadata(type),
            type is null ? display : TypeNames.Full(TypeReader.Bare(type, out _)),
            display,
            IsWorkflow: workflow is not null,
            IsEnabled: workflow?.NamedArguments.Any(a => a.Key == "Enabled" && a.Value.Value is false) != true,
            isExternal,
            IsLinked: isExternal || isOverridable || (type is not null && SurfaceReader.IsGeneric(type)) || (entry is not null && !SymbolEqualityComparer.Default.Equals(entry.ContainingType, type)),
            EntryKey: entry is null ? "" : TypeNames.Metadata(entry.ContainingType),
            Compiler: isExternal && entry is not null ? CompilerOf(entry.ContainingType) : "",
            hasOneEntry ? SurfaceReader.ChildEntry(entry!, parameters, shape, resultRef, isOverridable) : null,
            members.ToEquatableArray(),
            CanShare: type is { IsAbstract: false } && type.InstanceConstructors
                .Any(c => c.Parameters.All(p => p.HasExplicitDefaultValue) && Construction.CanCall(c, types.Compilation, types.Within)),
            hasOneEntry,
            shape,
            resultRef,
            parameters)
        {
            IsPublic = entry is not null && SurfaceReader.IsExposed(type!, entry),
        };
    }

    /// <summary>The version of FlowGen that the generated part of a workflow says it is from.</summary>
    private static string CompilerOf(INamedTypeSymbol type)
        => type.GetAttributes()
            .Where(a => a.AttributeClass is { } attribute && FlowNames.IsCompilerService(attribute, "CompiledFlowAttribute"))
            .Select(a => a.ConstructorArguments is [{ Value: string version }] ? version : "")
            .FirstOrDefault() ?? "";
}
