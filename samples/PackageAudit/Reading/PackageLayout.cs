using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace PackageAudit.Reading;

/// <summary>One file in a package, as bytes: where its data and its line in the central directory lie.</summary>
/// <param name="Header">Position of its central directory header.</param>
/// <param name="Data">Position of its local header, where its data starts.</param>
internal readonly record struct PackageEntry(long Header, int HeaderLength, long Data, long DataLength, bool IsSignature);

/// <summary>
/// Where the parts of a package file (a zip archive) lie. NuGet's content hash is defined on these bytes, not on the files
/// inside, so <c>ZipArchive</c> cannot help.
/// </summary>
/// <param name="Entries">In order of the central directory.</param>
/// <param name="End">Position of the end-of-central-directory record.</param>
internal sealed record PackageLayout(IReadOnlyList<PackageEntry> Entries, long Directory, long End)
{
    private const int EndLength = 22;
    private const int HeaderLength = 46;

    public PackageEntry? Signature => Entries.Where(entry => entry.IsSignature).Select(entry => (PackageEntry?)entry).FirstOrDefault();

    /// <exception cref="InvalidDataException">The file is no zip archive, or is cut off.</exception>
    public static PackageLayout Read(SafeFileHandle file)
    {
        long length = RandomAccess.GetLength(file);
        byte[] tail = ReadExactly(file, Math.Max(0, length - EndLength - ushort.MaxValue), (int)Math.Min(length, EndLength + ushort.MaxValue));
        int end = tail.AsSpan().LastIndexOf("PK\x05\x06"u8);
        if (end < 0 || tail.Length - end < EndLength) throw new InvalidDataException("it has no zip directory at its end");

        ReadOnlySpan<byte> record = tail.AsSpan(end, EndLength);
        int count = BinaryPrimitives.ReadUInt16LittleEndian(record[10..]);
        uint size = BinaryPrimitives.ReadUInt32LittleEndian(record[12..]);
        uint directory = BinaryPrimitives.ReadUInt32LittleEndian(record[16..]);
        long endPosition = length - tail.Length + end;

        // NuGet cannot sign an archive in zip64 format, so such a package is unsigned and its entries do not matter.
        if (count == ushort.MaxValue || directory == uint.MaxValue) return new PackageLayout([], endPosition, endPosition);
        if (directory + (long)size > endPosition) throw new InvalidDataException("its zip directory lies outside the file");

        byte[] headers = ReadExactly(file, directory, (int)size);
        return new PackageLayout(ReadEntries(headers, count, directory), directory, endPosition);
    }

    private static PackageEntry[] ReadEntries(ReadOnlySpan<byte> headers, int count, long directory)
    {
        PackageEntry[] entries = new PackageEntry[count];
        int position = 0;
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> header = headers[position..];
            if (header.Length < HeaderLength || !header.StartsWith("PK\x01\x02"u8)) throw new InvalidDataException("its zip directory is damaged");

            int nameLength = BinaryPrimitives.ReadUInt16LittleEndian(header[28..]);
            int headerLength = HeaderLength + nameLength
                + BinaryPrimitives.ReadUInt16LittleEndian(header[30..]) + BinaryPrimitives.ReadUInt16LittleEndian(header[32..]);
            if (header.Length < headerLength) throw new InvalidDataException("its zip directory is damaged");

            bool isSignature = header.Slice(HeaderLength, nameLength).SequenceEqual(".signature.p7s"u8);
            entries[i] = new PackageEntry(directory + position, headerLength, BinaryPrimitives.ReadUInt32LittleEndian(header[42..]), 0, isSignature);
            position += headerLength;
        }

        // An entry's data ends where the next one's starts: sizes in headers may be left to a descriptor behind the data.
        long following = directory;
        foreach (int i in Enumerable.Range(0, count).OrderByDescending(i => entries[i].Data))
        {
            if (entries[i].Data >= following) throw new InvalidDataException("its zip directory is damaged");
            entries[i] = entries[i] with { DataLength = following - entries[i].Data };
            following = entries[i].Data;
        }

        return entries;
    }

    private static byte[] ReadExactly(SafeFileHandle file, long position, int length)
    {
        byte[] bytes = new byte[length];
        int filled = 0;
        while (filled < length)
        {
            int read = RandomAccess.Read(file, bytes.AsSpan(filled), position + filled);
            if (read == 0) throw new InvalidDataException("it ends too early");
            filled += read;
        }

        return bytes;
    }
}
