namespace FlowGen.Generator;

/// <summary>Names of the incremental steps, for the tests that say which edit runs which step.</summary>
internal static class TrackingNames
{
    public const string Parse = nameof(Parse);
    public const string Bind = nameof(Bind);
    public const string Link = nameof(Link);
    public const string Lower = nameof(Lower);
    public const string Emit = nameof(Emit);
    public const string Catalog = nameof(Catalog);
}
