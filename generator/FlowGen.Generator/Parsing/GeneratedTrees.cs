using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Parsing;

/// <summary>
/// Tells what an author wrote from what generators added. The generator never sees generated code and the analyzer always does; both
/// have to read the same workflow, so the parser passes over everything that is declared in generated trees only.
/// </summary>
internal static class GeneratedTrees
{
    private const string OwnFolder = "FlowGen.Generator";

    public static bool IsGenerated(SyntaxTree tree) => IsGenerated(tree.FilePath);

    /// <summary>
    /// The compiler names such a tree <c>[folder/]GeneratorAssembly/Generator.Type.Name/hint.g.cs</c>. A file that an author checked in
    /// under a name like <c>X.g.cs</c> is theirs.
    /// </summary>
    public static bool IsGenerated(string path)
    {
        if (!path.EndsWith(".g.cs", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        string[] segments = path.Split('/', '\\');
        if (segments.Length < 3)
        {
            return false;
        }

        string assembly = segments[segments.Length - 3];
        string generator = segments[segments.Length - 2];
        return assembly == OwnFolder || generator.StartsWith(assembly + ".", StringComparison.Ordinal);
    }

    /// <summary>Declared by nobody but generators.</summary>
    public static bool IsGeneratedOnly(ISymbol symbol)
    {
        if (symbol.DeclaringSyntaxReferences.IsEmpty)
        {
            return false;
        }

        foreach (SyntaxReference reference in symbol.DeclaringSyntaxReferences)
        {
            if (!IsGenerated(reference.SyntaxTree))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The author's body, if there is one: the implementing part of a partial method counts only outside of generated trees.</summary>
    public static bool HasAuthoredBody(IMethodSymbol method)
        => !IsPartialDefinition(method)
            ? !method.IsAbstract && !method.IsExtern
            : method.OriginalDefinition.PartialImplementationPart is { } part && !IsGeneratedOnly(part);

    /// <summary>Members of a constructed type do not say that they are partial; those of its definition do.</summary>
    public static bool IsPartialDefinition(IMethodSymbol method) => method.OriginalDefinition.IsPartialDefinition;
}
