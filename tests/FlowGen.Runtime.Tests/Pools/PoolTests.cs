using FlowGen.Pooling;

namespace FlowGen.Runtime.Tests.Pools;

/// <summary>Tests that look at the pools of the process: one after the other, and without the collector's interference.</summary>
[CollectionDefinition(nameof(PoolTests), DisableParallelization = true)]
public sealed class PoolTests : ICollectionFixture<PoolTests.Quiet>
{
    public sealed class Quiet : IDisposable
    {
        public Quiet() => PoolTrimmer.FollowsCollector = false;

        public void Dispose() => PoolTrimmer.FollowsCollector = true;
    }
}
