using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Linking;
using FlowGen.Generator.Model;
using FlowGen.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowGen.Diagnostics.Tests.Refactoring;

/// <summary>A few files with workflows, what FlowGen makes of them, and where in the syntax they stand: to be edited and read again.</summary>
internal sealed class Subject
{
    private static readonly HashSet<string> s_references =
        ["System.Private.CoreLib", "System.Runtime", "System.Collections", "System.Linq", "System.Threading", "System.Threading.Tasks", "System.Private.Uri", "FlowGen"];

    private readonly CSharpCompilation _compilation;
    private readonly Lazy<IReadOnlyDictionary<string, LinkedResult>> _linked;
    private IReadOnlyList<WorkflowClass>? _workflows;

    private Subject(CSharpCompilation compilation)
    {
        _compilation = compilation;
        _linked = new(Link);
    }

    /// <summary>Only with what signatures need: every edit makes a compilation, and what that costs grows with its references.</summary>
    public static Subject Of(params string[] files)
    {
        CSharpCompilation compilation = FlowCompiler.CreateCompilation(Live.Options, [FlowCompiler.Usings + Tests.Bound.Prelude, .. files]);
        return new(compilation.WithReferences(compilation.References.Where(r => s_references.Contains(Path.GetFileNameWithoutExtension(r.Display!)))));
    }

    /// <summary>By key, sound or not.</summary>
    public IReadOnlyDictionary<string, LinkedResult> Linked => _linked.Value;

    public BoundWorkflow? Bound(string key) => Linked.GetValueOrDefault(key)?.Linked?.Root;

    /// <summary>Null for a workflow that has errors.</summary>
    public Wiring? GraphOf(string key) => Bound(key) is { } bound ? Wiring.Of(bound) : null;

    /// <summary>The sound ones.</summary>
    public IReadOnlyList<WorkflowClass> Workflows
        => _workflows ??= [.. Linked.Values.Where(w => w.Linked is not null).Select(w => new WorkflowClass(this, w))];

    /// <summary>What the C# compiler itself has against the declarations, but for bodies that FlowGen would add.</summary>
    public IEnumerable<Diagnostic> CompilerErrors => _compilation.GetDeclarationDiagnostics()
        .Where(d => d.DefaultSeverity == DiagnosticSeverity.Error && d.Id is not ("CS8795" or "CS9248"));

    public SemanticModel ModelOf(SyntaxTree tree) => _compilation.GetSemanticModel(tree);

    /// <summary>Whether a class is another or derives from it.</summary>
    public bool Inherits(string derived, string from)
    {
        INamedTypeSymbol sought = _compilation.GetTypeByMetadataName(from)!;
        for (INamedTypeSymbol? type = _compilation.GetTypeByMetadataName(derived); type is not null; type = type.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, sought))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The parts of a class, in the order of files.</summary>
    public IReadOnlyList<TypeDeclarationSyntax> PartsOf(string key)
        =>
        [
            .. _compilation.GetTypeByMetadataName(key)!.DeclaringSyntaxReferences
                .OrderBy(r => _compilation.SyntaxTrees.IndexOf(r.SyntaxTree)).ThenBy(r => r.Span.Start)
                .Select(r => (TypeDeclarationSyntax)r.GetSyntax()),
        ];

    /// <summary>The same files after an edit of syntax.</summary>
    public Subject With(IEnumerable<SyntaxNode> nodes, Func<SyntaxNode, SyntaxNode?> edit)
    {
        CSharpCompilation edited = _compilation;
        foreach (IGrouping<SyntaxTree, SyntaxNode> file in nodes.GroupBy(n => n.SyntaxTree))
        {
            SyntaxNode root = file.Key.GetRoot().TrackNodes(file);
            foreach (SyntaxNode node in file)
            {
                SyntaxNode current = root.GetCurrentNode(node)!;
                root = edit(node) is { } with ? root.ReplaceNode(current, with) : root.RemoveNode(current, SyntaxRemoveOptions.KeepNoTrivia)!;
            }

            edited = edited.ReplaceSyntaxTree(file.Key, Read(file.Key, root));
        }

        return new Subject(edited);
    }

    public Subject With(IEnumerable<SyntaxToken> tokens, string text)
    {
        CSharpCompilation edited = _compilation;
        foreach (IGrouping<SyntaxTree, SyntaxToken> file in tokens.GroupBy(t => t.SyntaxTree!))
        {
            SyntaxNode root = file.Key.GetRoot().ReplaceTokens(file, (token, _) => SyntaxFactory.Identifier(text).WithTriviaFrom(token));
            edited = edited.ReplaceSyntaxTree(file.Key, Read(file.Key, root));
        }

        return new Subject(edited);
    }

