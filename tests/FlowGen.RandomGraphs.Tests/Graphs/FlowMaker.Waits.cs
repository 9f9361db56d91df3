namespace RandomGraphs.Graphs;

internal sealed partial class FlowMaker
{
    private sealed partial class Draft
    {
        /// <summary>A node that somebody outside answers.</summary>
        private void AddWait()
        {
            Node[] sources = [.. _nodes.Where(n => n.Yields == Yield.Value && !n.IsEach && !n.IsAside && !IsRacing(n) && !n.MayBeNull && n.Kind is not (NodeKind.Input or NodeKind.Predicate))];
            Node wait = new()
            {
                Name = Name("w"),
                Kind = NodeKind.Wait,
                Yields = Yield.Value,
                Form = Form.ValueTask,
                IsTransient = Chance(0.3),
                Parameters = sources.Length == 0 ? [] : [new Parameter("p0", [_maker.Pick(sources).Name], Strength.Required)],
            };
            wait = Conditional(Ordered(wait));
            Add(Chance(0.5) ? wait with { Limits = Has(Features.Timeout) ? new TimeLimits(Random.Next(1, 4) * 90, null) : null } : wait);
            AddHandlers(_nodes[^1]);
        }
    }
}
