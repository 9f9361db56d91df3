namespace RandomGraphs.Graphs;

internal sealed partial class FlowMaker
{
    private sealed partial class Draft
    {
        /// <summary>The node, one at a time with others perhaps, or so many of it.</summary>
        private Node TakingTurns(Node node)
        {
            if (!Has(Features.Sections) || _isSynchronous || node.Kind is not (NodeKind.Method or NodeKind.Class) || node.Limits is not null || node.Repeat is not null || !Chance(0.5))
            {
                return node;
            }

            // Only of the root's there is certainly one object.
            return node.IsEach && _depth == 0 && Chance(0.5)
                ? node with { MaxConcurrent = Random.Next(1, 3) }
                : node with { Section = Chance(0.7) ? "SectionA" : "SectionB" };
        }

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