    /// <summary>From text, as a compiler would see it.</summary>
    private static SyntaxTree Read(SyntaxTree before, SyntaxNode root)
        => CSharpSyntaxTree.ParseText(root.ToFullString(), (CSharpParseOptions)before.Options, before.FilePath, before.Encoding);

    private Dictionary<string, LinkedResult> Link()
    {
        IReadOnlyList<BindResult> bound = [.. Tests.Bound.Parse(_compilation).Select(m => WorkflowBinder.Bind(m, CancellationToken.None))];
        return WorkflowLinker.Link(bound, CancellationToken.None).Workflows.ToDictionary(w => w.Surface.Key, StringComparer.Ordinal);
    }
}

/// <summary>A sound workflow of a subject, and its syntax.</summary>
internal sealed class WorkflowClass(Subject subject, LinkedResult linked)
{
    private IReadOnlyList<BoundNode>? _nodes;

    public Subject Subject => subject;

    public string Key => linked.Surface.Key;

    /// <summary>Whether the members of a workflow are members of this one too: it is the same or a base class.</summary>
    public bool Has(WorkflowClass workflow) => subject.Inherits(Key, workflow.Key);

    public BoundWorkflow Bound => linked.Linked!.Root;

    public Wiring Graph { get; } = Wiring.Of(linked.Linked!.Root);

    public IReadOnlyList<TypeDeclarationSyntax> Parts { get; } = subject.PartsOf(linked.Surface.Key);

    public IEnumerable<MethodDeclarationSyntax> Methods => Parts.SelectMany(p => p.Members).OfType<MethodDeclarationSyntax>();

    /// <summary>The nodes to edit: all that stand in the class itself, or of a very large one some.</summary>
    public IReadOnlyList<BoundNode> Nodes => _nodes ??= Some(Bound.Nodes.Where(n => Find(n) is not null));

    /// <summary>Some node can never run, so it excludes whatever else there is (FG4011).</summary>
    public bool HasDeadNodes => linked.Issues.Any(i => i.Id == Rule.NeverRuns);

    /// <summary>The same files with another member.</summary>
    public Subject With(string member) => subject.With([Parts[0]], _ => Parts[0].AddMembers(SyntaxFactory.ParseMemberDeclaration("\n" + member)!));

    /// <summary>The declaration of a node.</summary>
    public MethodDeclarationSyntax Declaration(BoundNode node) => Find(node)!;

    /// <summary>The one body-less method that is the contract; null where a base class has it.</summary>
    public MethodDeclarationSyntax? Entry => Methods.FirstOrDefault(m => m.Identifier.ValueText is "Run" or "RunAsync" && m.Body is null && m.ExpressionBody is null);

    /// <summary>The names of all parameters to which values are bound.</summary>
    public IReadOnlyList<string> ParameterNames { get; } = Some(Parameters(linked));

    /// <summary>Names that would change something if it were only a matter of names: those of parameters, where no member has them yet.</summary>
    public IReadOnlyList<string> TemptingNames { get; } = Some(Tempting(subject, linked));

    /// <summary>At most 16, evenly spread.</summary>
    public static IReadOnlyList<T> Some<T>(IEnumerable<T> all)
    {
        T[] items = [.. all];
        int step = 1 + (items.Length / 16);
        return [.. items.Where((_, i) => i % step == 0)];
    }

    private MethodDeclarationSyntax? Find(BoundNode node) => Methods.FirstOrDefault(m => m.Identifier.ValueText == node.MethodName.TrimStart('@'));

    private static IEnumerable<string> Tempting(Subject subject, LinkedResult linked)
    {
        TypeDeclarationSyntax part = subject.PartsOf(linked.Surface.Key)[0];
        HashSet<string> taken = [.. subject.ModelOf(part.SyntaxTree).GetDeclaredSymbol(part)!.GetMembers().Select(m => m.Name)];
        return Parameters(linked)
            .Select(name => char.ToUpperInvariant(name[0]) + name[1..])
            .Where(name => !taken.Contains(name) && !taken.Contains(name + "Async") && SyntaxFacts.IsValidIdentifier(name));
    }

    private static IEnumerable<string> Parameters(LinkedResult linked)
        => linked.Linked!.Root.Nodes.SelectMany(n => n.Arguments).Concat(linked.Linked!.Root.Predicates.SelectMany(p => p.Arguments))
            .Where(a => a.Value is not null)
            .Select(a => a.Parameter)
            .Distinct(StringComparer.Ordinal);
}
