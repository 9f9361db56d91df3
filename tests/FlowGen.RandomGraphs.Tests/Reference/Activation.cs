namespace RandomGraphs.Reference;

internal enum Progress
{
    Waiting,
    Ready,
    Running,

    /// <summary>Between two tries or iterations, until the clock says so.</summary>
    Delayed,
    Completed,
    Skipped,
    Failed,

    /// <summary>It lost a race, or nobody needs it any more.</summary>
    Dropped,

    /// <summary>A compensation, or a handler of the workflow: it does not take part unless something fails.</summary>
    Aside,
}

/// <summary>One run of a workflow, or one call of it as a sub-workflow.</summary>
internal sealed class Activation
{
    public Activation(Flow flow, string path, Execution? call, Func<Node, string> input)
    {
        (Flow, Path, Call) = (flow, path, call);
        foreach (Node node in flow.Nodes)
        {
            bool isInput = node.Kind == NodeKind.Input;
            bool isAside = node.Kind == NodeKind.Compensation || node.IsWorkflowHandler;
            Items.Add(node.Name, new Item(node, this)
            {
                Progress = isInput ? Progress.Completed : isAside ? Progress.Aside : Progress.Waiting,
                Text = isInput ? input(node) : "",
            });
        }
    }

    public Flow Flow { get; }

    public string Path { get; }

    /// <summary>What this is an activation of: a call, or an element of one; null for the run itself.</summary>
    public Execution? Call { get; }

    public Item? Parent => Call?.Owner;

    public Dictionary<string, Item> Items { get; } = new(StringComparer.Ordinal);

    /// <summary>What it fails with, as soon as that is certain.</summary>
    public Exception? Failure { get; set; }

    public bool IsCancelled { get; set; }

    /// <summary>A failure that nobody has handled, though it was observed: it counts as soon as the scheduler gets to it.</summary>
    public Item? Due { get; set; }

    /// <summary>Everything in it has settled.</summary>
    public bool HasSettled { get; set; }

    /// <summary>Everything in it has settled and been cleaned, and its parent has been told.</summary>
    public bool IsOver { get; set; }

    /// <summary>What it has to undo since it failed; null before.</summary>
    public List<Undo>? Undoing { get; set; }

    /// <summary>The handler of the whole workflow that runs because it failed.</summary>
    public Item? Handler { get; set; }

    /// <summary>What its handler has returned, so that it has completed.</summary>
    public string? Recovered { get; set; }

    /// <summary>When it is over the limit of its workflow.</summary>
    public long? EndsAt { get; set; }

    /// <summary>The limit of the call had passed when it ended.</summary>
    public bool WasTimedOut { get; set; }

    /// <summary>The [End] node that has ended it.</summary>
    public Item? End { get; set; }

    /// <summary>The races that are decided, and who has won.</summary>
    public Dictionary<Parameter, Item> Races { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>Itself and what encloses it.</summary>
    public IEnumerable<Activation> Outwards
    {
        get
        {
            for (Activation? activation = this; activation is not null; activation = activation.Parent?.Within)
            {
                yield return activation;
            }
        }
    }

    /// <summary>It, the elements it belongs to, or something around them has failed: nothing in it may start any more.</summary>
    public bool IsFailing => IsEnding || Outwards.Any(a => a is { IsEnding: true, LetsFinish: false } || a.Call is { IsGivenUp: true });

    /// <summary>"[WaitSiblings]: those that execute may finish undisturbed", sub-workflows with what is in them.</summary>
    public bool LetsFinish => End is null && !IsOverTime && Flow.OnError == ErrorMode.WaitSiblings;

    /// <summary>Its own limit has passed, which cancels whatever executes.</summary>
    public bool IsOverTime { get; set; }

    /// <summary>It has failed, or a node has ended it.</summary>
    public bool IsEnding => Failure is not null || End is not null;

    /// <summary>What stands for a node: itself, or the handler of its failure.</summary>
    public Item At(string name) => Items[name].StandIn ?? Items[name];
}

/// <summary>What a policy applies to: a node in one activation, or one element of an [Each].</summary>
internal abstract class Execution(Node node)
{
    public Node Node { get; } = node;

    public abstract Item Owner { get; }

    public abstract string Path { get; }

    public Activation Within => Owner.Within;

    public Progress Progress { get; set; }

