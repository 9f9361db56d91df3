namespace RandomGraphs.Graphs;

internal sealed partial class FlowMaker
{
    private sealed partial class Draft
    {
        private void AddLeaf()
        {
            Yield yields = Random.Next(10) switch { < 7 => Yield.Value, < 8 => Yield.Number, _ => Yield.Nothing };
            Node node = Connected(Leaf("n", yields), most: 4);
            node = node with { MayBeNull = node.HasValue && Chance(0.15), OwnType = node.Yields == Yield.Value && Chance(0.3) ? $"{_name}_{node.Name}" : null };
            AddWithPolicies(Conditional(node));
        }

        /// <summary>Adds a node and what deals with its failures.</summary>
        private void AddWithPolicies(Node node)
        {
            node = Tolerating(TakingTurns(Limited(Retried(Repeated(node)))));
            Add(node);
            AddHandlers(node);
            AddCompensation(node);
        }

        /// <summary>A leaf that depends on nothing yet: a method or a class, with the things it may ask for.</summary>
        private Node Leaf(string prefix, Yield yields)
        {
            Node node = new()
            {
                Name = Name(prefix),
                Kind = NodeKind.Method,
                Yields = yields,
                Form = AnyForm(),
                OnPool = Chance(_onPool),
                TakesToken = Chance(0.6),
                TakesContext = Chance(0.1),
                TakesState = _hasState && Chance(0.4),
                TakesRunState = _hasRunState && Chance(0.3),
            };
            return Chance(0.2) ? AsClass(node) : node;
        }

        private Node AsClass(Node node) => node with
        {
            Kind = NodeKind.Class,
            TakesState = false,
            TakesRunState = false,
            TakesContext = false,
            TakesTag = Chance(0.25),
            Cleanup = Random.Next(10) switch
            {
                < 5 => CleanupForm.Plain,
                < 8 => _isSynchronous ? CleanupForm.Plain : CleanupForm.Async,
                < 9 => CleanupForm.None,
                _ => CleanupForm.Unpooled,
            },
        };

        /// <summary>A bool or enum that decides, and often the branches that it chooses among and what merges them again.</summary>
        private void AddDecision()
        {
            Node decider = Conditional(Connected(Leaf("d", Chance(0.5) ? Yield.Truth : Yield.Choice), most: 2));
            Add(decider);
            if (Chance(0.6))
            {
                AddBranches(decider);
            }
        }

        private void AddBranches(Node decider)
        {
            bool isExhaustive = _certain.Contains(decider.Name);
            bool yieldsNothing = Chance(0.2);
            string group = Chance(0.4) ? $"{_name}_m{_next}" : "";
            List<Condition> conditions = decider.Yields == Yield.Truth
                ? [new(decider.Name, ConditionKind.When, ["true"]), new(decider.Name, Chance(0.5) ? ConditionKind.Unless : ConditionKind.Otherwise, ["true"])]
                : [new(decider.Name, ConditionKind.When, ["A"]), new(decider.Name, ConditionKind.When, ["B"]), new(decider.Name, ConditionKind.Otherwise, [])];
            if (Chance(0.15))
            {
                conditions.RemoveAt(conditions.Count - 1);
                isExhaustive = false;
            }

            List<Node> branches = [];
            foreach (Condition condition in conditions)
            {
                Node branch = Leaf("b", yieldsNothing ? Yield.Nothing : Yield.Value) with
                {
                    Conditions = [condition with { Values = condition.Kind == ConditionKind.Otherwise ? [] : condition.Values }],
                    OwnType = group.Length > 0 && !yieldsNothing ? group : null,
                };
                Node[] sure = [.. _nodes.Where(n => n.Yields == Yield.Value && !n.IsEach && n.Kind != NodeKind.Input && !n.IsAside && !IsRacing(n) && _certain.Contains(n.Name) && !n.MayBeNull)];
                bool takes = sure.Length > 0 && Chance(0.5);
                branches.Add(branch with { Parameters = takes ? [new Parameter("p0", [_maker.Pick(sure).Name], Strength.Required)] : [] });
            }

            foreach (Node branch in branches)
            {
                Add(branch);
            }

            _closed.Add(decider.Name);
            AddMerge([.. branches.Select(b => b.Name)], yieldsNothing, group.Length == 0, isExhaustive);
        }

