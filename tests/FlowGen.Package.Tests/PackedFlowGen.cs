using System.IO.Compression;
using System.Xml.Linq;

namespace FlowGen.Package.Tests;

/// <summary>
/// FlowGen packed once for all tests, under a version that no feed or cache can hold, and consumers that are built against that
/// package alone: outside of this repository, with a package folder of their own.
/// </summary>
public sealed class PackedFlowGen : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("flowgen-package-").FullName;

    public string Version { get; } = $"0.1.0-test.t{Guid.NewGuid():N}";

    public string Package => Path.Combine(_folder, "feed", $"FlowGen.{Version}.nupkg");

    public string Symbols => Path.ChangeExtension(Package, ".snupkg");

    public Task InitializeAsync() => PackAsync("feed");

    public Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>Packs from the sources into a folder of that name. Everything is built anew in a place of its own, so nothing built before counts.</summary>
    internal async Task<string> PackAsync(string name)
    {
        string target = Path.Combine(_folder, name);
        string artifacts = Path.Combine(_folder, "artifacts");
        if (Directory.Exists(artifacts))
        {
            Directory.Delete(artifacts, recursive: true);
        }

        DotnetResult pack = await DotnetCommand.RunAsync(
            RepositoryRoot(),
            "pack",
            "runtime/FlowGen",
            "--configuration",
            "Release",
            "--output",
            target,
            "--artifacts-path",
            artifacts,
            "-p:RestoreLockedMode=true",
            "-p:ContinuousIntegrationBuild=true",
            "-p:Version=" + Version);
        pack.Succeeded();
        return Path.Combine(target, Path.GetFileName(Package));
    }

    /// <summary>Copies <c>Consumer</c> to a fresh folder. Nothing above it and no cache beside it can influence its build.</summary>
    internal string CreateConsumer(string name)
    {
        string target = Path.Combine(_folder, name);
        string source = Path.Combine(AppContext.BaseDirectory, "Consumer");
        foreach (string file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        var properties = new XElement("PropertyGroup", new XElement("FlowGenVersion", Version), new XElement("NuGetAudit", false));
        new XElement("Project", properties).Save(Path.Combine(target, "Directory.Build.props"));
        new XElement("Project").Save(Path.Combine(target, "Directory.Build.targets"));
        new XElement("Project").Save(Path.Combine(target, "Directory.Packages.props"));
        File.WriteAllText(Path.Combine(target, ".editorconfig"), "root = true\n");
        new XElement(
            "configuration",
            new XElement("config", Add("globalPackagesFolder", Path.Combine(target, "packages"))),
            new XElement("packageSources", Add("packed", Path.GetDirectoryName(Package)!))).Save(Path.Combine(target, "nuget.config"));
        return target;
    }

    internal static string[] EntriesOf(string package)
    {
        using ZipArchive archive = ZipFile.OpenRead(package);
        return [.. archive.Entries.Select(entry => entry.FullName).Where(IsOurs).Order(StringComparer.Ordinal)];
    }

    internal static byte[] Read(string package, string entry)
    {
        using ZipArchive archive = ZipFile.OpenRead(package);
        using Stream content = archive.GetEntry(entry)!.Open();
        using var copy = new MemoryStream();
        content.CopyTo(copy);
        return copy.ToArray();
    }

    // The envelope of every package; its names are not ours to choose.
    private static bool IsOurs(string entry) =>
        !entry.StartsWith("_rels/", StringComparison.Ordinal)
        && !entry.StartsWith("package/", StringComparison.Ordinal)
        && entry is not "[Content_Types].xml";

    private static XElement Add(string key, string value) => new("add", new XAttribute("key", key), new XAttribute("value", value));

    private static string RepositoryRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "FlowGen.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside of the repository.");
    }
}
