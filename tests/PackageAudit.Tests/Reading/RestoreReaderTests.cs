using PackageAudit.Model;
using PackageAudit.Reading;
using PackageAudit.Tests.Kit;

namespace PackageAudit.Tests.Reading;

public sealed class RestoreReaderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Restores_are_found_in_obj_folders_only()
    {
        string first = _folder.Write("a/obj/project.assets.json", "{}");
        string nested = _folder.Write("artifacts/obj/B/project.assets.json", "{}");
        _folder.Write("a/project.assets.json", "{}");
        _folder.Write("a/bin/obj/project.assets.json", "{}");
        _folder.Write(".cache/obj/project.assets.json", "{}");
        _folder.Write("object/project.assets.json", "{}");

        Assert.Equal([first, nested], RestoreFinder.Find(_folder.Path, CancellationToken.None));
    }

    [Fact]
    public void Looking_for_restores_can_be_cancelled()
    {
        _folder.Write("a/obj/project.assets.json", "{}");

        Assert.Throws<OperationCanceledException>(() => RestoreFinder.Find(_folder.Path, new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task Assets_name_packages_downloads_and_the_lock()
    {
        string fallback = Path.Combine(_folder.Path, "fallback");
        string packages = Path.Combine(_folder.Path, "packages");
        Directory.CreateDirectory(Path.Combine(fallback, "a.b", "1.0.0"));
        string project = _folder.Write("P/P.csproj", "");
        string locked = _folder.Write("P/packages.lock.json", "{}");
        string assets = _folder.Write("P/obj/project.assets.json", $$"""
            {
              "version": 3,
              "targets": { "net10.0": { "A.B/1.0.0": { "type": "package" } } },
              "libraries": {
                "A.B/1.0.0": { "sha512": "hash", "type": "package", "path": "a.b/1.0.0", "files": [ "a.b.nuspec" ] },
                "Other/1.0.0": { "type": "project", "path": "../Other/Other.csproj" }
              },
              "packageFolders": { "{{Escape(packages)}}": {}, "{{Escape(fallback)}}": {} },
              "project": {
                "restore": { "projectName": "P", "projectPath": "{{Escape(project)}}", "restoreLockProperties": { "restorePackagesWithLockFile": "true" } },
                "frameworks": { "net10.0": { "downloadDependencies": [ { "name": "Some.Ref", "version": "[9.0.1, 9.0.1]" }, { "name": "Floating", "version": "[1.0.0, )" } ] } }
              }
            }
            """);

        AssetsFile file = await AssetsReader.ReadAsync(assets, CancellationToken.None);

        Assert.Equal("P", file.Project);
        Assert.Equal(locked, file.LockPath);
        Assert.Equal(2, file.Packages.Count);
        RestoredPackage library = file.Packages[0];
        Assert.Equal(("A.B", "1.0.0", Path.Combine(fallback, "a.b", "1.0.0")), (library.Id, library.Version, library.Directory));
        Assert.Equal([new RecordedHash("hash", "the restore of P")], library.Recorded);
        Assert.Equal(["a.b.nuspec"], library.Files);
        RestoredPackage download = file.Packages[1];
        Assert.Equal(("Some.Ref", "9.0.1", Path.Combine(packages, "some.ref", "9.0.1")), (download.Id, download.Version, download.Directory));
        Assert.Empty(download.Recorded);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{ \"libraries\": ")]
    [InlineData("{ \"libraries\": [] }")]
    [InlineData("{ \"libraries\": {} }")]
    [InlineData("{ \"libraries\": { \"A\": { \"type\": \"package\" } }, \"packageFolders\": { \"/p\": {} } }")]
    public async Task What_is_no_restore_is_said_to_be_none(string json)
    {
        string path = _folder.Write("obj/project.assets.json", json);

        await Assert.ThrowsAsync<InvalidDataException>(async () => await AssetsReader.ReadAsync(path, CancellationToken.None));
    }

    [Fact]
    public async Task Locks_pin_packages_of_every_framework_once()
    {
        string path = _folder.Write("packages.lock.json", """
            {
              "version": 2,
              "dependencies": {
                "net10.0": { "A": { "type": "Direct", "resolved": "1.0.0", "contentHash": "x" }, "P": { "type": "Project" } },
                "net9.0": { "A": { "type": "Transitive", "resolved": "1.0.0", "contentHash": "x" } }
              }
            }
            """);

        LockFile file = await LockReader.ReadAsync(path, CancellationToken.None);

        Assert.Equal([new LockedPackage("A", "1.0.0", "x")], file.Packages);
        await Assert.ThrowsAsync<InvalidDataException>(async () => await LockReader.ReadAsync(_folder.Write("empty.json", "{}"), CancellationToken.None));
    }

    [Fact]
    public async Task Recorded_hashes_must_be_hashes()
    {
        string hash = new TestPackage("A", "1.0.0").FileHash;

        Assert.Equal(hash, (await MetadataReader.ReadHashAsync(_folder.Write("a.sha512", hash + "\n"), CancellationToken.None)).Value);
        await Assert.ThrowsAsync<InvalidDataException>(async () => await MetadataReader.ReadHashAsync(_folder.Write("b.sha512", "abc"), CancellationToken.None));
        await Assert.ThrowsAsync<InvalidDataException>(async () => await MetadataReader.ReadAsync(_folder.Write("m", "{ \"version\": 2 }"), CancellationToken.None));
        await Assert.ThrowsAsync<FileNotFoundException>(async () => await MetadataReader.ReadAsync(Path.Combine(_folder.Path, "none"), CancellationToken.None));
    }

    [Fact]
    public void Only_failures_of_reading_are_findings()
    {
        Assert.Equal(FindingKind.FileMissing, Finding.From(new FileNotFoundException(), "x").Kind);
        Assert.Equal(FindingKind.Corrupt, Finding.From(new InvalidDataException(), "x").Kind);
        Assert.Equal(FindingKind.Corrupt, Finding.From(new UnauthorizedAccessException(), "x").Kind);
        Assert.Throws<InvalidOperationException>(() => Finding.From(new NullReferenceException(), "x"));
    }

    private static string Escape(string path) => path.Replace("\\", "\\\\", StringComparison.Ordinal);
}
