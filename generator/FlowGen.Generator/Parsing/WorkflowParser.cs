using System.Collections.Immutable;
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
        ImmutableArray<ISymbol> members = DeclarationOrder.Members(type);
        TypeReader types = new(compilation, type);
        HeldReader held = new(type, members);
        AttributeModel settings = AttributeReader.Read([workflow])[0] with { Index = IndexOf(type, workflow) };

        List<MethodModel> entries = [];
        List<MethodModel> methods = [];
        Dictionary<string, int> overloads = new(StringComparer.Ordinal);
        foreach (ISymbol member in members)
        {
            cancellationToken.ThrowIfCancellationRequested();
            overloads.TryGetValue(member.Name, out int overload);
            overloads[member.Name] = overload + 1;
            if (member is not IMethodSymbol { MethodKind: MethodKind.Ordinary } method)
            {
                continue;
            }

            if (IsEntry(method))
            {
                entries.Add(MethodReader.Read(method, overload, types, held, isEntry: true));
            }
            else if (SignatureReader.HasFlowAttributes(method))
            {
                methods.Add(MethodReader.Read(method, overload, types, held, isEntry: false));
            }
        }

        EquatableArray<PredicateModel> predicates = PredicateReader.Read(type, members, methods, types, held);
        EquatableArray<HeldModel> heldModels = methods.Any(m => m.Target is not null) ? held.Models(types) : EquatableArray<HeldModel>.Empty;
        EquatableArray<MemberFacts> memberFacts = MemberFactsReader.Read(entries, methods, predicates, types);
        ClassShape shape = SurfaceReader.Shape(type, members);
        return new WorkflowModel(
            SurfaceReader.Read(type, settings, members, entries, methods),
            shape,
            settings,
            entries.ToEquatableArray(),
            methods.ToEquatableArray(),
            predicates,
            heldModels,
            members.Where(PooledReader.IsMutable).Select(m => m.Name).ToEquatableArray(),
            members.Where(m => SurfaceReader.GeneratedMembers.Contains(m.Name) && !methods.Any(n => n.Name == m.Name)).Select(m => m.Name).Distinct().ToEquatableArray(),
            new TypeFactsReader(types).Read(),
            memberFacts);
    }

    /// <summary>The declarations of a workflow that could be its contract.</summary>
    public static IEnumerable<IMethodSymbol> Entries(INamedTypeSymbol type)
        => type.DeclaringSyntaxReferences.IsEmpty
            ? type.GetMembers().OfType<IMethodSymbol>().Where(m => m.Name is "RunAsync" or "Run" && m.DeclaredAccessibility == Accessibility.Public)
            : DeclarationOrder.Members(type).OfType<IMethodSymbol>().Where(IsEntry);

    /// <summary>A partial <c>RunAsync</c> or <c>Run</c> that its author left to FlowGen.</summary>
    private static bool IsEntry(IMethodSymbol method)
        => method is { Name: "RunAsync" or "Run", MethodKind: MethodKind.Ordinary }
            && GeneratedTrees.IsPartialDefinition(method)
            && !GeneratedTrees.HasAuthoredBody(method)
            && !SignatureReader.HasFlowAttributes(method);

    private static int IndexOf(INamedTypeSymbol type, AttributeData attribute)
        => AttributeReader.Authored(type.GetAttributes()).TakeWhile(a => !Equals(a, attribute)).Count();
}
