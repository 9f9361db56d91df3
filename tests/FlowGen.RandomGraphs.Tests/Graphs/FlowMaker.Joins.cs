namespace RandomGraphs.Graphs;

internal sealed partial class FlowMaker
{
    private sealed partial class Draft
    {
        /// <summary>Those who race, and who takes the value of the first. Nobody else asks for them: what becomes of a loser is of no interest.</summary>
        private void AddRace()
        {
            List<Node> contestants = [];
            for (int count = Random.Next(2, 4); contestants.Count < count;)
            {
                Node contestant;
                if (_depth < 3 && Chance(0.3) && ContestingCall() is { } call)
                {
                    contestant = call;
                }
                else
                {
                    contestant = Conditional(Connected(Leaf("x", Yield.Value), most: 1));
                }

                contestants.Add(Retried(contestant));
            }

            foreach (Node contestant in contestants)
            {
                _racing.Add(contestant.Name);
            }

            foreach (Node contestant in contestants)
            {
                Add(contestant);
                AddCompensation(contestant);
            }

            Node consumer = Connected(Leaf("w", Yield.Value), most: 1);
            bool isSure = contestants.TrueForAll(c => _certain.Contains(c.Name));
            Parameter race = new($"p{consumer.Parameters.Count}", [.. contestants.Select(c => c.Name)], isSure || Chance(0.5) ? Strength.Required : Strength.Nullable)
            {
                CancelsLosers = Chance(0.7),
            };
            Add(consumer with { Parameters = [.. consumer.Parameters, race] });
        }

        private bool IsRacing(Node node) => _racing.Contains(node.Name);

        private Node? ContestingCall()
        {
            Flow child = _maker.ChildFor(_depth + 1, _isSynchronous);
            return child is { Result: not null, ResultStrength: not Strength.Nullable } ? CallOf(child, isEach: false) : null;
        }

        /// <summary>Who runs as soon as enough of some have completed.</summary>
        private void AddRule()
        {
            bool cancelsRest = Has(Features.Cancels) && Chance(0.5);
            string[] others = cancelsRest ? [.. AddUncertain(Random.Next(2, 4))] : [.. _nodes.Where(n => n.Kind is NodeKind.Method or NodeKind.Class or NodeKind.Call && !IsRacing(n)).Select(n => n.Name)];
            if (others.Length < 2)
            {
                AddLeaf();
                return;
            }

            List<string> nodes = cancelsRest ? [.. others] : _maker.Some(others, 3);
            if (nodes.Count < 2)
            {
                nodes = [.. others.Take(2)];
            }

            Node node = Leaf("j", Yield.Value) with { ReadyWhen = new ReadyRule(nodes, Random.Next(1, nodes.Count + 1), cancelsRest) };
            List<Parameter> parameters = [];
            foreach (Node source in nodes.Select(name => this[name]).Where(n => n.HasValue && Chance(0.6)))
            {
                parameters.Add(new Parameter($"p{parameters.Count}", [source.Name], Chance(0.7) ? Strength.Optional : Strength.Nullable));
            }

            Add(node with { Parameters = parameters });
        }

        /// <summary>Nodes, and one that withdraws them if it completes before they do.</summary>
        private void AddWithdrawal()
        {
            Node withdrawing = Connected(Leaf("v", Yield.Value), most: 2);
            List<string> withdrawn = AddUncertain(Random.Next(1, 3));
            Add(Conditional(withdrawing) with { Cancels = withdrawn });
        }

        /// <summary>Nodes that may be withdrawn before they have completed, so that nobody can be sure of them.</summary>
        private List<string> AddUncertain(int count)
        {
            List<string> names = [];
            while (names.Count < count)
            {
                Node node = _depth < 3 && Chance(0.25)
                    ? CallOf(_maker.ChildFor(_depth + 1, _isSynchronous), isEach: false)
                    : Conditional(Connected(Leaf("y", Yield.Value), most: 1));
                Add(Retried(node));
                _certain.Remove(node.Name);
                names.Add(node.Name);
            }

            return names;
        }

        /// <summary>A node that ends the workflow, if it runs.</summary>
        private void AddEnd()
        {
            Node[] deciders = [.. _nodes.Where(n => n.Yields is Yield.Truth or Yield.Choice)];
            Node end = Connected(Leaf("z", Yield.Value), most: 2) with { IsEnd = true };
            Add(end with { Conditions = deciders.Length > 0 && Chance(0.7) ? [ConditionOn(_maker.Pick(deciders))] : [] });
        }
    }
}
