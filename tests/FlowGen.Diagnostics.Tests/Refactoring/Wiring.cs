using FlowGen.Generator.Model;

namespace FlowGen.Diagnostics.Tests.Refactoring;

/// <summary>What somebody receives, or waits for.</summary>
/// <param name="Kind">Of the edge: strength and combination of a value, or which attribute orders.</param>
/// <param name="Sources">By name; sorted, but for a gathered list, whose order is its author's.</param>
internal sealed record Slot(string Kind, EquatableArray<string> Sources)
{
    public override string ToString() => $"{Kind} <- {string.Join(", ", Sources)}";
}

/// <summary>
/// The graph of one workflow in names: its nodes, and for each parameter of a node or predicate, each attribute and the result what it
/// is joined to and how. Two graphs are the same when nodes and slots are; the order of declarations is no part of it, and neither are
/// positions, bodies and documentation.
/// </summary>
/// <param name="Nodes">With their kind.</param>
/// <param name="Slots">By their owner: <c>Sign(reply)</c>, <c>Sign after</c>, <c>result</c>.</param>
internal sealed record Wiring(SortedDictionary<string, string> Nodes, SortedDictionary<string, Slot> Slots)
{
    public const string Result = "result";

    private const string Target = "target";

    public static Wiring Of(BoundWorkflow workflow)
    {
        Wiring wiring = new(new(StringComparer.Ordinal), new(StringComparer.Ordinal));
        foreach (BoundNode node in workflow.Nodes)
        {
            wiring.Nodes.Add(node.Name, $"{node.Kind}{(node.AlwaysRuns ? "" : "?")} {node.ClassTarget?.Type.Key ?? node.ChildTarget?.Key} {node.ChildTarget?.Member?.Name}".Trim());
            wiring.AddArguments(workflow, node.Name, node.Arguments);
            wiring.AddJoins(workflow, node);
            wiring.AddChecks(workflow, node);
            wiring.AddNames(node.Name + " after", workflow, node.After);
            wiring.AddSorted(node.Name + " needs", "any", node.Needs.Select(i => workflow.Nodes[i].Name).Concat(node.NeedsAny.Select(g => Names(workflow, g.Indices))));
            wiring.AddSorted(node.Name + " when", "condition", node.Conditions.Select(c => Condition(workflow, c)));
            wiring.AddTarget(node.Name, node.Arguments, node.ClassTarget?.Parameters ?? node.ChildTarget?.Inputs ?? []);
        }

        foreach (BoundPredicate predicate in workflow.Predicates)
        {
            wiring.AddArguments(workflow, predicate.Name, predicate.Arguments);
        }

        foreach (BoundCompensation compensation in workflow.Compensations)
        {
            wiring.AddSorted(compensation.Body.Name + " undoes", "compensation", [workflow.Nodes[compensation.Undoes].Name]);
            wiring.AddArguments(workflow, compensation.Body.Name, compensation.Body.Arguments);
            wiring.AddChecks(workflow, compensation.Body);
        }

        foreach (BoundHandler handler in workflow.Handlers)
        {
            wiring.AddSorted(workflow.Nodes[handler.Node].Name + " handles", "handler " + handler.Exception?.Key, ["!run"]);
        }


        // A node that ends the run gives its result beside whatever it comes from otherwise.
        if (workflow.Result is { } result && !result.Sources.All(source => source.Kind == SourceKind.Node && workflow.Nodes[source.Index].Joins.Ends))
        {
            wiring.Slots.Add(Result, Value(workflow, result));
        }

        return wiring;
    }

    /// <summary>With another name for one node.</summary>
    public Wiring Renamed(string from, string to)
    {
        SortedDictionary<string, string> nodes = new(StringComparer.Ordinal);
        foreach ((string name, string kind) in Nodes)
        {
            nodes.Add(name == from ? to : name, kind);
        }

        SortedDictionary<string, Slot> slots = new(StringComparer.Ordinal);
        foreach ((string owner, Slot slot) in Slots)
        {
            bool isOwned = owner.StartsWith(from, StringComparison.Ordinal) && owner.Length > from.Length && owner[from.Length] is '(' or ' ';
            IEnumerable<string> sources = slot.Kind == Target ? slot.Sources : slot.Sources.Select(s => string.Join("|", s.Split('|').Select(Name).Order(StringComparer.Ordinal)));
            slots.Add(isOwned ? to + owner[from.Length..] : owner, slot with { Sources = Ordered(slot.Kind, sources) });
        }

        return new Wiring(nodes, slots);

        string Name(string source) => NodeOf(source) == from ? to + source[from.Length..] : source;
    }

    /// <summary>The node that a source's text begins with; null for an input or a predicate.</summary>
    public static string? NodeOf(string source)
    {
        int end = source.IndexOfAny(['.', ' ']);
        return source.StartsWith('!') ? null : end < 0 ? source : source[..end];
    }

