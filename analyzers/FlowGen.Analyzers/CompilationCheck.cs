using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Linking;
using FlowGen.Generator.Model;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowGen.Analyzers;

/// <summary>
/// Everything there is to report about one compilation, found once, on demand, by whoever asks first. Workflows are few and parsing
/// them is cheap, so one pass over all of them serves every rule, those that need to know all workflows included.
/// </summary>
internal sealed class CompilationCheck(Compilation compilation)
{
    private readonly object _gate = new();
    private ILookup<string, Issue>? _found;

    /// <summary>What is to be reported at <paramref name="type"/> or its members.</summary>
    public IEnumerable<Diagnostic> Find(INamedTypeSymbol type, CancellationToken cancellationToken)
        => Check(cancellationToken)[TypeNames.Metadata(type)]
            .Select(issue => Reports.Create(
                issue,
                SpotLocator.Locate(compilation, issue.Spot),
                issue.Additional.Select(spot => SpotLocator.Locate(compilation, spot)).Where(l => l.IsInSource)));

    /// <summary>Issues by the type that they stand at. A cancelled pass leaves nothing behind, so it is tried again.</summary>
    private ILookup<string, Issue> Check(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _found ??= CheckAll(cancellationToken)
                .Distinct()
                .ToLookup(issue => issue.Spot.Type, StringComparer.Ordinal);
        }
    }

    private List<Issue> CheckAll(CancellationToken cancellationToken)
    {
        List<(INamedTypeSymbol Type, AttributeData Attribute)> workflows = [];
        HashSet<INamedTypeSymbol> pooled = new(SymbolEqualityComparer.Default);
        foreach (INamedTypeSymbol type in TypesWithAttributes(compilation.Assembly.GlobalNamespace))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (AttributeData attribute in AttributeReader.Authored(type.GetAttributes()))
            {
                switch (FlowNames.AttributeKind(attribute.AttributeClass))
                {
                    case FlowAttribute.Workflow:
                        workflows.Add((type, attribute));
                        break;
                    case FlowAttribute.Node or FlowAttribute.State or FlowAttribute.Pooled:
                        pooled.Add(type);
                        break;
                }
            }
        }

        workflows.Sort((a, b) => DeclarationOrder.Compare(a.Attribute.ApplicationSyntaxReference!, b.Attribute.ApplicationSyntaxReference!));
        List<BindResult> bound = [];
        foreach ((INamedTypeSymbol type, AttributeData attribute) in workflows)
        {
            bound.Add(WorkflowBinder.Bind(WorkflowParser.Parse(type, attribute, compilation, cancellationToken), cancellationToken));
            pooled.UnionWith(NodeClasses(type));
        }

        return
        [
            .. WorkflowLinker.Link(bound, cancellationToken).Workflows.SelectMany(w => w.Issues),
            .. pooled.SelectMany(PooledClassRules.Check),
        ];
    }

    /// <summary>Classes that nodes of <paramref name="workflow"/> are made of, with or without an attribute of their own.</summary>
    private static IEnumerable<INamedTypeSymbol> NodeClasses(INamedTypeSymbol workflow)
        => workflow.GetMembers().OfType<IMethodSymbol>()
            .SelectMany(m => AttributeReader.Authored(m.GetAttributes()))
            .Where(a => FlowNames.AttributeKind(a.AttributeClass) == FlowAttribute.NodeOf)
            .Select(a => a.AttributeClass!.TypeArguments[0])
            .OfType<INamedTypeSymbol>();

    /// <summary>Most types have no attributes at all, which their syntax tells without binding anything.</summary>
    private static IEnumerable<INamedTypeSymbol> TypesWithAttributes(INamespaceOrTypeSymbol container)
    {
        foreach (ISymbol member in container.GetMembers())
        {
            if (member is not INamespaceOrTypeSymbol inner)
            {
                continue;
            }

            if (inner is INamedTypeSymbol type && type.DeclaringSyntaxReferences.Any(r => r.GetSyntax() is TypeDeclarationSyntax { AttributeLists.Count: > 0 }))
            {
                yield return type;
            }

            foreach (INamedTypeSymbol nested in TypesWithAttributes(inner))
            {
                yield return nested;
            }
        }
    }
}
