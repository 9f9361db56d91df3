namespace RandomGraphs.Graphs;

internal sealed partial class FlowMaker
{
    private sealed partial class Draft
    {
        /// <summary>Adds what undoes a node, perhaps.</summary>
        private void AddCompensation(Node node)
        {
            if (!Has(Features.Compensate) || node.IsEach || node.Repeat is not null || node.Limits is not null || node.Kind == NodeKind.Wait || !Chance(0.4))
            {
                return;
            }

            bool takesValue = node.HasValue && Chance(0.7);
            _nodes.Add(Retried(new Node
            {
                Name = Name("r"),
                Kind = NodeKind.Compensation,
                Yields = Yield.Nothing,
                Form = AnyForm(),
                TakesToken = Chance(0.5),
                TakesFault = Chance(0.5) ? Fault.Exception : null,
                Compensates = node.Name,
                Parameters = takesValue ? [new Parameter("p0", [node.Name], node.MayBeNull ? Strength.Nullable : Strength.Required)] : [],
            }));
        }
    }
}
