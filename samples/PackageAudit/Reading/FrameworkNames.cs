using PackageAudit.Model;

namespace PackageAudit.Reading;

/// <summary>Which frameworks a package is for.</summary>
internal static class FrameworkNames
{
    private static readonly (string Long, string Short)[] Families =
    [
        (".NETStandard", "netstandard"), (".NETCoreApp", "netcoreapp"), (".NETFramework", "net"), (".NETPortable", "portable"),
        ("Xamarin.iOS", "xamarinios"), ("Xamarin.Mac", "xamarinmac"), ("MonoAndroid", "monoandroid"), ("UAP", "uap"),
    ];

    /// <summary><c>.NETFramework4.6.1</c> is <c>net461</c>, <c>.NETStandard2.0</c> is <c>netstandard2.0</c>; short names stay as they are.</summary>
    public static string Shorten(string framework)
    {
        foreach ((string family, string shorter) in Families)
        {
            if (!framework.StartsWith(family, StringComparison.OrdinalIgnoreCase)) continue;
            string version = framework[family.Length..].TrimStart(',').Replace("Version=v", "", StringComparison.OrdinalIgnoreCase);
            return shorter + (shorter == "net" ? version.Replace(".", "", StringComparison.Ordinal) : version);
        }

        return framework.ToLowerInvariant();
    }

    /// <summary>
    /// The folders of <c>lib</c>, <c>ref</c> and <c>runtimes/*/lib</c> that are on disk; where there are none, the frameworks
    /// that the manifest's dependencies name.
    /// </summary>
    public static TargetFrameworks Of(string directory, Nuspec nuspec)
    {
        SortedSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        Add(Path.Combine(directory, "lib"));
        Add(Path.Combine(directory, "ref"));

        string runtimes = Path.Combine(directory, "runtimes");
        if (Directory.Exists(runtimes))
        {
            foreach (string runtime in Directory.EnumerateDirectories(runtimes)) Add(Path.Combine(runtime, "lib"));
        }

        return new TargetFrameworks(names.Count > 0 ? [.. names] : nuspec.DependencyFrameworks);

        void Add(string folder)
        {
            if (!Directory.Exists(folder)) return;
            foreach (string framework in Directory.EnumerateDirectories(folder)) names.Add(Path.GetFileName(framework).ToLowerInvariant());
        }
    }
}
