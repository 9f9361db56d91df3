namespace RandomGraphs.Stages;

internal enum TraceKind
{
    /// <summary>A node's code has begun.</summary>
    Started,

    /// <summary>A node's code has ended, with a text or an error.</summary>
    Ended,

    /// <summary>A predicate was asked.</summary>
    Decided,

    /// <summary>The caller cancels the run.</summary>
    Cancelled,

    /// <summary>The clock goes on; the text says to which millisecond.</summary>
    Ticked,

    /// <summary>The caller pauses the run.</summary>
    Paused,

    /// <summary>The caller lets it go on.</summary>
    Resumed,

    /// <summary>The caller answers a wait; the text is the answer.</summary>
    Answered,

    /// <summary>An activation, or an element, has taken an object that has to be cleaned; the path is the activation's.</summary>
    Taken,

    /// <summary>An activation, or an element, uses an object; the path is the activation's.</summary>
    Used,

    /// <summary>Such an object was cleaned.</summary>
    Cleaned,

    /// <summary>The observer was told; the text is what.</summary>
    Observed,
}

/// <summary>One thing that happened, in the order in which it did.</summary>
internal sealed record TraceEvent(TraceKind Kind, string Path)
{
    public IReadOnlyList<string> Arguments { get; init; } = [];

    public string? Text { get; init; }

    public Exception? Error { get; init; }

    /// <summary>What is used.</summary>
    public Tracked? Object { get; init; }

    /// <summary>What the node's token said; null where it takes none.</summary>
    public bool? TokenIsCancelled { get; init; }

    /// <summary>Of an element, as the observer is told.</summary>
    public int Item { get; init; } = -1;

    public override string ToString()
        => $"{Kind} {Path}{(Item < 0 ? "" : $"[{Item}]")}{(Arguments.Count == 0 ? "" : $"({string.Join("; ", Arguments)})")}{(Text is null ? "" : $" {Text}")}"
            + $"{(Error is null ? "" : $" ! {Error.GetType().Name} {Error.Message}")}{(TokenIsCancelled == true ? " (token cancelled)" : "")}";
}
