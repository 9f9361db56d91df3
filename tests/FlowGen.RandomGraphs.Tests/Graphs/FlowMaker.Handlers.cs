namespace RandomGraphs.Graphs;

internal sealed partial class FlowMaker
{
    private sealed partial class Draft
    {
        /// <summary>Adds what stands in for a node when that fails, perhaps: one handler, or two by type.</summary>
        private void AddHandlers(Node node)
        {
            if (!Has(Features.Catch) || node.BestEffort || node.IsEach || node.MayBeNull || node.Yields is not (Yield.Value or Yield.Number or Yield.Nothing) || !Chance(0.3))
            {
                return;
            }

            Fault?[] faults = Random.Next(6) switch
            {
                0 => [null],
                1 => [Fault.Exception],
                2 => [Fault.Boom],
                3 => [Fault.Bang],
                4 => [Fault.Bang, Fault.Exception],
                _ => [Fault.Boom, Fault.Bang],
            };
            foreach (Fault? fault in faults)
            {
                Node handler = HandlerFor(node.Yields, fault) with { Catches = node.Name, OwnType = node.OwnType };
                Node[] sources = [.. _nodes.Where(n => n.Yields == Yield.Value && !n.IsEach && !n.IsAside && n.Name != node.Name && n.Kind is not (NodeKind.Input or NodeKind.Predicate) && !IsRacing(n))];
                if (sources.Length > 0 && Chance(0.3))
                {
                    // Its presence is not of interest to whether the failure is handled, unless it is required.
                    Node source = _maker.Pick(sources);
                    bool isSure = _certain.Contains(source.Name) && !source.MayBeNull;
                    handler = handler with { Parameters = [new Parameter("p0", [source.Name], isSure && Chance(0.5) ? Strength.Required : Strength.Optional)] };
                }

                _nodes.Add(handler);
            }
        }

        /// <summary>Adds a handler of the whole workflow, perhaps.</summary>
        private void AddWorkflowHandlers(string? result, Strength strength)
        {
            if (!Has(Features.Catch) || !Chance(0.3))
            {
                return;
            }

            bool yields = result is not null && Chance(0.7);
            Fault?[] faults = Random.Next(3) switch
            {
                0 => [null],
                1 => [Fault.Bang],
                _ => [Fault.Exception, Fault.Boom],
            };
            foreach (Fault? fault in faults)
            {
                Node handler = HandlerFor(yields ? Yield.Value : Yield.Nothing, fault);
                _nodes.Add(handler with { MayBeNull = yields && strength == Strength.Nullable && Chance(0.3) });
            }
        }

        private Node HandlerFor(Yield yields, Fault? fault) => new()
        {
            Name = Name("h"),
            Kind = NodeKind.Handler,
            Yields = yields,
            Form = AnyForm(),
            TakesToken = Chance(0.5),
            TakesFault = fault,
        };
    }
}
