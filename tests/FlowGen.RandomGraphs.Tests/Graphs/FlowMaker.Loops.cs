namespace RandomGraphs.Graphs;

internal sealed partial class FlowMaker
{
    private sealed partial class Draft
    {
        /// <summary>The node, run again and again perhaps; one of its parameters carries the value from iteration to iteration then.</summary>
        private Node Repeated(Node node)
        {
            bool mayRepeat = Has(Features.Repeat) && node is { IsEach: false, Yields: Yield.Value, MayBeNull: false };
            if (!mayRepeat || !Chance(0.4))
            {
                return node;
            }

            List<Parameter> parameters = [.. node.Parameters];
            int carry = parameters.FindIndex(p => p is { Strength: Strength.Required, IsGather: false, IsRace: false, Sources.Count: 1 } && Carries(node, this[p.Sources[0]]));
            if (carry < 0)
            {
                if (node.Kind == NodeKind.Call)
                {
                    return node;
                }

                Node[] fitting = [.. _nodes.Where(n => n.Kind is not (NodeKind.Input or NodeKind.Predicate) && !n.IsAside && !n.MayBeNull && !IsRacing(n) && Carries(node, n) && _certain.Contains(n.Name) && !node.AfterAny.Any(any => any.Contains(n.Name)))];
                Node source = fitting.Length > 0 ? _maker.Pick(fitting) : Add(new Node { Name = Name("s"), Kind = NodeKind.Method, Yields = Yield.Value, Form = AnyForm() });
                parameters.Add(new Parameter($"p{parameters.Count}", [source.Name], Strength.Required));
                carry = parameters.Count - 1;
            }

            parameters[carry] = parameters[carry] with { IsCarry = true, IsNamed = true };

            // What is carried is of the type of the first value.
            int delay = _isSynchronous || !Has(Features.Timeout) || Chance(0.6) ? 0 : 100;
            return node with { Parameters = parameters, OwnType = null, Repeat = new RepeatRule(Chance(0.5), Random.Next(1, 5), Chance(0.5), delay) };
        }

        private static bool Carries(Node node, Node source)
            => source is { Yields: Yield.Value, IsEach: false, MayBeNull: false, OwnType: null } && node.Name != source.Name;
    }
}
