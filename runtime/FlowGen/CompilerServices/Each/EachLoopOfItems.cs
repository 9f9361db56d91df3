using System.ComponentModel;

namespace FlowGen.CompilerServices;

/// <summary>A loop over elements as those see it who are not a part of it: it can be stopped, as long as it runs.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class EachLoop : FlowPooled
{
    private protected EachLoop()
    {
    }

    /// <summary>Keeps a running loop from ending.</summary>
    private protected abstract bool TryHold();

    private protected abstract void LetGo();

    /// <summary>No further element starts, and those in flight are cancelled; the loop completes with what has finished.</summary>
    private protected abstract void StopNow();

    /// <summary>Stops the loop if it is still the same rental.</summary>
    internal void Stop(int generation)
    {
        if (!TryHold())
        {
            return;
        }

        if (Generation == generation)
        {
            StopNow();
        }

        LetGo();
    }
}

/// <summary>A loop over elements that more can be added to while it runs.</summary>
/// <typeparam name="TItem">Type of the elements.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class EachLoop<TItem> : EachLoop
{
    private protected EachLoop()
    {
    }

    /// <summary>Adds an element, if the loop is still the same rental.</summary>
    internal bool TryAdd(TItem item, int generation)
    {
        if (!TryHold())
        {
            return false;
        }

        bool isAdded = Generation == generation && TryAdd(item);
        LetGo();
        return isAdded;
    }

    private protected abstract bool TryAdd(TItem item);
}

/// <summary>A running loop, for somebody who may stop it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct EachHandle
{
    private readonly EachLoop? _loop;
    private readonly int _generation;

    internal EachHandle(EachLoop loop)
    {
        _loop = loop;
        _generation = loop.Generation;
    }

    /// <summary>Stops the loop, unless it has ended: it completes with what has finished.</summary>
    internal void Stop() => _loop?.Stop(_generation);
}
