using System.Reflection;
using System.Text.RegularExpressions;

namespace Patterns.Pages;

/// <summary>
/// A pattern of this assembly: everything in one namespace <c>Patterns.P01_Sequence</c>, written in <c>Patterns/P01_Sequence.cs</c>. Its workflows are the classes of that
/// file that have a graph.
/// </summary>
internal sealed partial class Pattern
{
    private readonly Type[] _types;

    private Pattern(string @namespace, IEnumerable<Type> types)
    {
        string name = @namespace[(@namespace.LastIndexOf('.') + 1)..];
        Number = int.Parse(name.AsSpan(1, 2));
        SourcePath = $"tests/FlowGen.Patterns.Tests/Patterns/{name}.cs";
        TestsPath = $"tests/FlowGen.Patterns.Tests/Tests/{name}Tests.cs";
        Source = PatternSource.Parse(File.ReadAllText(Path.Combine(Repository.Root, SourcePath)).ReplaceLineEndings("\n"));
        _types = [.. types.Where(type => Source.PositionOf(type.Name) >= 0).OrderBy(type => Source.PositionOf(type.Name))];
    }

    /// <summary>All patterns of the assembly, by number.</summary>
    public static IReadOnlyList<Pattern> All { get; } =
    [
        .. typeof(Pattern).Assembly.GetTypes()
            .Where(type => !type.IsNested && NamespacePattern().IsMatch(type.Namespace ?? ""))
            .GroupBy(type => type.Namespace!, StringComparer.Ordinal)
            .Select(group => new Pattern(group.Key, group))
            .OrderBy(pattern => pattern.Number),
    ];

    public int Number { get; }

    public string Name => PatternCatalogue.Name(Number);

    /// <summary>Its source file, from the root of the repository.</summary>
    public string SourcePath { get; }

    /// <summary>The file of its tests, likewise.</summary>
    public string TestsPath { get; }

    public PatternSource Source { get; }

    /// <summary>Those of its workflows that are part of no other.</summary>
    public IReadOnlyList<(string Name, FlowGraph Graph)> Workflows
    {
        get
        {
            FlowDescriptor[] all = [.. _types.Select(type => Static<FlowDescriptor>(type, "Descriptor")).OfType<FlowDescriptor>()];
            HashSet<string> parts = [.. all.SelectMany(one => one.Children.Where(child => child.WorkflowId != one.Id)).Select(child => child.WorkflowId)];
            return [.. all.Where(one => !parts.Contains(one.Id)).Select(one => (one.Type.Name, one.Graph))];
        }
    }

    /// <summary>The attributes of FlowGen that it is written with, those of every workflow left out.</summary>
    public IEnumerable<string> Attributes => _types
        .SelectMany(type => type.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            .SelectMany(method => method.GetParameters().Append(method.ReturnParameter).SelectMany(parameter => parameter.CustomAttributes).Concat(method.CustomAttributes))
            .Concat(type.CustomAttributes))
        .Select(attribute => attribute.AttributeType)
        .Where(type => type.Namespace == "FlowGen")
        .Select(type => NoisePattern().Replace(type.Name, "") + (type.IsGenericType ? "<T>" : ""))
        .Where(name => name is not ("Workflow" or "Node"))
        .Distinct(StringComparer.Ordinal)
        .Order(StringComparer.Ordinal);

    private static T? Static<T>(Type type, string property)
        where T : class
        => type.IsGenericTypeDefinition ? null : type.GetProperty(property, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)?.GetValue(obj: null) as T;

    [GeneratedRegex(@"^Patterns\.P\d\d_\w+$", RegexOptions.CultureInvariant)]
    private static partial Regex NamespacePattern();

    [GeneratedRegex("Attribute(`1)?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex NoisePattern();
}
