namespace FlowGen;

/// <summary>
/// Limits how long a node, or on a class a whole run, may take. The limit cancels the token and waits until the body has returned: a node is
/// never abandoned. Then it is a <see cref="TimeoutException"/>, whatever the body returned. Exactly one of the units, or <see cref="From"/>.
/// </summary>
/// <remarks>
/// The clock starts when a node that returns a task suspends, and when a synchronous one is called. A node without a
/// <see cref="CancellationToken"/> cannot be interrupted, so its limit is reported when it returns.
/// </remarks>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class TimeoutAttribute : Attribute
{
    /// <summary>The limit in milliseconds.</summary>
    public int Milliseconds { get; init; }

    /// <summary>The limit in seconds.</summary>
    public int Seconds { get; init; }

    /// <summary>The limit in minutes.</summary>
    public int Minutes { get; init; }

    /// <summary>The limit in hours, at most 596.</summary>
    public int Hours { get; init; }

    /// <summary>A member of the workflow of type <see cref="TimeSpan"/> that gives the limit, read at each use; <c>nameof</c>.</summary>
    public string? From { get; init; }

    /// <summary>What the limit is for, on a node that is retried. One attribute for each is allowed. Default: <see cref="TimeoutScope.Attempt"/>.</summary>
    public TimeoutScope Scope { get; init; }
}

/// <summary>What a <see cref="TimeoutAttribute"/> on a node limits.</summary>
public enum TimeoutScope
{
    /// <summary>Each try by itself; a try that takes too long fails and may be retried.</summary>
    Attempt,

    /// <summary>All tries and the delays between them.</summary>
    Total,
}
