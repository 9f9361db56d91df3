using System.ComponentModel;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace FlowGen.Runtime.Tests.Api;

/// <summary>
/// Every public type and member of an assembly as Markdown: the signature from reflection, the line beside it from the XML documentation.
/// Left out: what only generated code uses (a namespace, and members hidden from editors), equality, and overrides of <see cref="object"/>.
/// </summary>
internal sealed class ApiListing
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private readonly XmlDocs _docs;
    private readonly StringBuilder _text = new();

    private ApiListing(Assembly assembly) => _docs = XmlDocs.Of(assembly);

    /// <param name="assembly">Built with documentation beside it.</param>
    /// <param name="hiddenNamespace">Types of it are left out.</param>
    /// <param name="groups">Headings, each with the types below it; types that no group names come last.</param>
    internal static string Of(Assembly assembly, string hiddenNamespace, IReadOnlyList<(string Heading, string[] Types)> groups)
    {
        var listing = new ApiListing(assembly);
        var types = assembly.GetExportedTypes()
            .Where(type => !string.Equals(type.Namespace, hiddenNamespace, StringComparison.Ordinal))
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .ToList();
        foreach ((string heading, string[] names) in groups)
        {
            List<Type> members = [.. names.SelectMany(name => types.Where(type => string.Equals(NameOf(type), name, StringComparison.Ordinal)))];
            listing.Group(heading, members);
            types.RemoveAll(members.Contains);
        }

        listing.Group("More", types);
        return listing._text.ToString();
    }

    private static string NameOf(Type type) => type.Name.Split('`')[0];

    private void Group(string heading, List<Type> types)
    {
        if (types.Count == 0)
        {
            return;
        }

        _text.Append("\n## ").Append(heading).Append('\n');
        foreach (Type type in types)
        {
            _text.Append("\n### `").Append(ApiSignature.Name(type)).Append("`\n");
            _text.Append("\n`").Append(ApiSignature.Of(type)).Append("`\n\n").Append(_docs.Summary(type));
            if (type.GetCustomAttribute<AttributeUsageAttribute>(inherit: false) is { } usage)
            {
                _text.Append(" Stands on: ").Append(usage.ValidOn).Append(usage.AllowMultiple ? "; may repeat." : ".");
            }

            _text.Append('\n');
            Members(type);
        }
    }

    private void Members(Type type)
    {
        List<(string Signature, string Summary)> members = type.IsEnum
            ? [.. type.GetFields(BindingFlags.Public | BindingFlags.Static)
                .OrderBy(field => Convert.ToInt64(field.GetRawConstantValue()))
                .Select(field => ($"{field.Name} = {field.GetRawConstantValue()}", _docs.FirstSentence(field)))]
            : [.. type.GetMembers(Declared)
                .Where(IsListed)
                .OrderBy(Rank)
                .ThenBy(member => member.Name, StringComparer.Ordinal)
                .ThenBy(ApiSignature.Of, StringComparer.Ordinal)
                .Select(member => (ApiSignature.Of(member), _docs.FirstSentence(member)))];
        if (members.Count > 0)
        {
            _text.Append('\n');
        }

        foreach ((string signature, string summary) in members)
        {
            _text.Append("- `").Append(signature).Append("`: ").Append(summary).Append('\n');
        }
    }

    private static bool IsListed(MemberInfo member) => member switch
    {
        Type => false,
        _ when member.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) => false,
        _ when member.GetCustomAttribute<EditorBrowsableAttribute>(inherit: false) is { State: EditorBrowsableState.Never } => false,
        ConstructorInfo constructor => IsVisible(constructor),
        MethodInfo method => IsVisible(method) && (!method.IsSpecialName || IsConversion(method)) && !IsOfObject(method),
        PropertyInfo property => property.GetAccessors(nonPublic: true).Any(IsVisible),
        FieldInfo field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly,
        EventInfo @event => @event.AddMethod is { } add && IsVisible(add),
        _ => false,
    };

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsConversion(MethodInfo method) => method.Name is "op_Implicit" or "op_Explicit";

    private static bool IsOfObject(MethodInfo method) =>
        (method.IsVirtual && method.GetBaseDefinition().DeclaringType == typeof(object)) || method.Name is "Equals";

    private static int Rank(MemberInfo member) => member.MemberType switch
    {
        MemberTypes.Constructor => 0,
        MemberTypes.Field => 1,
        MemberTypes.Property => 2,
        MemberTypes.Event => 3,
        _ => 4,
    };
}
