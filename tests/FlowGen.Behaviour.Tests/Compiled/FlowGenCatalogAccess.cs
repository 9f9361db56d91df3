namespace Behaviour.Compiled;

/// <summary>The generated catalog of this assembly stands in the assembly's root namespace.</summary>
internal static class FlowGenCatalogAccess
{
    public static FlowCatalog Catalog => FlowGen.Behaviour.Tests.FlowGenCatalog.Catalog;
}