        private void AddMerge(List<string> branches, bool yieldsNothing, bool isNamed, bool isExhaustive)
        {
            Node merge = Leaf("m", Yield.Value);
            if (yieldsNothing)
            {
                merge = branches.Count > 1 ? merge with { NeedsAny = branches } : merge with { Needs = branches };
            }
            else
            {
                Strength strength = isExhaustive || Chance(0.5) ? Strength.Required : Chance(0.5) ? Strength.Nullable : Strength.Optional;
                merge = merge with { Parameters = [new Parameter("p0", branches, strength, IsNamed: isNamed)] };
            }

            Add(merge, isExhaustive && branches.Count > 1);
        }

        private void AddPredicate()
        {
            Node[] fitting = [.. _nodes.Where(n => n.HasValue && !n.IsEach && n.Kind != NodeKind.Input && !n.IsAside && !IsRacing(n))];
            Node node = new() { Name = Name("q"), Kind = NodeKind.Predicate, Yields = Chance(0.6) ? Yield.Truth : Yield.Choice };
            if (fitting.Length > 0 && Chance(0.6))
            {
                Node source = _maker.Pick(fitting);
                bool mayRequire = !source.MayBeNull;
                node = node with { Parameters = [new Parameter("p0", [source.Name], mayRequire && Chance(0.6) ? Strength.Required : Strength.Nullable)] };
            }

            Add(node);

            // Nobody but a condition asks for a predicate.
            Add(Leaf("n", Yield.Value) with { Conditions = [ConditionOn(node)] });
        }

        private void AddCall()
        {
            Flow child = _maker.ChildFor(_depth + 1, _isSynchronous);
            bool isEach = !_isSynchronous && child is not { Result: not null, ResultStrength: Strength.Nullable } && child.Waits.All(wait => wait.Eaches == 0) && Chance(0.35);
            AddWithPolicies(CallOf(child, isEach));
        }

        private Node CallOf(Flow child, bool isEach)
        {
            Node call = new()
            {
                Name = Name("c"),
                Kind = NodeKind.Call,
                Child = child,
                Yields = child.Result is null ? Yield.Nothing : Yield.Value,
                MayBeNull = child.Result is not null && child.ResultStrength == Strength.Nullable,
                Form = child.IsSynchronous && !isEach ? Form.Plain : Form.ValueTask,
                IsEach = isEach,
                OnError = isEach ? AnyError(child.Result is null ? Yield.Nothing : Yield.Value) : EachError.Stop,
                Degree = Random.Next(0, 4),
            };
            List<Parameter> parameters = [];
            foreach (Node input in child.Inputs)
            {
                parameters.Add(ForInput(input));
            }

            call = call with { PlaceSource = PlacesOf(call).Name, Parameters = parameters, After = LastOfChain() };
            return Conditional(Ordered(call));
        }

        private Parameter ForInput(Node input)
        {
            Node[] fitting =
            [
                .. _nodes.Where(n => n.Yields == Yield.Value && !n.IsEach && (n.Kind == NodeKind.Input ? n.Name == input.Name : n.Kind != NodeKind.Predicate && !n.IsAside && !IsRacing(n)) && (input.MayBeNull || !n.MayBeNull)),
            ];
            if (fitting.Length == 0)
            {
                fitting = [Add(new Node { Name = Name("t"), Kind = NodeKind.Method, Yields = Yield.Value, Form = AnyForm() })];
            }

            Node source = _maker.Pick(fitting);
            return new Parameter(input.Name, [source.Name], input.MayBeNull ? Strength.Nullable : Strength.Required);
        }

        private void AddEach()
        {
            if (_isSynchronous)
            {
                AddLeaf();
                return;
            }

            Yield yields = Random.Next(10) switch { < 6 => Yield.Value, < 8 => Yield.Number, _ => Yield.Nothing };
            Node node = Leaf("e", yields) with { IsEach = true, Degree = Random.Next(0, 4), OnError = AnyError(yields) };
            node = node with { PlaceSource = PlacesOf(node).Name };
            AddWithPolicies(Conditional(Connected(node, most: 2)));
        }

        private EachError AnyError(Yield yields)
            => !Has(Features.EachError) ? EachError.Stop : yields == Yield.Nothing ? (EachError)Random.Next(2) : (EachError)Random.Next(3);

        /// <summary>The node that says where the activation, or the elements, of another stand.</summary>
        private Node PlacesOf(Node user)
        {
            string[] collections = ["Place[]", "IReadOnlyList<Place>", "IEnumerable<Place>", "List<Place>", "IAsyncEnumerable<Place>"];
            Node node = new()
            {
                Name = Name("k"),
                Kind = NodeKind.Method,
                Yields = user.IsEach ? Yield.Places : Yield.Place,
                PlaceFor = user.Name,
                Form = AnyForm(),
                Collection = _maker.Pick(collections),
            };
            return Add(Chance(0.2) ? Connected(node, most: 1) : node);
        }
    }
}
