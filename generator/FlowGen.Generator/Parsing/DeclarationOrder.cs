using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Parsing;

/// <summary>Declaration order: the path of the file (ordinal), then the position in it. Partial parts never matter.</summary>
internal static class DeclarationOrder
{
    /// <summary>The members of <paramref name="type"/> that an author wrote, in order.</summary>
    public static ImmutableArray<ISymbol> Members(INamedTypeSymbol type)
    {
        List<(ISymbol Symbol, SyntaxReference Where)> members = [];
        foreach (ISymbol member in type.GetMembers())
        {
            if (!member.IsImplicitlyDeclared && FirstAuthored(member) is { } where)
            {
                members.Add((member, where));
            }
        }

        members.Sort((a, b) => Compare(a.Where, b.Where));
        return members.Select(m => m.Symbol).ToImmutableArray();
    }

    /// <summary>The author's members called <paramref name="name"/>, in order; a spot counts them.</summary>
    public static IEnumerable<ISymbol> Members(INamedTypeSymbol type, string name)
        => type.GetMembers(name)
            .Where(m => !m.IsImplicitlyDeclared)
            .Select(m => (Symbol: m, Where: FirstAuthored(m)))
            .Where(m => m.Where is not null)
            .OrderBy(m => m.Where!, Comparer<SyntaxReference>.Create(Compare))
            .Select(m => m.Symbol);

    /// <summary>Where the author declared it first.</summary>
    public static SyntaxReference? FirstAuthored(ISymbol symbol)
    {
        SyntaxReference? first = null;
        foreach (SyntaxReference reference in symbol.DeclaringSyntaxReferences)
        {
            if (!GeneratedTrees.IsGenerated(reference.SyntaxTree) && (first is null || Compare(reference, first) < 0))
            {
                first = reference;
            }
        }

        return first;
    }

    public static int Compare(SyntaxReference a, SyntaxReference b)
    {
        int byPath = string.CompareOrdinal(a.SyntaxTree.FilePath, b.SyntaxTree.FilePath);
        return byPath != 0 ? byPath : a.Span.Start.CompareTo(b.Span.Start);
    }
}
