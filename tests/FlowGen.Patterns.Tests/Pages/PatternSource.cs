using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Patterns.Pages;

/// <summary>
/// What the source file of a pattern says. The documentation of its first type is the text of the page: its summary defines the pattern, its remarks say how FlowGen has it.
/// Everything behind that documentation is the code that the page shows.
/// </summary>
internal sealed partial record PatternSource(string Definition, IReadOnlyList<string> Remarks, string Code)
{
    public static PatternSource Parse(string text)
    {
        Match match = DocumentationPattern().Match(text);
        if (!match.Success)
        {
            throw new FormatException("The first type of a pattern must have a documentation: " + text);
        }

        string xml = string.Join('\n', match.Value.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim()[3..]));
        XElement documentation = XElement.Parse($"<doc>{xml}</doc>");
        XElement? remarks = documentation.Element("remarks");
        IEnumerable<XElement> paragraphs = remarks is null ? [] : remarks.Elements("para").DefaultIfEmpty(remarks);
        return new PatternSource(Markdown(documentation.Element("summary")!), [.. paragraphs.Select(Markdown)], text[(match.Index + match.Length)..].Trim('\n'));
    }

    /// <summary>Where the code declares a type; -1 where it does not.</summary>
    public int PositionOf(string type)
        => Regex.Match(Code, $@"\b(class|record|interface|enum|struct)\s+{Regex.Escape(type)}\b") is { Success: true } match ? match.Index : -1;

    private static string Markdown(XElement element)
        => BlankPattern().Replace(string.Concat(element.Nodes().Select(Markdown)), " ").Trim();

    private static string Markdown(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" } see => $"`{Name(see.Attribute("cref")?.Value ?? see.Attribute("langword")!.Value)}`",
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement other => Markdown(other),
        _ => "",
    };

    /// <summary>As it is written in code: an attribute in brackets, a member without its type.</summary>
    private static string Name(string cref)
    {
        string name = cref.Split('.')[^1];
        return name.EndsWith("Attribute", StringComparison.Ordinal) ? $"[{name[..^"Attribute".Length]}]" : name;
    }

    [GeneratedRegex(@"(^///[^\n]*\n)+", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex DocumentationPattern();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex BlankPattern();
}
