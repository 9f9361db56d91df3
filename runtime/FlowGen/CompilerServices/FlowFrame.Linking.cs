namespace FlowGen.CompilerServices;

/// <summary>How a frame that runs inside of another run knows its place there, and how a frame hands a sub-workflow to one of its own.</summary>
public abstract partial class FlowFrame
{
    /// <summary>A node of this frame's own workflow as the run knows it: with its whole path.</summary>
    internal FlowGraphNode NodeAt(int node)
    {
        (FlowGraph map, int index) = Place(node);
        return map.Nodes[index];
    }

    /// <summary>Where a node of this frame's own workflow stands in the graph of the run.</summary>
    internal (FlowGraph Graph, int Index) Place(int node)
    {
        (FlowGraph map, int first) = Map();
        (int boundary, int position) = Graph.LinkAround(node);
        if (boundary < 0)
        {
            return (map, first + node);
        }

        (FlowGraph linked, int offset) = map.PlaceOf(first + boundary, Graph.LinkedAt(boundary)!);
        return (linked, offset + position);
    }

    /// <summary>A linked sub-workflow is entered: what happens inside, its own frame tells.</summary>
    protected internal void LinkEntered(int node, int item = -1, int attempt = 1)
    {
        (int first, int count) = Graph.Inside(node);
        Array.Fill(Details.NodeStates, NodeState.Ready, first, count);
        SubWorkflowEntered(node, item, attempt);
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
    private (FlowGraph Map, int Offset) Map()
    {
        RunDetails? details = _details;
        if (details?.Map is { } known)
        {
            return (known, details.MapOffset);
        }

        if (details?.Parent is not { } parent)
        {
            return (Graph, 0);
        }

        (FlowGraph outer, int boundary) = parent.Place(details.Boundary);
        (FlowGraph map, int offset) = outer.PlaceOf(boundary, Graph);
        details.MapOffset = offset;
        details.Map = map;
        return (map, offset);
    }
}
