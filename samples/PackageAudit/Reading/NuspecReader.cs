using System.Xml;
using PackageAudit.Model;

namespace PackageAudit.Reading;

/// <summary>Reads a package's manifest. Its namespace changed with the years, so elements are known by their local names.</summary>
internal static class NuspecReader
{
    // What tools write into the old element when the new one says it all.
    private const string DeprecatedUrl = "https://aka.ms/deprecateLicenseUrl";

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreWhitespace = true,
    };

    /// <exception cref="InvalidDataException">The file is not a manifest.</exception>
    public static Nuspec Read(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Read(stream);
    }

    /// <exception cref="InvalidDataException">The stream is not a manifest.</exception>
    public static Nuspec Read(Stream stream)
    {
        try
        {
            using XmlReader xml = XmlReader.Create(stream, Settings);
            return ReadMetadata(xml);
        }
        catch (XmlException error)
        {
            throw new InvalidDataException($"it is not well-formed XML ({error.Message})", error);
        }
    }

    private static Nuspec ReadMetadata(XmlReader xml)
    {
        string? id = null, version = null, licence = null, licenceType = null, licenceUrl = null;
        SortedSet<string> frameworks = new(StringComparer.OrdinalIgnoreCase);
        bool isManifest = false;

        xml.Read();
        while (!xml.EOF)
        {
            if (xml.NodeType != XmlNodeType.Element)
            {
                xml.Read();
                continue;
            }

            // Depth 0 package, 1 metadata, 2 what it says, 3 groups of dependencies.
            switch (xml.Depth, xml.LocalName)
            {
                case (1, "metadata"): isManifest = true; xml.Read(); break;
                case (2, "id"): id = Text(xml); break;
                case (2, "version"): version = Text(xml); break;
                case (2, "licenseUrl"): licenceUrl = Text(xml); break;
                case (2, "license"):
                    licenceType = xml.GetAttribute("type");
                    licence = Text(xml);
                    break;
                case (3, "group"):
                    if (xml.GetAttribute("targetFramework") is { Length: > 0 } framework) frameworks.Add(FrameworkNames.Shorten(framework));
                    xml.Read();
                    break;
                default: xml.Read(); break;
            }
        }

        if (!isManifest) throw new InvalidDataException("it is not a package manifest");
        if (string.IsNullOrEmpty(id) || string.IsNullOrEmpty(version)) throw new InvalidDataException("it names no id or no version");

        (LicenceKind kind, string text) = (licenceType, licence, licenceUrl) switch
        {
            ("expression", { Length: > 0 }, _) => (LicenceKind.Expression, licence),
            ("file", { Length: > 0 }, _) => (LicenceKind.File, licence),
            (_, _, { Length: > 0 } and not DeprecatedUrl) => (LicenceKind.Url, licenceUrl),
            _ => (LicenceKind.None, ""),
        };
        return new Nuspec(id, version, kind, text, [.. frameworks]);
    }

    private static string Text(XmlReader xml) => xml.ReadElementContentAsString().Trim();
}
