using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace FlowGen.Runtime.Tests.Api;

/// <summary>Summaries from the documentation file that the compiler writes beside an assembly, as one line of Markdown each.</summary>
internal sealed partial class XmlDocs
{
    internal const string Undocumented = "(undocumented)";

    private readonly Dictionary<string, XElement> _summaries;

    private XmlDocs(Dictionary<string, XElement> summaries) => _summaries = summaries;

    internal static XmlDocs Of(Assembly assembly) => new(
        XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member")
            .Select(member => (Id: member.Attribute("name")!.Value, Summary: member.Element("summary") ?? Inherited(member)))
            .Where(member => member.Summary is not null)
            .ToDictionary(member => member.Id, member => member.Summary!, StringComparer.Ordinal));

    internal string Summary(MemberInfo member) =>
        _summaries.TryGetValue(IdOf(member), out XElement? summary) ? Spaces().Replace(Text(summary), " ").Trim() : Undocumented;

    internal string FirstSentence(MemberInfo member)
    {
        string summary = Summary(member);
        if (member is ConstructorInfo && (IsImplicit(member) || string.Equals(summary, Summary(member.DeclaringType!), StringComparison.Ordinal)))
        {
            return "Constructs it.";
        }

        Match end = SentenceEnd().Match(summary);
        return end.Success ? summary[..(end.Index + 1)] : summary;
    }

    /// <summary>A constructor that the compiler adds has no documentation.</summary>
    private bool IsImplicit(MemberInfo constructor) => !_summaries.ContainsKey(IdOf(constructor));

    private static XElement? Inherited(XElement member) =>
        member.Element("inheritdoc") is null ? null : new XElement("summary", "As its interface or base class says.");

    private static string Text(XElement element) => string.Concat(element.Nodes().Select(node => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" or "paramref" or "typeparamref" } link =>
            $"`{Short(link.Attribute("cref")?.Value ?? link.Attribute("langword")?.Value ?? link.Attribute("name")!.Value)}`",
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement other => Text(other),
        _ => string.Empty,
    }));

    /// <summary><c>P:FlowGen.FlowGraph.Nodes</c> as <c>FlowGraph.Nodes</c>; types without their namespace.</summary>
    private static string Short(string cref)
    {
        string name = Arity().Replace(cref.Split('(')[0], string.Empty);
        string[] parts = name.Split(':')[^1].Split('.');
        return cref.StartsWith("T:", StringComparison.Ordinal) || parts.Length < 2 ? parts[^1] : $"{parts[^2]}.{parts[^1]}";
    }

    private static string IdOf(MemberInfo member) => member switch
    {
        Type type => $"T:{TypeId(type)}",
        ConstructorInfo constructor => $"M:{TypeId(constructor.DeclaringType!)}.#ctor{Parameters(constructor)}",
        MethodInfo method => $"M:{TypeId(method.DeclaringType!)}.{method.Name}"
            + (method.IsGenericMethod ? $"``{method.GetGenericArguments().Length}" : string.Empty)
            + Parameters(method)
            + (method.Name is "op_Implicit" or "op_Explicit" ? $"~{ReferenceId(method.ReturnType)}" : string.Empty),
        PropertyInfo property => $"P:{TypeId(property.DeclaringType!)}.{property.Name}" + List(property.GetIndexParameters()),
        FieldInfo field => $"F:{TypeId(field.DeclaringType!)}.{field.Name}",
        EventInfo @event => $"E:{TypeId(@event.DeclaringType!)}.{@event.Name}",
        _ => throw new ArgumentOutOfRangeException(nameof(member)),
    };

    private static string TypeId(Type type) => type.FullName!.Replace('+', '.');

    private static string Parameters(MethodBase method) => List(method.GetParameters());

    private static string List(ParameterInfo[] parameters) =>
        parameters.Length == 0 ? string.Empty : $"({string.Join(',', parameters.Select(parameter => ReferenceId(parameter.ParameterType)))})";

    private static string ReferenceId(Type type)
    {
        if (type.IsByRef)
        {
            return ReferenceId(type.GetElementType()!) + "@";
        }

        if (type.IsArray)
        {
            return ReferenceId(type.GetElementType()!) + "[]";
        }

        if (type.IsGenericParameter)
        {
            return (type.DeclaringMethod is null ? "`" : "``") + type.GenericParameterPosition;
        }

        return type.IsGenericType
            ? $"{type.GetGenericTypeDefinition().FullName!.Split('`')[0].Replace('+', '.')}{{{string.Join(',', type.GetGenericArguments().Select(ReferenceId))}}}"
            : TypeId(type);
    }

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Spaces();

    [GeneratedRegex(@"\.(?= [A-Z`])", RegexOptions.None, 1000)]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(@"`+\d+", RegexOptions.None, 1000)]
    private static partial Regex Arity();
}
