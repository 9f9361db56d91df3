namespace RandomGraphs.Graphs;

internal sealed partial class FlowMaker
{
    /// <summary>One workflow while its nodes are being added.</summary>
    private sealed partial class Draft
    {
        private readonly FlowMaker _maker;
        private readonly int _depth;
        private readonly bool _isSynchronous;
        private readonly bool _isChain;
        private readonly bool _hasState;
        private readonly bool _hasRunState;
        private readonly double _onPool;
        private readonly string _name;
        private readonly List<Node> _nodes = [];

        // Nodes that run whenever the workflow does, unless it fails.
        private readonly HashSet<string> _certain = new(StringComparer.Ordinal);

        // Deciders whose branches are merged: another condition on them could end their being exclusive.
        private readonly HashSet<string> _closed = new(StringComparer.Ordinal);

        // Those who race, whom nobody else asks for.
        private readonly HashSet<string> _racing = new(StringComparer.Ordinal);

        private int _next;

        public Draft(FlowMaker maker, int depth, bool isSynchronous)
        {
            (_maker, _depth, _isSynchronous) = (maker, depth, isSynchronous);
            _name = $"F{maker._names++}";
            _isChain = Chance(0.15);
            _hasState = Chance(0.25);
            _hasRunState = Chance(0.12);
            _onPool = !isSynchronous && Chance(0.2) ? 0.3 : 0;
        }

        public Flow Finish()
        {
            AddInput("x", mayBeNull: false);
            if (_depth > 0 && Chance(0.5))
            {
                AddInput("y", mayBeNull: true);
            }

            int size = _nodes.Count + _maker.Size(_depth);
            while (_nodes.Count < size)
            {
                AddSomething();
            }

            (string? result, Strength strength) = ChooseResult();
            UseInputs();
            AddWorkflowHandlers(result, strength);
            bool isRoot = _depth == 0;
            if (strength == Strength.Outcome && _nodes.Exists(node => node.Catches == result))
            {
                // Known: an entry's Outcome holds the failure of the node, and not that of its handler which replaces it.
                strength = Strength.Nullable;
            }

            Flow flow = new()
            {
                Name = _name,
                Nodes = [.. _nodes.Select(node => result is null ? node with { IsEnd = false } : node)],
                Result = result,
                ResultStrength = strength,
                MaxParallelism = Chance(0.12) ? Random.Next(1, 4) : 0,
                TimeLimit = Has(Features.Timeout) && !_isSynchronous && Chance(0.15) ? Random.Next(1, 6) * 170 : null,
                OnError = Has(Features.WaitSiblings) && Chance(0.5) ? ErrorMode.WaitSiblings : ErrorMode.CancelSiblings,
                Cleanup = Chance(0.15) ? (CleanupMode)Random.Next(1, 4) : CleanupMode.Immediate,
                IsSynchronous = _isSynchronous,
                ReturnsTask = Chance(0.25),
                TakesToken = Chance(isRoot ? 0.85 : 0.7),
                IsSealed = Chance(0.8),
                Holding = (Holding)Random.Next(3),
                Shuffle = Chance(0.3) ? Random.Next(1, int.MaxValue) : 0,
            };
            return flow.Holding == Holding.Shared && flow.Children.Any(child => child.NeedsArguments) ? flow with { Holding = Holding.Parameter } : flow;
        }

        private Random Random => _maker._random;

        private bool Chance(double chance) => _maker.Chance(chance);

        private Node this[string name] => _nodes.Find(node => node.Name == name)!;

        private string Name(string prefix) => $"{prefix}{_next++}";

        private void AddInput(string name, bool mayBeNull)
            => Add(new Node { Name = name, Kind = NodeKind.Input, Yields = Yield.Value, MayBeNull = mayBeNull });

        private bool Has(Features feature) => (_maker._features & feature) != Features.None;

