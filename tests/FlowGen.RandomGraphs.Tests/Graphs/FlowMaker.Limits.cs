namespace RandomGraphs.Graphs;

internal sealed partial class FlowMaker
{
    private sealed partial class Draft
    {
        /// <summary>The node, with limits of time perhaps.</summary>
        private Node Limited(Node node)
        {
            if (!Has(Features.Timeout) || _isSynchronous || node.Form == Form.Plain || !Chance(0.35))
            {
                return node;
            }

            // What undoes and handles inside of something that takes too long is left to those who fail by themselves.
            if (node.Child is { } child && child.SelfAndDescendants.Any(flow => flow.IsSynchronous || flow.Nodes.Any(n => n.IsAside)))
            {
                return node;
            }

            int? attempt = Chance(0.7) ? Random.Next(1, 4) * 70 : null;
            int? total = attempt is null || Chance(0.3) ? Random.Next(1, 6) * 110 : null;
            return node with { Limits = new TimeLimits(attempt, total) };
        }
    }
}
