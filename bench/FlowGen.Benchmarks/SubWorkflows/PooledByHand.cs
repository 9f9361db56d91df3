namespace FlowGen.Benchmarks.SubWorkflows;

/// <summary>
/// What an expert writes for <see cref="Scoring"/>: the nodes of the sub-workflow in one bundle, a free bundle per thread, given
/// back cleaned whatever happens. It has no boundary, no limits and no accounting.
/// </summary>
public static class PooledByHand
{
    [ThreadStatic]
    private static Bundle? t_free;

    public static ValueTask<int> RunAsync(Scoring nodes, int reading)
    {
        int amplified = nodes.Amplify(reading);
        int filtered;
        Bundle bundle = t_free ?? new Bundle();
        t_free = null;
        try
        {
            filtered = bundle.Tare.Execute(amplified);
            filtered = bundle.Smooth.Execute(filtered);
            filtered = bundle.Limit.Execute(filtered);
            filtered = bundle.Track.Execute(filtered);
            filtered = bundle.Digest.Execute(filtered);
        }
        finally
        {
            bundle.Cleanup();
            t_free = bundle;
        }

        return new ValueTask<int>(nodes.Grade(filtered));
    }

    private sealed class Bundle
    {
        public readonly Tare Tare = new();
        public readonly Smooth Smooth = new();
        public readonly Limit Limit = new();
        public readonly Track Track = new();
        public readonly Digest Digest = new();

        public void Cleanup()
        {
            Tare.Cleanup();
            Smooth.Cleanup();
            Limit.Cleanup();
            Track.Cleanup();
            Digest.Cleanup();
        }
    }
}
