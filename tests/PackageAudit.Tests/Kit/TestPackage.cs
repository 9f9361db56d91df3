using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace PackageAudit.Tests.Kit;

/// <summary>Where a test puts the signature among the entries of a package file.</summary>
public enum Signing
{
    None,
    First,
    Last,
}

/// <summary>A real package file, made by the test.</summary>
/// <param name="Licence">The manifest's licence elements.</param>
public sealed record TestPackage(string Id, string Version, string Licence = """<license type="expression">MIT</license>""", Signing Signing = Signing.Last)
{
    public const string NoLicence = "";

    private byte[] Unsigned { get; } = Zip(Id, Version, Licence);

    /// <summary>What NuGet calls the content hash: of the package before it was signed.</summary>
    public string ContentHash => Convert.ToBase64String(SHA512.HashData(Unsigned));

    public byte[] File => Signing == Signing.None ? Unsigned : Sign(Unsigned, Signing == Signing.First);

    public string FileHash => Convert.ToBase64String(SHA512.HashData(File));

    public string FileName => $"{Id}.{Version}.nupkg".ToLowerInvariant();

    /// <summary>Lays it out as NuGet does, and gives the paths that a restore would list.</summary>
    public IReadOnlyList<string> Install(string packages)
    {
        string folder = Folder(packages);
        ZipFile.ExtractToDirectory(new MemoryStream(File), folder);
        System.IO.File.WriteAllBytes(Path.Combine(folder, FileName), File);
        System.IO.File.WriteAllText(Path.Combine(folder, FileName + ".sha512"), FileHash);
        System.IO.File.WriteAllText(
            Path.Combine(folder, ".nupkg.metadata"),
            JsonSerializer.Serialize(new { version = 2, contentHash = ContentHash, source = "https://feed.test/index.json" }));
        return [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/'))
            .Where(path => path != FileName)];
    }

    public string Folder(string packages) => Path.Combine(packages, Id.ToLowerInvariant(), Version.ToLowerInvariant());

    private static byte[] Zip(string id, string version, string licence)
    {
        MemoryStream stream = new();
        using (ZipArchive zip = new(stream, ZipArchiveMode.Create))
        {
            Add(id.ToLowerInvariant() + ".nuspec", $"""
                <?xml version="1.0" encoding="utf-8"?>
                <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
                  <metadata>
                    <id>{id}</id>
                    <version>{version}</version>
                    {licence}
                    <dependencies><group targetFramework=".NETStandard2.0" /></dependencies>
                  </metadata>
                </package>
                """);
            Add("lib/net8.0/" + id + ".dll", new string('x', 100_000) + id);
            Add("lib/netstandard2.0/" + id + ".dll", "another assembly of " + id);

            void Add(string name, string text)
            {
                using Stream entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return stream.ToArray();
    }

    /// <summary>
    /// Puts a file named as NuGet's signature into the archive, byte by byte: nothing else of the archive changes but offsets
    /// and counts. (It is no valid signature. The audit looks at its presence; validity is for <c>dotnet nuget verify</c>.)
    /// </summary>
    private static byte[] Sign(ReadOnlySpan<byte> zip, bool first)
    {
        ReadOnlySpan<byte> name = ".signature.p7s"u8;
        byte[] content = Encoding.ASCII.GetBytes("not a real signature");
        int end = zip.LastIndexOf("PK\x05\x06"u8);
        int entries = BinaryPrimitives.ReadUInt16LittleEndian(zip[(end + 10)..]);
        int directory = (int)BinaryPrimitives.ReadUInt32LittleEndian(zip[(end + 16)..]);
        int at = first ? 0 : directory;

        byte[] local = new byte[30 + name.Length + content.Length];
        "PK\x03\x04"u8.CopyTo(local);
        BinaryPrimitives.WriteUInt16LittleEndian(local.AsSpan(4), 20);
        BinaryPrimitives.WriteUInt32LittleEndian(local.AsSpan(14), Crc32(content));
        BinaryPrimitives.WriteUInt32LittleEndian(local.AsSpan(18), (uint)content.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(local.AsSpan(22), (uint)content.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(local.AsSpan(26), (ushort)name.Length);
        name.CopyTo(local.AsSpan(30));
        content.CopyTo(local.AsSpan(30 + name.Length));

        byte[] header = new byte[46 + name.Length];
        "PK\x01\x02"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(4), 20);
        local.AsSpan(4, 26).CopyTo(header.AsSpan(6));
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(30), 0);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(42), (uint)at);
        name.CopyTo(header.AsSpan(46));

        byte[] headers = zip[directory..end].ToArray();
        for (int i = 0, position = 0; i < entries; i++)
        {
            Span<byte> entry = headers.AsSpan(position);
            uint offset = BinaryPrimitives.ReadUInt32LittleEndian(entry[42..]);
            if (first) BinaryPrimitives.WriteUInt32LittleEndian(entry[42..], offset + (uint)local.Length);
            position += 46 + BinaryPrimitives.ReadUInt16LittleEndian(entry[28..])
                + BinaryPrimitives.ReadUInt16LittleEndian(entry[30..]) + BinaryPrimitives.ReadUInt16LittleEndian(entry[32..]);
        }

        byte[] tail = zip[end..].ToArray();
        BinaryPrimitives.WriteUInt16LittleEndian(tail.AsSpan(8), (ushort)(entries + 1));
        BinaryPrimitives.WriteUInt16LittleEndian(tail.AsSpan(10), (ushort)(entries + 1));
        BinaryPrimitives.WriteUInt32LittleEndian(tail.AsSpan(12), (uint)(headers.Length + header.Length));
        BinaryPrimitives.WriteUInt32LittleEndian(tail.AsSpan(16), (uint)(directory + local.Length));
        return [.. zip[..at], .. local, .. zip[at..directory], .. headers, .. header, .. tail];
    }

    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++) crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
        }

        return ~crc;
    }
}
