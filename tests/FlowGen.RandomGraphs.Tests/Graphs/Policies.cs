namespace RandomGraphs.Graphs;

/// <summary>The parts of the language beyond nodes, edges and sub-workflows. A graph uses some of them.</summary>
[Flags]
internal enum Features
{
    None = 0,
    Retry = 1,
    Catch = 2,
    Repeat = 4,
    Compensate = 8,
    Race = 16,
    EachError = 32,
    Timeout = 64,
    Wait = 128,
    Pause = 256,
    ReadyWhen = 512,
    End = 1024,
    AfterAny = 2048,
    WaitSiblings = 4096,
    Cancels = 8192,
    Sections = 16384,
    All = 32767,
}

/// <summary>What policies tell failures apart by. Everything that a node throws by itself is one of the last two, or a cancellation that is not the run's.</summary>
internal enum Fault
{
    /// <summary>Of any type.</summary>
    Exception,

    /// <summary>What FlowGen throws for a limit of time.</summary>
    TimeoutException,
    Boom,

    /// <summary>A kind of <see cref="Boom"/>.</summary>
    Bang,
}

/// <param name="Fault">What it retries; null for [Retry] without a type.</param>
/// <param name="IfBang">With a predicate that says yes to those only.</param>
internal sealed record RetryRule(Fault? Fault, int Retries, int DelayMs, Backoff Backoff, bool IfBang);

/// <param name="IsUntil">Asks the opposite question.</param>
/// <param name="Most">The most iterations.</param>
/// <param name="StopsAtLimit">Completes there instead of failing.</param>
internal sealed record RepeatRule(bool IsUntil, int Most, bool StopsAtLimit, int DelayMs)
{
    /// <summary>The name of the condition of a node.</summary>
    public static string ConditionOf(string node) => $"{node}w";

    /// <summary>The node of a condition.</summary>
    public static string NodeOf(string condition) => condition[..^1];
}

/// <summary>So many of the nodes have to complete.</summary>
internal sealed record ReadyRule(IReadOnlyList<string> Nodes, int Enough, bool CancelsRest)
{
    public static string NameOf(string node) => $"{node}r";
}

/// <summary>Milliseconds; null for no limit.</summary>
internal sealed record TimeLimits(int? Attempt, int? Total);