    /// <summary>What this and <paramref name="other"/> do not have in common; empty for the same graph.</summary>
    public IReadOnlyList<string> DifferencesFrom(Wiring other)
        =>
        [
            .. Lines().Except(other.Lines(), StringComparer.Ordinal).Select(l => "+ " + l),
            .. other.Lines().Except(Lines(), StringComparer.Ordinal).Select(l => "- " + l),
        ];

    private IEnumerable<string> Lines() => Nodes.Select(n => $"{n.Key}: {n.Value}").Concat(Slots.Select(s => $"{s.Key}: {s.Value}"));

    private void AddArguments(BoundWorkflow workflow, string owner, EquatableArray<BoundArgument> arguments)
    {
        foreach (BoundArgument argument in arguments)
        {
            Slots.Add($"{owner}({argument.Parameter})", argument.Value is { } value
                ? Value(workflow, value) is var slot && argument.Kind == ArgumentKind.Element ? slot with { Kind = "each " + slot.Kind } : slot
                : new Slot(argument.Kind.ToString(), EquatableArray<string>.Empty));
        }
    }

    private void AddJoins(BoundWorkflow workflow, BoundNode node)
    {
        AddSorted(node.Name + " after any", "any", node.Joins.AfterAny.Select(g => Names(workflow, g.Indices)));
        AddNames(node.Name + " cancels", workflow, node.Joins.Cancels);
        AddSorted(node.Name + " ready when", "rule " + node.Joins.ReadyWhen?.Method, (node.Joins.ReadyWhen?.Nodes ?? []).Select(i => workflow.Nodes[i].Name));
        AddSorted(node.Name + " catches", "catch " + node.Catch?.Exception?.Key, (node.Catch?.Nodes ?? []).Select(c => workflow.Nodes[c.Node].Name));
        AddSorted(node.Name + " ends", "end", node.Joins.Ends ? ["!run"] : []);
    }

    /// <summary>What its policies ask, and what that takes.</summary>
    private void AddChecks(BoundWorkflow workflow, BoundNode node)
    {
        BoundPolicies policies = node.Policies;
        (string Name, int Check)[] checks =
        [
            ("attempt", policies.Attempt?.Check ?? -1),
            ("total", policies.Total?.Check ?? -1),
            ("repeat", policies.Repeat?.Check ?? -1),
            ("until", node.Each?.Until ?? -1),
            .. policies.Retries.Select((r, i) => ($"retry{i}", r.Check)),
        ];
        foreach ((string name, int check) in checks.Where(c => c.Check >= 0))
        {
            AddArguments(workflow, $"{node.Name} {name}", workflow.Checks[check].Arguments);
        }
    }

    private static string Names(BoundWorkflow workflow, EquatableArray<int> nodes)
        => string.Join("|", nodes.Select(i => workflow.Nodes[i].Name).Order(StringComparer.Ordinal));

    private void AddTarget(string owner, EquatableArray<BoundArgument> arguments, IEnumerable<TargetParameter> parameters)
        => AddSorted(owner + " " + Target, Target, parameters.Select(p => $"{p.Name} = {(p.Argument < 0 ? p.Kind.ToString() : arguments[p.Argument].Parameter)}"));

    private void AddNames(string owner, BoundWorkflow workflow, EquatableArray<int> nodes)
        => AddSorted(owner, "order", nodes.Select(i => workflow.Nodes[i].Name));

    private void AddSorted(string owner, string kind, IEnumerable<string> sources)
    {
        EquatableArray<string> sorted = Ordered(kind, sources);
        if (sorted.Count > 0)
        {
            Slots.Add(owner, new Slot(kind, sorted));
        }
    }

    private static Slot Value(BoundWorkflow workflow, BoundValue value)
    {
        string kind = $"{value.Strength} {(value.Combination is Combination.Gather or Combination.First ? value.Combination.ToString() : "")}".Trim();
        return new Slot(kind, Ordered(kind, value.Sources.Select(s => NameOf(workflow, s))));
    }

    /// <summary>Inputs and nodes may have one name, so an input is told from a node.</summary>
    private static string NameOf(BoundWorkflow workflow, BoundSource source) => source.Kind == SourceKind.Input
        ? "!" + workflow.Surface.Entry!.Inputs[source.Index].Name + source.Access
        : workflow.Nodes[source.Index].Name + source.Access;

    private static string Condition(BoundWorkflow workflow, BoundCondition condition)
    {
        string source = condition.IsPredicate ? "!" + workflow.Predicates[condition.Index].Name : workflow.Nodes[condition.Index].Name;
        return $"{source}{(condition.Negated ? " not" : "")} = {string.Join(" or ", condition.Values.Order(StringComparer.Ordinal))}";
    }

    private static EquatableArray<string> Ordered(string kind, IEnumerable<string> sources)
        => (kind.Contains(nameof(Combination.Gather), StringComparison.Ordinal) ? sources : sources.Order(StringComparer.Ordinal)).ToEquatableArray();
}