        private void AddSomething()
        {
            switch (Random.Next(100))
            {
                case < 12 when Has(Features.Race) && !_isSynchronous:
                    AddRace();
                    break;
                case < 22 when Has(Features.End) && !_nodes.Exists(n => n.IsEnd):
                    AddEnd();
                    break;
                case < 30 when Has(Features.Cancels):
                    AddWithdrawal();
                    break;
                case < 26 when Has(Features.Wait) && !_isSynchronous:
                    AddWait();
                    break;
                case < 24 when Has(Features.ReadyWhen):
                    AddRule();
                    break;
                case < 12:
                    AddDecision();
                    break;
                case < 16:
                    AddPredicate();
                    break;
                case < 34 when _depth < 3:
                    AddCall();
                    break;
                case < 43:
                    AddEach();
                    break;
                default:
                    AddLeaf();
                    break;
            }
        }

        /// <summary>Adds a node and works out whether it always runs.</summary>
        private Node Add(Node node, bool isExhaustive = false)
        {
            bool Is(string source) => _certain.Contains(source);
            bool IsThere(string source) => Is(source) && !this[source].MayBeNull;
            bool isCertain = !node.BestEffort
                && node.Conditions.Count == 0
                && node.Parameters.All(p => p.Strength != Strength.Required || p.Sources.Any(IsThere) || (isExhaustive && p.Sources.Count > 1))
                && node.Needs.All(Is)
                && node.ReadyWhen is null
                && (node.NeedsAny.Count == 0 || node.NeedsAny.Any(Is) || isExhaustive)
                && (node.PlaceSource is null || Is(node.PlaceSource));
            _nodes.Add(node);
            if (isCertain)
            {
                _certain.Add(node.Name);
            }

            return node;
        }

        /// <summary>A result that is certainly there, or one that may be missing, or a last node that takes what nobody has taken, or nothing.</summary>
        private (string? Result, Strength Strength) ChooseResult()
        {
            Node[] fitting = [.. _nodes.Where(n => n.Kind != NodeKind.Input && n.Yields == Yield.Value && !n.IsEach && !n.IsAside && !IsRacing(n))];
            Node[] sure = [.. fitting.Where(n => _certain.Contains(n.Name) && !n.MayBeNull)];
            int way = Random.Next(10);
            if (way == 0)
            {
                return (null, Strength.Required);
            }

            if (way < 4 && sure.Length > 0)
            {
                return (_maker.Pick(sure).Name, _depth == 0 && Chance(0.15) ? Strength.Outcome : Strength.Required);
            }

            if (way < 6 && fitting.Length > 0)
            {
                return (_maker.Pick(fitting).Name, _depth == 0 && Chance(0.3) ? Strength.Outcome : Strength.Nullable);
            }

            HashSet<string> used = [.. _nodes.SelectMany(n => n.Parameters).SelectMany(p => p.Sources)];
            List<Parameter> parameters = [];
            foreach (Node source in _nodes.Where(n => n.HasValue && n.Kind != NodeKind.Input && !n.IsAside && !IsRacing(n) && (!used.Contains(n.Name) || Chance(0.15))))
            {
                Parameter parameter = ParameterFrom(source, $"p{parameters.Count}");
                bool isSure = _certain.Contains(source.Name) && !source.MayBeNull;
                parameters.Add(isSure || parameter.Strength != Strength.Required ? parameter : parameter with { Strength = Strength.Optional });
            }

            Node last = Add(new Node { Name = Name("z"), Kind = NodeKind.Method, Yields = Yield.Value, Form = AnyForm(), Parameters = parameters });
            return (last.Name, Strength.Required);
        }

        /// <summary>Somebody takes every input.</summary>
        private void UseInputs()
        {
            foreach (Node input in _nodes.Where(n => n.Kind == NodeKind.Input && !_nodes.Exists(m => m.Parameters.Any(p => p.Sources.Contains(n.Name)))).ToList())
            {
                Parameter parameter = new(input.Name, [input.Name], input.MayBeNull ? Strength.Nullable : Strength.Required);
                Add(new Node { Name = Name("u"), Kind = NodeKind.Method, Yields = Yield.Nothing, Form = AnyForm(), Parameters = [parameter] });
            }
        }

        private Form AnyForm() => _isSynchronous ? Form.Plain : (Form)Random.Next(3);
    }
}
