using System.Threading.Channels;

namespace FlowGen;

/// <summary>
/// What the nodes of one run send out through an <see cref="Emitter{T}"/>, in order. Items wait in a bounded buffer until somebody reads them; it ends when all nodes that emit have
/// settled. Every item goes to one reader.
/// </summary>
/// <typeparam name="T">Type of the items.</typeparam>
public sealed class FlowStream<T> : FlowStream, IAsyncEnumerable<T>
{
    private readonly Channel<T> _items;
    private int _readers;
    private long _dropped;

    internal FlowStream(int capacity) => _items = Channel.CreateBounded<T>(capacity);

    /// <summary>How many items were dropped because the buffer was full, or because their last reader left before it came to them.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <summary>Reads until the stream ends. A reader that stops early lets go of what is in the buffer.</summary>
    /// <param name="cancellationToken">Ends the reading, not the run.</param>
    public async IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _readers);
        bool hasEnded = false;
        try
        {
            while (await _items.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
            {
                while (_items.Reader.TryRead(out T? item))
                {
                    yield return item;
                }
            }

            hasEnded = true;
        }
        finally
        {
            if (Interlocked.Decrement(ref _readers) == 0 && !hasEnded)
            {
                // Whoever waits for room would wait for nobody.
                DropAll();
            }
        }
    }

    /// <summary>Never waits: where the buffer is full, the oldest item is dropped.</summary>
    internal void Emit(T item)
    {
        while (!_items.Writer.TryWrite(item))
        {
            if (_items.Reader.Completion.IsCompleted || HasEnded)
            {
                return;
            }

            if (_items.Reader.TryRead(out _))
            {
                Interlocked.Increment(ref _dropped);
            }
        }
    }

    /// <summary>Waits for room as long as somebody reads.</summary>
    internal async ValueTask EmitAsync(T item, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _readers) == 0)
        {
            Emit(item);
            return;
        }

        try
        {
            ValueTask room = _items.Writer.WriteAsync(item, cancellationToken);
            if (!room.IsCompleted && Volatile.Read(ref _readers) == 0)
            {
                // The last reader left meanwhile, and has not seen that somebody waits for room.
                DropAll();
            }

            await room.ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            // The run is over, and so is whoever kept its emitter.
        }
    }

    private void DropAll()
    {
        while (_items.Reader.TryRead(out _))
        {
            Interlocked.Increment(ref _dropped);
        }
    }

    private protected override void Close() => _items.Writer.TryComplete();
}

/// <summary>A stream of a run, whatever its items are.</summary>
public abstract class FlowStream
{
    private volatile bool _hasEnded;

    private protected FlowStream()
    {
    }

    /// <summary>Whether nothing more will come. Items may still wait to be read.</summary>
    public bool HasEnded => _hasEnded;

    internal void End()
    {
        _hasEnded = true;
        Close();
    }

    private protected abstract void Close();
}
