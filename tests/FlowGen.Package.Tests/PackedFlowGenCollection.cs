namespace FlowGen.Package.Tests;

/// <summary>Shares one package among all tests, which therefore run one after the other.</summary>
[CollectionDefinition(nameof(PackedFlowGen))]
public sealed class PackedFlowGenCollection : ICollectionFixture<PackedFlowGen>;
