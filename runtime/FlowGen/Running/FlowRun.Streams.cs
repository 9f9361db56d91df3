using System.ComponentModel;

namespace FlowGen;

/// <content>What the run sends out, and the end of it.</content>
public abstract partial class FlowRun
{
    private const int DefaultCapacity = 1_024;

    private Dictionary<string, FlowStream>? _streams;

    /// <summary>Items that a stream keeps until they are read.</summary>
    internal int StreamCapacity { get; set; } = DefaultCapacity;

    /// <summary>A stream by its path, for code that does not know the workflow's class; the handles of workflows have properties for theirs.</summary>
    /// <typeparam name="T">Type of its items.</typeparam>
    /// <param name="path">Name of the emitter parameter, behind the path of the sub-workflow that has it: <c>tokens</c>, <c>Reply.tokens</c>.</param>
    /// <exception cref="ArgumentException">The stream has items of another type.</exception>
    [EditorBrowsable(EditorBrowsableState.Advanced)]
    public FlowStream<T> Stream<T>(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        FlowStream? found;
        bool hasEnded;
        using (Hold())
        {
            hasEnded = !IsAlive;
            if (!(_streams ??= new(StringComparer.Ordinal)).TryGetValue(path, out found))
            {
                found = new FlowStream<T>(StreamCapacity);
                _streams.Add(path, found);
            }
        }

        ReadOnlySpan<ushort> emitters = Emitters(path);
        if (hasEnded || (emitters.IsEmpty ? IsOver(path) : HaveSettled(emitters)))
        {
            found.End();
        }

        return found as FlowStream<T>
            ?? throw new ArgumentException($"Stream '{path}' of workflow '{Workflow.Id}' has items of another type than '{typeof(T)}'.", nameof(path));
    }

    /// <summary>Emitted: the nodes whose end is the end of a stream; empty for one that ends with the run.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected virtual ReadOnlySpan<ushort> Emitters(string path) => default;

    private void NodeSettled(int node)
    {
        // The state was written before: who makes a stream now either finds it, or is found.
        Interlocked.MemoryBarrier();
        if (_streams is not null)
        {
            EndStreamsOf(node);
        }

        CloseWaits(node);
    }

    private void EndStreamsOf(int node)
    {
        KeyValuePair<string, FlowStream>[] streams;
        using (Hold())
        {
            streams = [.. _streams!];
        }

        foreach ((string path, FlowStream stream) in streams)
        {
            ReadOnlySpan<ushort> emitters = Emitters(path);
            if (emitters.IsEmpty ? IsOver(path, node) : emitters.Contains((ushort)node) && HaveSettled(emitters))
            {
                stream.End();
            }
        }
    }

    /// <summary>Whether what nobody foresaw is over: the node around it, in which a workflow was chosen, has settled.</summary>
    private bool IsOver(string path)
    {
        for (int node = 0; node < NodeStates.Length; node++)
        {
            if (IsWithin(path, node) && HasSettled(node) && !MayRunAgain(Graph, Graph.Nodes[node].Parent))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsOver(string path, int node) => IsWithin(path, node) && !MayRunAgain(Graph, Graph.Nodes[node].Parent);

    private bool IsWithin(string path, int node)
    {
        string around = Graph.Nodes[node].Path;
        return path.Length > around.Length && path[around.Length] == '.' && path.StartsWith(around, StringComparison.Ordinal);
    }

    private bool HaveSettled(ReadOnlySpan<ushort> nodes)
    {
        foreach (ushort node in nodes)
        {
            if (!HasSettled(node))
            {
                return false;
            }
        }

        return true;
    }

    private void EndStreams()
    {
        FlowStream[] streams;
        using (Hold())
        {
            streams = _streams is null ? [] : [.. _streams.Values];
        }

        foreach (FlowStream stream in streams)
        {
            stream.End();
        }
    }
}
