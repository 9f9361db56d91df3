using System.Runtime.ConstrainedExecution;

namespace FlowGen.Pooling;

/// <summary>
/// Calls back after full garbage collections: an object that nobody holds, whose finalizer makes it finalizable again. It is promoted with
/// every collection, so that from the second on only full ones find it.
/// </summary>
internal sealed class FullCollectionWatch : CriticalFinalizerObject
{
    private readonly Action _callback;
    private int _seen = GC.CollectionCount(GC.MaxGeneration);

    private FullCollectionWatch(Action callback) => _callback = callback;

#pragma warning disable MA0055 // The finalizer is the notification.
    ~FullCollectionWatch()
    {
        int count = GC.CollectionCount(GC.MaxGeneration);
        if (count != _seen)
        {
            _seen = count;
            _callback();
        }

        GC.ReRegisterForFinalize(this);
    }
#pragma warning restore MA0055

    /// <summary>Starts it; it never ends.</summary>
    /// <param name="callback">Runs on the finalizer thread: it may neither block nor throw.</param>
    public static void Start(Action callback) => _ = new FullCollectionWatch(callback);
}
