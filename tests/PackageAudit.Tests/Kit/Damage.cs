using PackageAudit.Model;

namespace PackageAudit.Tests.Kit;

/// <summary>Ways to spoil an installed package.</summary>
internal static class Damage
{
    public static PackageFolder Open(this TestPackage package, TempSolution solution) => new(package.Folder(solution.Packages), package.Id, package.Version);

    public static RestoredPackage Restored(this TestPackage package, TempSolution solution, params IReadOnlyList<RecordedHash> recorded)
        => new(package.Id, package.Version, package.Folder(solution.Packages), recorded, [], ["P"]);

    public static void FlipByte(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 3] ^= 0xFF;
        File.WriteAllBytes(path, bytes);
    }

    public static IReadOnlyList<FindingKind> Kinds(this IEnumerable<Finding> findings) => [.. findings.Select(finding => finding.Kind)];
}
