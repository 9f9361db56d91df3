using System.Text.Json.Nodes;

namespace PackageAudit.Tests.Kit;

/// <summary>A restored solution, as NuGet would leave it: package folder, assets and locks. Tests then damage it.</summary>
public sealed class TempSolution : IDisposable
{
    private readonly TempFolder _folder = new();

    public TempSolution() => Directory.CreateDirectory(Packages);

    public string Root => Path.Combine(_folder.Path, "solution");

    public string Packages => Path.Combine(_folder.Path, "packages");

    /// <summary>Installs the packages and writes what a restore of a project that uses them leaves behind.</summary>
    public TempSolution Restore(string project, params IReadOnlyList<TestPackage> packages)
    {
        JsonObject libraries = [];
        JsonObject locked = [];
        foreach (TestPackage package in packages)
        {
            IReadOnlyList<string> files = Directory.Exists(package.Folder(Packages)) ? [] : package.Install(Packages);
            libraries[$"{package.Id}/{package.Version}"] = new JsonObject
            {
                ["sha512"] = package.ContentHash,
                ["type"] = "package",
                ["path"] = $"{package.Id}/{package.Version}".ToLowerInvariant(),
                ["files"] = new JsonArray([.. files.Select(file => JsonValue.Create(file))]),
            };
            locked[package.Id] = new JsonObject
            {
                ["type"] = "Direct",
                ["requested"] = $"[{package.Version}, )",
                ["resolved"] = package.Version,
                ["contentHash"] = package.ContentHash,
            };
        }

        string path = _folder.Write($"solution/{project}/{project}.csproj", "<Project />");
        WriteAssets(project, new JsonObject
        {
            ["version"] = 3,
            ["libraries"] = libraries,
            ["packageFolders"] = new JsonObject { [Packages + Path.DirectorySeparatorChar] = new JsonObject() },
            ["project"] = new JsonObject
            {
                ["restore"] = new JsonObject { ["projectName"] = project, ["projectPath"] = path },
                ["frameworks"] = new JsonObject { ["net10.0"] = new JsonObject() },
            },
        }.ToJsonString());
        WriteLock(project, new JsonObject { ["version"] = 2, ["dependencies"] = new JsonObject { ["net10.0"] = locked } }.ToJsonString());
        return this;
    }

    public string WriteAssets(string project, string text) => _folder.Write($"solution/{project}/obj/project.assets.json", text);

    public string WriteLock(string project, string text) => _folder.Write($"solution/{project}/packages.lock.json", text);

    public string LockPath(string project) => Path.Combine(Root, project, "packages.lock.json");

    public void Dispose() => _folder.Dispose();
}
