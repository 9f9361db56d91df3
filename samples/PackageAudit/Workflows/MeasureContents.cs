using FlowGen;
using PackageAudit.Model;
using PackageAudit.Reading;

namespace PackageAudit.Workflows;

/// <summary>What lies on disk, and whether everything that the restore listed does.</summary>
[Workflow]
internal sealed partial class MeasureContents
{
    public partial ValueTask<Contents> RunAsync(RestoredPackage package, PackageFolder folder, CancellationToken ct = default);

    /// <summary>The paths found on disk, filled by one node and read by the next. Packages run side by side; each has its own.</summary>
    [State]
    internal sealed class Inventory : ICleanup
    {
        public HashSet<string> Paths { get; } = new(StringComparer.Ordinal);

        public void Cleanup() => Paths.Clear();
    }

    [Node(RunOn = RunOn.ThreadPool)]
    private ContentSize Measure(PackageFolder folder, Inventory inventory, CancellationToken ct) => ContentReader.Measure(folder, inventory.Paths, ct);

    [Node]
    private Contents Compare(RestoredPackage package, ContentSize size, Inventory inventory)
        => new(size, [.. package.Files.Where(path => !inventory.Paths.Contains(path))]);
}
