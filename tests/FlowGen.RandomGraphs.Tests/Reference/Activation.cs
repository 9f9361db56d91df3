namespace RandomGraphs.Reference;

internal enum Progress
{
    Waiting,
    Ready,
    Running,
    Completed,
    Skipped,
    Failed,
}

/// <summary>One run of a workflow, or one call of it as a sub-workflow.</summary>
internal sealed class Activation
{
    public Activation(Flow flow, string path, Item? parent, Element? element, Func<Node, string> input)
    {
        (Flow, Path, Parent, ParentElement) = (flow, path, parent, element);
        foreach (Node node in flow.Nodes)
        {
            bool isInput = node.Kind == NodeKind.Input;
            Items.Add(node.Name, new Item(node, this) { Progress = isInput ? Progress.Completed : Progress.Waiting, Text = isInput ? input(node) : "" });
        }
    }

    public Flow Flow { get; }

    public string Path { get; }

    /// <summary>The call that this is an activation of; null for the run itself.</summary>
    public Item? Parent { get; }

    public Element? ParentElement { get; }

    public Dictionary<string, Item> Items { get; } = new(StringComparer.Ordinal);

    /// <summary>What it fails with, as soon as that is certain.</summary>
    public Exception? Failure { get; set; }

    public bool IsCancelled { get; set; }

    /// <summary>A failure that nobody has handled, though it was observed: it counts as soon as the scheduler gets to it.</summary>
    public Item? Due { get; set; }

    /// <summary>Everything in it has settled, and its parent has been told.</summary>
    public bool IsOver { get; set; }

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
    public bool IsFailing => Outwards.Any(a => a.Failure is not null || a.Parent is { LoopFails: true });
}

/// <summary>A node in one activation.</summary>
internal sealed class Item(Node node, Activation within)
{
    public Node Node { get; } = node;

    public Activation Within { get; } = within;

    public string Path => Paths.Join(Within.Path, Node.Name);

    public Progress Progress { get; set; }

    public string Text { get; set; } = "";

    public Exception? Error { get; set; }

    public bool IsCancellation { get; set; }

    /// <summary>It has been decided whether its failure, which somebody observes, counts.</summary>
    public bool IsJudged { get; set; }

    /// <summary>It has started, whatever came of it.</summary>
    public bool HasRun { get; set; }

    public Activation? Inner { get; set; }

    public List<Element> Elements { get; } = [];

    /// <summary>An element has failed.</summary>
    public bool LoopFails { get; set; }

    public bool IsSettled => Progress is Progress.Completed or Progress.Skipped or Progress.Failed;

    /// <summary>There is a value to take.</summary>
    public bool IsPresent => Progress == Progress.Completed && Text != Texts.Absent;

    /// <summary>Somebody handles its failure, or may do so.</summary>
    public bool IsHandled => Node.BestEffort || Within.Flow.IsObservedByResult(Node) || Within.Flow.ObserversOf(Node).Any();
}

/// <summary>One element of an [Each].</summary>
internal sealed class Element(Item item, int index)
{
    public Item Item { get; } = item;

    public string Path { get; } = $"{item.Path}[{index}]";

    public int Index { get; } = index;

    public Progress Progress { get; set; }

    public string Text { get; set; } = "";

    public Activation? Inner { get; set; }

    public bool IsSettled => Progress is Progress.Completed or Progress.Failed;
}
