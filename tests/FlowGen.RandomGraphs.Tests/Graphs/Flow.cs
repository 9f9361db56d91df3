namespace RandomGraphs.Graphs;

/// <summary>
/// A plain description of a workflow, after binding: who depends on whom and how. The reference interprets it, the source writer prints it.
/// The first nodes are its inputs; every node refers to earlier ones only.
/// </summary>
internal sealed record Flow
{
    public required string Name { get; init; }

    /// <summary>Inputs, predicates and nodes, in an order in which they could run.</summary>
    public required IReadOnlyList<Node> Nodes { get; init; }

    /// <summary>The node whose value is the result; null for a workflow that returns nothing.</summary>
    public string? Result { get; init; }

    public Strength ResultStrength { get; init; }

    public int MaxParallelism { get; init; }

    public CleanupMode Cleanup { get; init; }

    public ErrorMode OnError { get; init; }

    /// <summary>Milliseconds that a whole activation may take.</summary>
    public int? TimeLimit { get; init; }

    /// <summary>The entry is Run instead of RunAsync; then no node waits, and no child's does.</summary>
    public bool IsSynchronous { get; init; }

    /// <summary>The entry returns a Task instead of a ValueTask.</summary>
    public bool ReturnsTask { get; init; }

    public bool TakesToken { get; init; }

    public bool IsSealed { get; init; }

    /// <summary>Where it has the workflows that it calls from.</summary>
    public Holding Holding { get; init; }

    /// <summary>Members are printed in an order that this decides: it never matters.</summary>
    public int Shuffle { get; init; }

    public Node this[string name] => Nodes.First(node => node.Name == name);

    public IEnumerable<Node> Inputs => Nodes.Where(node => node.Kind == NodeKind.Input);

    /// <summary>The workflows that it calls itself, each once.</summary>
    public IEnumerable<Flow> Children => Nodes.Select(node => node.Child).OfType<Flow>().DistinctBy(child => child.Name);

    public IEnumerable<Flow> SelfAndDescendants => Children.SelectMany(child => child.SelfAndDescendants).Append(this).DistinctBy(flow => flow.Name);

    public IEnumerable<Node> AllNodes => SelfAndDescendants.SelectMany(flow => flow.Nodes);

    public bool TakesTag => Nodes.Any(node => node.TakesTag);

    /// <summary>Whether an object of it cannot be made without arguments.</summary>
    public bool NeedsArguments => TakesTag || (Holding == Holding.Parameter && Children.Any());

    /// <summary>How often the outcome of a node is asked for, and by whom.</summary>
    public IEnumerable<Node> ObserversOf(Node node)
        => Nodes.Where(other => other.Parameters.Any(p => p.Strength == Strength.Outcome && p.Sources.Contains(KnownAs(node))));

    public bool IsObservedByResult(Node node) => ResultStrength == Strength.Outcome && Result == KnownAs(node);

    /// <summary>The waits of a run of it: their paths in the graph, with brackets behind each [Each] on the way, and how many of these there are.</summary>
    public IEnumerable<(string Path, Node Wait, int Eaches)> Waits
        => Nodes.SelectMany(node => node.Kind == NodeKind.Wait
            ? [(node.Name, node, 0)]
            : node.Child?.Waits.Select(inner => ($"{node.Name}{(node.IsEach ? "[]" : "")}.{inner.Path}", inner.Wait, inner.Eaches + (node.IsEach ? 1 : 0))) ?? []);

    public bool HasWaits => Waits.Any();

    /// <summary>Something in it depends on a clock.</summary>
    public bool IsTimed
        => SelfAndDescendants.Any(flow => flow.TimeLimit is not null)
            || AllNodes.Any(node => node.Limits is not null || node.Repeat is { DelayMs: > 0 } || node.Retries.Any(rule => rule.DelayMs > 0));

    /// <summary>Something in it is decided by who comes first.</summary>
    public bool DependsOnOrder
        => IsTimed || AllNodes.Any(node => node.Kind == NodeKind.Wait || node.IsEnd || node.Cancels.Count > 0 || node.AfterAny.Count > 0 || node.ReadyWhen is not null || node.Repeat is { StopsAtLimit: false } || node.Parameters.Any(p => p.IsRace));

    /// <summary>"Naming a node means the node or its [Catch] handlers."</summary>
    public static string KnownAs(Node node) => node.Catches ?? node.Name;

    /// <summary>Those who may stand in for a node.</summary>
    public IEnumerable<Node> HandlersOf(Node node) => node.IsAside ? [] : Nodes.Where(other => other.Catches == node.Name);

    public IEnumerable<Node> WorkflowHandlers => Nodes.Where(node => node.IsWorkflowHandler);

    public Node? CompensationOf(Node node) => Nodes.FirstOrDefault(other => other.Compensates == node.Name);

    /// <summary>The race that a node takes part in.</summary>
    public (Node Consumer, Parameter Race)? RaceOf(Node node)
    {
        foreach (Node other in Nodes)
        {
            if (other.Parameters.FirstOrDefault(p => p.IsRace && p.Sources.Contains(KnownAs(node))) is { } race)
            {
                return (other, race);
            }
        }

        return null;
    }

    /// <summary>Others may end it: a race that it loses, a rule that has enough, a node that cancels it.</summary>
    public bool IsWithdrawable(Node node)
        => RaceOf(node) is not null || Nodes.Any(other => other.Cancels.Contains(node.Name) || (other.ReadyWhen is { CancelsRest: true } rule && rule.Nodes.Contains(node.Name)));

    /// <summary>Whether somebody requires the node itself, so that observing a failure does not handle it.</summary>
    public bool IsRequired(Node node)
        => (Result == KnownAs(node) && ResultStrength == Strength.Required)
            || Nodes.Any(other => other.Needs.Concat(other.NeedsAny).Concat(other.Conditions.Select(c => c.Source)).Contains(KnownAs(node)))
            || Nodes.Any(other => other.PlaceSource == node.Name || (other.Kind != NodeKind.Compensation && other.Parameters.Any(p => p.Strength == Strength.Required && p.Sources.Contains(KnownAs(node)))));

    /// <summary>The values that an [Otherwise] on a source leaves out.</summary>
    public IReadOnlyList<string> ListedValues(string source)
        => [.. Nodes.SelectMany(node => node.Conditions).Where(c => c.Kind == ConditionKind.When && c.Source == source).SelectMany(c => c.Values).Distinct()];
}

/// <summary>Shared: an instance that FlowGen makes; Parameter: of the constructor; Field: made by the workflow itself.</summary>
internal enum Holding
{
    Shared,
    Parameter,
    Field,
}
