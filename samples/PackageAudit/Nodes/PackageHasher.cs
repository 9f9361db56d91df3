using System.Buffers.Binary;
using System.Security.Cryptography;
using FlowGen;
using Microsoft.Win32.SafeHandles;
using PackageAudit.Model;
using PackageAudit.Reading;

namespace PackageAudit.Nodes;

/// <summary>
/// Computes the two hashes that NuGet knows of a package file. The <em>file hash</em> is SHA-512 of the file as it is. The
/// <em>content hash</em>, which locks and restores record, is SHA-512 of the file as it was before it was signed: without the
/// signature's data and directory line, with offsets and counts set back. For an unsigned package both are the same.
/// The buffer and the hash object are kept from package to package.
/// </summary>
[Node, Pooled(Max = 32)]
internal sealed class PackageHasher : ICleanup
{
    private readonly byte[] _buffer = new byte[256 * 1024];
    private readonly IncrementalHash _sha512 = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);

    /// <exception cref="IOException">The package file is missing or cannot be read.</exception>
    public PackageHashes Execute(PackageFolder folder, CancellationToken ct)
    {
        using SafeFileHandle file = File.OpenHandle(folder.Package);
        Append(file, 0, RandomAccess.GetLength(file), ct);
        string fileHash = Take();

        PackageLayout layout;
        try
        {
            layout = PackageLayout.Read(file);
        }
        catch (InvalidDataException error)
        {
            return new PackageHashes(fileHash, ContentHash: null, Signed: null, error.Message);
        }

        if (layout.Signature is not { } signature) return new PackageHashes(fileHash, ContentHash: fileHash, Signed: false, Problem: null);

        AppendUnsigned(file, layout, signature, ct);
        return new PackageHashes(fileHash, Take(), Signed: true, Problem: null);
    }

    /// <summary>A cancelled execution leaves half a hash behind: the next package must not inherit it.</summary>
    public void Cleanup() => Reset(stackalloc byte[SHA512.HashSizeInBytes]);

    private void AppendUnsigned(SafeFileHandle file, PackageLayout layout, PackageEntry signature, CancellationToken ct)
    {
        // The data of the files, in the order in which they lie there.
        Append(file, 0, layout.Entries.Min(entry => entry.Data), ct);
        foreach (PackageEntry entry in layout.Entries.Where(entry => !entry.IsSignature).OrderBy(entry => entry.Data))
        {
            Append(file, entry.Data, entry.Data + entry.DataLength, ct);
        }

        // The directory; data that lay behind the signature moves up.
        foreach (PackageEntry entry in layout.Entries.Where(entry => !entry.IsSignature))
        {
            const int OffsetField = 42;
            Append(file, entry.Header, entry.Header + OffsetField, ct);
            AppendUInt32((uint)(entry.Data > signature.Data ? entry.Data - signature.DataLength : entry.Data));
            Append(file, entry.Header + OffsetField + sizeof(uint), entry.Header + entry.HeaderLength, ct);
        }

        // The end record: one entry less, a shorter directory, which starts earlier.
        Span<byte> end = stackalloc byte[20];
        if (RandomAccess.Read(file, end, layout.End) != end.Length) throw new EndOfStreamException();
        ushort entries = (ushort)(layout.Entries.Count - 1);
        BinaryPrimitives.WriteUInt16LittleEndian(end[8..], entries);
        BinaryPrimitives.WriteUInt16LittleEndian(end[10..], entries);
        BinaryPrimitives.WriteUInt32LittleEndian(end[12..], BinaryPrimitives.ReadUInt32LittleEndian(end[12..]) - (uint)signature.HeaderLength);
        BinaryPrimitives.WriteUInt32LittleEndian(end[16..], (uint)(layout.Directory - signature.DataLength));
        _sha512.AppendData(end);
        Append(file, layout.End + end.Length, RandomAccess.GetLength(file), ct);
    }

    private void Append(SafeFileHandle file, long from, long to, CancellationToken ct)
    {
        while (from < to)
        {
            ct.ThrowIfCancellationRequested();
            int read = RandomAccess.Read(file, _buffer.AsSpan(0, (int)Math.Min(_buffer.Length, to - from)), from);
            if (read == 0) throw new EndOfStreamException("The file became shorter while it was read.");
            _sha512.AppendData(_buffer, 0, read);
            from += read;
        }
    }

    private void AppendUInt32(uint value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        _sha512.AppendData(bytes);
    }

    private string Take()
    {
        Span<byte> hash = stackalloc byte[SHA512.HashSizeInBytes];
        Reset(hash);
        return Convert.ToBase64String(hash);
    }

    private void Reset(Span<byte> hash) => _sha512.TryGetHashAndReset(hash, out _);
}
