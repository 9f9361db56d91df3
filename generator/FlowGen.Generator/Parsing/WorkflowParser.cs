using FlowGen.Generator.Model;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Parsing;

/// <summary>Reads a [Workflow] class into a <see cref="WorkflowModel"/>. This is where symbols end.</summary>
internal static class WorkflowParser
{
    public static WorkflowModel Parse(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken)
        => Parse((INamedTypeSymbol)context.TargetSymbol, context.Attributes[0], context.SemanticModel.Compilation, cancellationToken);

    public static WorkflowModel Parse(
        INamedTypeSymbol type, AttributeData workflow, Compilation compilation, CancellationToken cancellationToken)
    {
        Lineage lineage = new(type);
        TypeReader types = new(compilation, type);
        HeldReader held = new(lineage);
        AttributeModel settings = AttributeReader.Read([workflow], types)[0] with { Index = IndexOf(type, workflow) };
        EquatableArray<AttributeModel> timeouts = AttributeReader.Read(type.GetAttributes(), types).Where(a => a.Kind == FlowAttribute.Timeout).ToEquatableArray();

        List<MethodModel> entries = [];
        List<MethodModel> methods = [];
        Dictionary<(int Level, string Name), int> overloads = [];
        foreach (ISymbol member in lineage.Members)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (int Level, string Name) place = (lineage.LevelOf(member), member.Name);
            overloads.TryGetValue(place, out int overload);
            overloads[place] = overload + 1;
            if (member is not IMethodSymbol { MethodKind: MethodKind.Ordinary } method)
            {
                continue;
            }

            if (IsEntry(method))
            {
                entries.Add(MethodReader.Read(method, overload, types, held, lineage, isEntry: true));
            }
            else if (SignatureReader.HasFlowAttributes(method))
            {
                methods.Add(MethodReader.Read(method, overload, types, held, lineage, isEntry: false));
            }
        }

        EquatableArray<PredicateModel> predicates = PredicateReader.Read(lineage, methods, types, held);
        EquatableArray<PredicateModel> checks = PredicateReader.ReadChecks(lineage, methods, timeouts, types, held);
        EquatableArray<HeldModel> heldModels = methods.Any(m => m.Target is not null) ? held.Models(types) : EquatableArray<HeldModel>.Empty;
        EquatableArray<MemberFacts> memberFacts = MemberFactsReader.Read(entries, methods, predicates.Concat(checks), types);
        List<ReservedName> hidden = ReservedReader.Hidden(type, lineage);
        ClassShape shape = SurfaceReader.Shape(type, lineage);
        return new WorkflowModel(
            SurfaceReader.Read(type, settings, lineage, entries, methods, hidden, compilation),
            shape,
            settings,
            entries.ToEquatableArray(),
            methods.ToEquatableArray(),
            predicates,
            checks,
            timeouts,
            heldModels,
            lineage.Own.Where(PooledReader.IsMutable).Select(m => m.Name).ToEquatableArray(),
            ReservedReader.Read(type, lineage, entries.Count == 0 ? null : EntryOf(lineage), methods).Concat(hidden).ToEquatableArray(),
            new TypeFactsReader(types).Read(),
            memberFacts,
            BaseOf(lineage, compilation),
            entries.Count == 0 && lineage.BaseWorkflow is not null ? Omission(settings, timeouts, lineage, methods) : null)
        {
            Displacements = DisplacedReader.Read(type, lineage, [.. predicates.Concat(checks).Select(p => p.Name)]),
        };
    }

    private static IMethodSymbol? EntryOf(Lineage lineage) => lineage.Own.OfType<IMethodSymbol>().FirstOrDefault(IsEntry);

    private static BaseModel? BaseOf(Lineage lineage, Compilation compilation)
        => lineage.BaseWorkflow is { } type
            ? new BaseModel(
                TypeNames.Metadata(type),
                TypeNames.Full(type),
                TypeNames.Display(type),
                !SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, compilation.Assembly))
            : null;

    /// <summary>A workflow without an entry of its own runs as its base workflow was compiled; null when that is all it wants.</summary>
    private static string? Omission(AttributeModel settings, EquatableArray<AttributeModel> timeouts, Lineage lineage, List<MethodModel> methods)
    {
        List<IMethodSymbol> own = [.. lineage.Own.OfType<IMethodSymbol>().Where(m => m.IsOverride && !Lineage.SaysNothing(m))];
        return methods.Exists(m => !m.IsInherited && !own.Exists(o => o.Name == m.Name)) ? "adds nodes to"
            : own.Count > 0 ? "changes nodes of"
            : timeouts.Count > 0 || settings.Named.Any(n => n.Name is not ("Id" or "Version")) ? "changes settings of"
            : null;
    }

    /// <summary>The declarations of a workflow that could be its contract.</summary>
    public static IEnumerable<IMethodSymbol> Entries(INamedTypeSymbol type)
        => type.DeclaringSyntaxReferences.IsEmpty
            ? type.GetMembers().OfType<IMethodSymbol>().Where(m => m.Name is "RunAsync" or "Run" && m.DeclaredAccessibility == Accessibility.Public && HasDoor(type, m))
            : DeclarationOrder.Members(type).OfType<IMethodSymbol>().Where(IsEntry);

    /// <summary>Of a compiled workflow: the hidden entry takes its inputs, so that it is the entry and not an overload of it.</summary>
    private static bool HasDoor(INamedTypeSymbol type, IMethodSymbol method)
    {
        IEnumerable<ITypeSymbol> inputs = method.Parameters
            .Select(p => p.Type)
            .Where(t => !FlowNames.IsCancellationToken(t) && !FlowNames.IsFlowGen(TypeReader.Bare(t, out _), "RunOptions"));
        return type.GetMembers("__RunWithin").OfType<IMethodSymbol>().Any(door => door.Parameters
            .Skip(5)
            .Take(door.Parameters.Length - 6)
            .Select(p => p.Type)
            .SequenceEqual(inputs, SymbolEqualityComparer.Default));
    }

    /// <summary>The same, or those of the nearest base class that has any.</summary>
    public static IEnumerable<IMethodSymbol> EffectiveEntries(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? level = type; level is not null && Lineage.IsWorkflow(level); level = level.BaseType)
        {
            List<IMethodSymbol> entries = [.. Entries(level)];
            if (entries.Count > 0)
            {
                return entries;
            }
        }

        return [];
    }

    /// <summary>A partial <c>RunAsync</c> or <c>Run</c> that its author left to FlowGen.</summary>
    public static bool IsEntry(IMethodSymbol method)
        => method is { Name: "RunAsync" or "Run", MethodKind: MethodKind.Ordinary }
            && GeneratedTrees.IsPartialDefinition(method)
            && !GeneratedTrees.HasAuthoredBody(method)
            && !SignatureReader.IsNode(method);

    private static int IndexOf(INamedTypeSymbol type, AttributeData attribute)
        => AttributeReader.Authored(type.GetAttributes()).TakeWhile(a => !Equals(a, attribute)).Count();
}
