using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace PackageAudit.Reading;

/// <summary>The parts of NuGet's own files that the audit reads. Every member may be missing: nobody promises these files are whole.</summary>
internal sealed record AssetsJson(
    Dictionary<string, LibraryJson?>? Libraries,
    Dictionary<string, JsonElement>? PackageFolders,
    ProjectJson? Project);

internal sealed record LibraryJson(string? Sha512, string? Type, string? Path, IReadOnlyList<string>? Files);

internal sealed record ProjectJson(RestoreJson? Restore, Dictionary<string, FrameworkJson?>? Frameworks);

internal sealed record RestoreJson(string? ProjectName, string? ProjectPath, LockPropertiesJson? RestoreLockProperties);

internal sealed record LockPropertiesJson(string? NuGetLockFilePath);

internal sealed record FrameworkJson(IReadOnlyList<DownloadJson?>? DownloadDependencies);

internal sealed record DownloadJson(string? Name, string? Version);

internal sealed record LockJson(Dictionary<string, Dictionary<string, LockedJson?>?>? Dependencies);

internal sealed record LockedJson(string? Type, string? Resolved, string? ContentHash);

internal sealed record MetadataJson(string? ContentHash, string? Source);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AssetsJson))]
[JsonSerializable(typeof(LockJson))]
[JsonSerializable(typeof(MetadataJson))]
internal sealed partial class NuGetJson : JsonSerializerContext
{
    /// <summary>Reads a whole file.</summary>
    /// <exception cref="InvalidDataException">The file is not JSON of that shape.</exception>
    public static async ValueTask<T> ReadAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken ct)
        where T : class
    {
        await using FileStream stream = File.OpenRead(path);
        try
        {
            return await JsonSerializer.DeserializeAsync(stream, type, ct) ?? throw new InvalidDataException("it holds nothing");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"it is not valid JSON ({error.Message})", error);
        }
    }
}
