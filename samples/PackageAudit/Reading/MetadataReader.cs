using PackageAudit.Model;

namespace PackageAudit.Reading;

/// <summary>Reads the two small files that NuGet leaves beside a package when it installs it.</summary>
internal static class MetadataReader
{
    /// <summary><c>.nupkg.metadata</c>.</summary>
    /// <exception cref="InvalidDataException">It holds no content hash.</exception>
    public static async ValueTask<PackageMetadata> ReadAsync(string path, CancellationToken ct)
    {
        MetadataJson json = await NuGetJson.ReadAsync(path, NuGetJson.Default.MetadataJson, ct);
        return new PackageMetadata(Checked(json.ContentHash), json.Source);
    }

    /// <summary><c>.nupkg.sha512</c>.</summary>
    /// <exception cref="InvalidDataException">It holds no SHA-512.</exception>
    public static async ValueTask<InstalledHash> ReadHashAsync(string path, CancellationToken ct)
        => new(Checked((await File.ReadAllTextAsync(path, ct)).Trim()));

    private static string Checked(string? hash)
    {
        Span<byte> bytes = stackalloc byte[64];
        return hash is not null && Convert.TryFromBase64String(hash, bytes, out int length) && length == bytes.Length
            ? hash
            : throw new InvalidDataException("it holds no SHA-512 in base64");
    }
}
