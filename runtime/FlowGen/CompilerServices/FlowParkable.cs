using System.ComponentModel;

namespace FlowGen.CompilerServices;

/// <summary>A pooled object that may be cleaned and returned later than its activation ends.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class FlowParkable : FlowPooled
{
    /// <summary>
    /// Cleans its instances, reports those that fail, and returns itself to its pool, all in one. Called once per parking, on any thread,
    /// and possibly at the same time as others of the same class. Never throws.
    /// </summary>
    protected internal abstract ValueTask CleanAndReturnAsync();
}
