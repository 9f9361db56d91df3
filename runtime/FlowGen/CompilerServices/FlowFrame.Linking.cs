namespace FlowGen.CompilerServices;

/// <summary>How a frame that runs inside of another run knows its place there, and how a frame hands a sub-workflow to one of its own.</summary>
public abstract partial class FlowFrame
{
    private FlowGraph? _map;
    private int _mapOffset;

    /// <summary>A node of this frame's own workflow as the run knows it: with its whole path.</summary>
    internal FlowGraphNode NodeAt(int node)
    {
        (FlowGraph map, int index) = Place(node);
        return map.Nodes[index];
    }

    /// <summary>Where a node of this frame's own workflow stands in the graph of the run.</summary>
    internal (FlowGraph Graph, int Index) Place(int node)
    {
        FlowGraph map = Map();
        (int boundary, int position) = Graph.LinkAround(node);
        if (boundary < 0)
        {
            return (map, _mapOffset + node);
        }

        (FlowGraph linked, int offset) = map.PlaceOf(_mapOffset + boundary, Graph.LinkedAt(boundary)!);
        return (linked, offset + position);
    }

    /// <summary>A linked sub-workflow is entered: what happens inside, its own frame tells.</summary>
    protected internal void LinkEntered(int node, int item = -1)
    {
        (int first, int count) = Graph.Inside(node);
        Array.Fill(_nodeStates, NodeState.Ready, first, count);
        SubWorkflowEntered(node, item);
    }

    /// <summary>A linked sub-workflow has completed.</summary>
    protected void LinkLeft(int node) => SubWorkflowLeft(node, RunStatus.Completed, null);

    /// <summary>A linked sub-workflow whose entry returns an outcome has ended.</summary>
    protected void LinkLeft<T>(int node, Outcome<T> outcome) =>
        SubWorkflowLeft(node, outcome.IsFailed ? RunStatus.Failed : RunStatus.Completed, outcome.Error);

    /// <summary>A linked sub-workflow will not run, nor will any of its nodes.</summary>
    protected void LinkSkipped(int node)
    {
        Skipped(node);
        (int first, int count) = Graph.Inside(node);
        for (int i = first; i < first + count; i++)
        {
            Skipped(i);
        }
    }

    /// <summary>Found on demand: most runs never ask for a path. Several nodes may ask at once, and find the same.</summary>
    private FlowGraph Map()
    {
        if (Volatile.Read(ref _map) is { } known)
        {
            return known;
        }

        FlowGraph map = Graph;
        int offset = 0;
        if (_parent is not null)
        {
            (FlowGraph outer, int boundary) = _parent.Place(_boundary);
            (map, offset) = outer.PlaceOf(boundary, Graph);
        }

        _mapOffset = offset;
        Volatile.Write(ref _map, map);
        return map;
    }
}
