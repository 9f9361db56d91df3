using System.Globalization;
using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Model;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowGen.Analyzers;

/// <summary>Advice about node and state classes: whether their instances can be pooled, and cleaned completely (FG8002 - FG8004, FG8008), and their options (FG6019).</summary>
internal static class PooledClassRules
{
    public static IEnumerable<Issue> Check(INamedTypeSymbol type)
    {
        if (type.TypeKind != TypeKind.Class || DeclarationOrder.FirstAuthored(type) is null)
        {
            yield break;
        }

        Spot spot = new(TypeNames.Metadata(type));
        foreach (Issue option in UnknownOptions(type, spot))
        {
            yield return option;
        }

        CleanupKind cleanup = PooledReader.Cleanup(type);
        if (cleanup != CleanupKind.None)
        {
            foreach (ISymbol field in type.AllInterfaces.Any(i => FlowNames.IsFlowGen(i, "ICleanup")) ? Forgotten(type) : [])
            {
                yield return Create(Rule.CleanupForgets, spot with { Member = field.Name }, type, field.Name);
            }
        }
        else if (type.GetMembers("Cleanup").OfType<IMethodSymbol>().FirstOrDefault(m => m.Parameters.IsEmpty) is { } method)
        {
            yield return Create(Rule.CleanupByName, spot with { Member = method.Name }, type);
        }
        else if (!PooledReader.Pooling(type, CleanupKind.Sync).IsPooled)
        {
            // The author opted out.
        }
        else if (PooledReader.HasMutableState(type))
        {
            yield return Create(Rule.NotPooled, spot, type);
        }
        else if (type.AllInterfaces.Any(i => i is { Name: "IDisposable" or "IAsyncDisposable" } && FlowNames.IsFramework(i)))
        {
            yield return Create(Rule.PooledDispose, spot, type);
        }
    }

    /// <summary>Options that are no value of their enum, and negative ones (FG6019, FG6004).</summary>
    private static IEnumerable<Issue> UnknownOptions(INamedTypeSymbol type, Spot spot)
    {
        int index = 0;
        foreach (AttributeData attribute in AttributeReader.Authored(type.GetAttributes()))
        {
            Spot at = spot with { Part = SpotPart.NamedArgument, Attribute = index++ };
            foreach (KeyValuePair<string, TypedConstant> named in attribute.NamedArguments)
            {
                if (named is { Key: "Max", Value.Value: < 0 })
                {
                    yield return new Issue(Rule.Negative, at with { Name = named.Key }, EquatableArray.Of(named.Key), EquatableArray<Spot>.Empty);
                }

                if (FlowNames.AttributeKind(attribute.AttributeClass) is FlowAttribute.Node or FlowAttribute.State or FlowAttribute.Pooled && AttributeReader.IsUnknownOption(named.Value))
                {
                    yield return new Issue(
                        Rule.UnknownOption, at with { Name = named.Key },
                        EquatableArray.Of(named.Key, Convert.ToString(named.Value.Value, CultureInfo.InvariantCulture), TypeNames.Display(named.Value.Type!)), EquatableArray<Spot>.Empty);
                }
            }
        }
    }

    /// <summary>Mutable fields and properties that Cleanup() does not so much as mention.</summary>
    private static IEnumerable<ISymbol> Forgotten(INamedTypeSymbol type)
    {
        IMethodSymbol? cleanup = type.GetMembers("Cleanup").OfType<IMethodSymbol>().FirstOrDefault(m => m.Parameters.IsEmpty);
        if (cleanup is null || DeclarationOrder.FirstAuthored(cleanup)?.GetSyntax() is not MethodDeclarationSyntax syntax)
        {
            return [];
        }

        HashSet<string> mentioned = new(
            syntax.DescendantNodes().OfType<SimpleNameSyntax>().Select(n => n.Identifier.ValueText), StringComparer.Ordinal);

        // Cleanup that calls another method of the class leaves the rest to it.
        if (type.GetMembers().OfType<IMethodSymbol>().Any(m => m.MethodKind == MethodKind.Ordinary && mentioned.Contains(m.Name)))
        {
            return [];
        }

        return type.GetMembers()
            .Where(PooledReader.IsMutable)
            .Select(f => ((IFieldSymbol)f).AssociatedSymbol ?? f)
            .Where(f => !mentioned.Contains(f.Name));
    }

    private static Issue Create(string id, Spot spot, INamedTypeSymbol type, params string[] more)
        => new(id, spot, EquatableArray.Of([TypeNames.Display(type), .. more]), EquatableArray<Spot>.Empty);
}
