using System.Text;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Parsing;

/// <summary>Copies documentation comments. Asking the compiler for one is dear, so only members that have one are asked.</summary>
internal static class Documentation
{
    /// <summary>Everything inside of the comment, references resolved; empty when there is none or it is malformed.</summary>
    public static string Inner(ISymbol symbol)
    {
        if (Read(symbol) is not { } comment)
        {
            return "";
        }

        StringBuilder text = new();
        foreach (XNode node in comment.Nodes())
        {
            text.Append(node.ToString(SaveOptions.DisableFormatting));
        }

        return text.ToString().Replace("\r\n", "\n").Trim();
    }

    /// <summary>The text of the summary in one line.</summary>
    public static string Summary(ISymbol symbol)
        => Read(symbol)?.Element("summary") is { } summary ? OneLine(summary) : "";

    private static string OneLine(XElement summary)
    {
        StringBuilder text = new();
        foreach (XNode node in summary.DescendantNodes())
        {
            if (node is XText words)
            {
                text.Append(words.Value);
            }
            else if (node is XElement { IsEmpty: true } reference)
            {
                text.Append(LastSegment(reference.Attributes().FirstOrDefault()?.Value ?? ""));
            }
        }

        return string.Join(" ", text.ToString().Split([' ', '\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary><c>M:Shop.Checkout.Price(Shop.Cart)</c> is <c>Price</c> to a reader.</summary>
    private static string LastSegment(string reference)
    {
        int arguments = reference.IndexOf('(');
        string name = arguments < 0 ? reference : reference.Substring(0, arguments);
        return name.Substring(Math.Max(name.LastIndexOf('.'), name.LastIndexOf(':')) + 1);
    }

    private static XElement? Read(ISymbol symbol)
    {
        if (DeclarationOrder.FirstAuthored(symbol)?.GetSyntax() is not { HasStructuredTrivia: true }
            || symbol.GetDocumentationCommentXml() is not { Length: > 0 } xml)
        {
            return null;
        }

        try
        {
            return XElement.Parse(xml, LoadOptions.PreserveWhitespace);
        }
        catch (XmlException)
        {
            // The C# compiler tells the author about malformed XML.
            return null;
        }
    }
}