    public string Text { get; set; } = "";

    public Activation? Inner { get; set; }

    /// <summary>How often each of its retry rules has been used in this iteration.</summary>
    public Dictionary<RetryRule, int> Tries { get; } = [];

    /// <summary>Iterations that have completed.</summary>
    public int Iterations { get; set; }

    /// <summary>How often the condition of its loop was asked.</summary>
    public int Asked { get; set; }

    /// <summary>The value of the last iteration.</summary>
    public string? Carried { get; set; }

    /// <summary>The end of a delay.</summary>
    public long DelayedUntil { get; set; }

    /// <summary>When the attempt, and all of them, are over their limit; null while no clock runs.</summary>
    public long? AttemptEnds { get; set; }

    public long? TotalEnds { get; set; }

    /// <summary>A limit has passed: whatever it returns, it fails.</summary>
    public bool IsTimedOut { get; set; }

    /// <summary>A call that has no place yet, or that a pause holds back: its clocks run when the first thing in it starts.</summary>
    public bool IsUnbegun { get; set; }

    /// <summary>The limit of all tries has.</summary>
    public bool IsTotalTimedOut { get; set; }

    /// <summary>It has to end: it lost a race, it is over a limit of time, or it belongs to a loop that fails.</summary>
    public bool IsGivenUp => IsTimedOut || IsDropped || Owner.LoopFails || Owner.IsDropped;

    /// <summary>It lost a race whose losers are cancelled.</summary>
    public bool IsDropped { get; set; }

    public bool IsSettled => Progress is Progress.Completed or Progress.Skipped or Progress.Failed or Progress.Dropped or Progress.Aside;
}

/// <summary>A node in one activation.</summary>
internal sealed class Item(Node node, Activation within) : Execution(node)
{
    public override Item Owner => this;

    public override string Path => Paths.Join(Within.Path, Node.Name);

    public new Activation Within { get; } = within;

    public Exception? Error { get; set; }

    public bool IsCancellation { get; set; }

    public bool WasCancelled => Progress == Progress.Failed && IsCancellation;

    /// <summary>When it failed, as the number of the event.</summary>
    public int FailedAt { get; set; }

    /// <summary>It has been decided whether its failure, which somebody observes, counts.</summary>
    public bool IsJudged { get; set; }

    /// <summary>It has started, whatever came of it.</summary>
    public bool HasRun { get; set; }

    /// <summary>The handler of its failure.</summary>
    public Item? StandIn { get; set; }

    public List<Element> Elements { get; } = [];

    /// <summary>An element has failed.</summary>
    public bool LoopFails { get; set; }

    /// <summary>There is a value to take.</summary>
    public bool IsPresent => Progress == Progress.Completed && Text != Texts.Absent;

    /// <summary>Somebody handles its failure, or may do so.</summary>
    public bool IsHandled => Node.BestEffort || Within.Flow.IsObservedByResult(Node) || Within.Flow.ObserversOf(Node).Any() || Within.Flow.RaceOf(Node) is not null;

    /// <summary>What it fails with may be dealt with before anybody else has to know.</summary>
    public bool MayBeHandled => IsHandled || Node.HasPolicies || Node.OnError != EachError.Stop || Within.Flow.HandlersOf(Node).Any();
}

/// <summary>One element of an [Each].</summary>
internal sealed class Element(Item item, int index) : Execution(item.Node)
{
    public override Item Owner => item;

    public override string Path { get; } = $"{item.Path}[{index}]";

    public int Index { get; } = index;

    public Exception? Error { get; set; }
}

/// <summary>A compensation that will run if what it belongs to fails.</summary>
/// <param name="undone">The node that has completed.</param>
/// <param name="node">The compensation.</param>
internal sealed class Undo(Item undone, Node node, int end) : Execution(node)
{
    public override Item Owner => undone.Within.Items[Node.Name];

    public override string Path => Paths.Join(undone.Within.Path, Node.Name);

    public Item Undone => undone;

    /// <summary>It has to run if anything does: whether a sub-workflow has completed in which only skips are left when the caller cancels, is left open.</summary>
    public bool IsCertain { get; init; }

    /// <summary>When the node ended, as the number of the event.</summary>
    public int End => end;

    /// <summary>Because of what it runs.</summary>
    public Exception? Reason { get; set; }
}
