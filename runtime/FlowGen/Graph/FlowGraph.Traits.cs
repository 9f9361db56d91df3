using FlowGen.CompilerServices;

namespace FlowGen;

/// <summary>What runs that somebody holds ask of every node that they pass, worked out once.</summary>
public sealed partial class FlowGraph
{
    private NodeTraits[]? _traits;
    private WaitPlaces? _waitPlaces;

    /// <summary>Per node. Two that work it out at once find the same.</summary>
    internal NodeTraits[] Traits => _traits ?? FindTraits();

    /// <summary>Where the [Wait] nodes are.</summary>
    internal WaitPlaces WaitPlaces => _waitPlaces ?? FindWaitPlaces();

    private NodeTraits[] FindTraits()
    {
        NodeTraits[] traits = new NodeTraits[_nodes.Length];
        for (int i = 0; i < traits.Length; i++)
        {
            FlowGraphNode node = _nodes[i];
            traits[i] = (node.Repeats ? NodeTraits.Repeats | NodeTraits.MayRunAgain : NodeTraits.None)
                | (RepeatsAround(node.Parent) ? NodeTraits.MayRunAgain : NodeTraits.None)
                | (node.Kind == FlowNodeKind.Wait ? NodeTraits.Wait : NodeTraits.None)
                | (i >= _own ? NodeTraits.Linked : NodeTraits.None);
        }

        return _traits = traits;
    }

    private bool RepeatsAround(int node)
    {
        for (int around = node; around >= 0; around = _nodes[around].Parent)
        {
            if (_nodes[around].Repeats)
            {
                return true;
            }
        }

        return false;
    }

    private WaitPlaces FindWaitPlaces()
    {
        int[] places = new int[_nodes.Length];
        int count = 0;
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = _nodes[i].Kind == FlowNodeKind.Wait ? count++ : -1;
        }

        return _waitPlaces = new WaitPlaces(places, count);
    }
}
