namespace RandomGraphs.Graphs;

internal sealed partial class FlowMaker
{
    private sealed partial class Draft
    {
        /// <summary>The node, with further tries perhaps.</summary>
        private Node Retried(Node node)
        {
            if (!Has(Features.Retry) || !Chance(0.4))
            {
                return node;
            }

            Fault?[] faults = Random.Next(5) switch
            {
                < 2 => [null],
                2 => [Fault.Exception, Fault.Bang],
                3 => [Chance(0.5) ? Fault.Boom : Fault.Bang],
                _ => [Fault.Bang, Fault.Boom],
            };
            return node with { Retries = [.. faults.Select(RuleFor)] };
        }

        private RetryRule RuleFor(Fault? fault)
        {
            // A synchronous entry cannot wait.
            int delay = _isSynchronous || !Has(Features.Timeout) || Chance(0.6) ? 0 : Random.Next(1, 4) * 100;
            return new RetryRule(fault, Random.Next(1, 4), delay, (Backoff)Random.Next(3), IfBang: fault is null or Fault.Exception && Chance(0.2));
        }
    }
}
