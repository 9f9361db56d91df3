namespace RandomGraphs.Graphs;

internal sealed partial class FlowMaker
{
    private sealed partial class Draft
    {
        /// <summary>With parameters and orders: who it takes from, and whom it comes after.</summary>
        private Node Connected(Node node, int most)
        {
            // Late nodes mostly, so that graphs grow deep as well as wide.
            List<Node> sources = [.. _nodes.Where(n => n.HasValue && n.Kind != NodeKind.Predicate && !n.IsAside && !IsRacing(n))];
            sources.Reverse();
            List<Parameter> parameters = [];
            foreach (Node source in sources.OrderBy(_ => Chance(0.5) ? 0 : 1).Take(Random.Next(0, most + 1)))
            {
                parameters.Add(ParameterFrom(source, source.Kind == NodeKind.Input ? source.Name : $"p{parameters.Count}"));
            }

            if (Chance(0.08) && Gather($"p{parameters.Count}") is { } gather)
            {
                parameters.Add(gather);
            }

            node = node with { Parameters = parameters, After = LastOfChain() };
            return Ordered(node);
        }

        private Node Ordered(Node node)
        {
            List<string> others = [.. _nodes.Where(n => n.Kind is NodeKind.Method or NodeKind.Class or NodeKind.Call or NodeKind.Wait && !IsRacing(n)).Select(n => n.Name)];
            List<string> after = [.. node.After.Where(others.Contains)];
            List<string> needs = [];
            List<string> needsAny = [];
            if (others.Count > 0)
            {
                after.AddRange(Chance(0.15) ? _maker.Some(others, 2) : []);
                needs.AddRange(Chance(0.1) ? _maker.Some(others, 2) : []);
                needsAny.AddRange(Chance(0.1) && others.Count > 1 ? _maker.Some(others, 3) : []);
            }

            // One attribute for one predecessor.
            needs = [.. needs.Distinct()];
            after = [.. after.Distinct().Except(needs)];
            needsAny = [.. needsAny.Except(needs).Except(after)];
            if (Has(Features.AfterAny) && others.Count > 1 && Chance(0.3))
            {
                List<string> any = [.. _maker.Some(others, 3).Except(needs).Except(after).Except(needsAny).Except(node.Parameters.SelectMany(p => p.Sources)).Where(name => name != node.PlaceSource)];
                node = any.Count > 1 ? node with { AfterAny = [any] } : node;
            }

            return node with { After = after, Needs = needs, NeedsAny = needsAny.Count > 1 ? needsAny : [] };
        }

        /// <summary>In a chain, whoever was added last and is part of it.</summary>
        private IReadOnlyList<string> LastOfChain() => _isChain && _nodes.FindLast(n => !n.IsAside && !IsRacing(n)) is { } last ? [last.Name] : [];

        private Parameter ParameterFrom(Node source, string name)
        {
            bool isNamed = source.OwnType is null || source.Kind == NodeKind.Input || Chance(0.3) || _nodes.Count(n => n.OwnType == source.OwnType) > 1;
            return new Parameter(name, [source.Name], StrengthFor(source), IsNamed: isNamed);
        }

        private Strength StrengthFor(Node source)
        {
            if (source.Kind == NodeKind.Input)
            {
                return source.MayBeNull ? (Chance(0.6) ? Strength.Nullable : Strength.Optional) : Chance(0.85) ? Strength.Required : Strength.Nullable;
            }

            int way = Random.Next(20);
            if (source.MayBeNull)
            {
                return way < 10 ? Strength.Nullable : way < 15 ? Strength.Optional : Strength.Outcome;
            }

            return _certain.Contains(source.Name)
                ? way < 13 ? Strength.Required : way < 15 ? Strength.Nullable : way < 17 ? Strength.Optional : Strength.Outcome
                : way < 7 ? Strength.Required : way < 12 ? Strength.Nullable : way < 16 ? Strength.Optional : Strength.Outcome;
        }

        private Parameter? Gather(string name)
        {
            List<string> fitting = [.. _nodes.Where(n => n.Yields == Yield.Value && !n.MayBeNull && !n.IsEach && !n.IsAside && !IsRacing(n) && n.Kind is not (NodeKind.Input or NodeKind.Predicate)).Select(n => n.Name)];
            return fitting.Count < 2 ? null : new Parameter(name, _maker.Some(fitting, 4) is { Count: > 1 } some ? some : [.. fitting.Take(2)], Strength.Required, IsGather: true);
        }

        private Node Conditional(Node node)
        {
            Node[] deciders = [.. _nodes.Where(n => n.Yields is Yield.Truth or Yield.Choice && !_closed.Contains(n.Name))];
            if (deciders.Length == 0 || !Chance(0.3))
            {
                return node;
            }

            return node with { Conditions = [.. _maker.Some(deciders, 2).Select(ConditionOn)] };
        }

        private Condition ConditionOn(Node decider)
        {
            ConditionKind kind = Chance(0.3) ? ConditionKind.Unless : ConditionKind.When;
            IReadOnlyList<string> values = decider.Yields == Yield.Truth ? ["true"] : Chance(0.5) ? [_maker.Pick(["A", "B", "C"])] : ["A", "C"];
            return new Condition(decider.Name, kind, values);
        }

        private Node Tolerating(Node node) => Chance(0.1) ? node with { BestEffort = true } : node;
    }
}
