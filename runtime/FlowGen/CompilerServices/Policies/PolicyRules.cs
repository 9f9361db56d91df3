using System.ComponentModel;

namespace FlowGen.CompilerServices;

/// <summary>What a policy watches over: static data, made once per node.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class PolicyRules
{
    /// <summary>When to try again, in the order in which <see cref="FlowPolicy.RuleFor"/> numbers them.</summary>
    public RetryRule[] Retries { get; init; } = [];

    /// <summary>Milliseconds that one try may take; 0 for no limit.</summary>
    public int AttemptLimit { get; init; }

    /// <summary>Milliseconds that all tries may take; 0 for no limit.</summary>
    public int TotalLimit { get; init; }

    /// <summary>The limit of one try is read from the workflow.</summary>
    public bool ReadsAttemptLimit { get; init; }

    /// <summary>The limit of all tries is read from the workflow.</summary>
    public bool ReadsTotalLimit { get; init; }

    /// <summary>The body takes a token, so that a limit can interrupt it.</summary>
    public bool TakesToken { get; init; }

    /// <summary>The body does not suspend, so that its limit has to be set before it is called.</summary>
    public bool IsSynchronous { get; init; }

    /// <summary>Each try is an activation of a sub-workflow.</summary>
    public bool IsSubWorkflow { get; init; }

    /// <summary>What is watched over undoes the node: the node itself does not execute again.</summary>
    public bool IsUndo { get; init; }

    /// <summary>Milliseconds between two iterations of a loop; 0 for none.</summary>
    public int IterationDelay { get; init; }

    /// <summary>How many executions may be going on at once in all runs of one workflow object; 0 for no limit.</summary>
    public int MaxConcurrent { get; init; }

    /// <summary>The node that is counted, as its own workflow names it: the same wherever that is laid out.</summary>
    public string Counted { get; init; } = "";

    /// <summary>Types that name the critical sections of the run that it needs, always in the same order.</summary>
    public Type[] Sections { get; init; } = [];

    /// <summary>Something has to happen before the first try is made.</summary>
    internal bool ComesFirst => Gates > 0 || (IsSynchronous && HasLimit);

    /// <summary>What has to be entered before the first try.</summary>
    internal int Gates => Sections.Length + (MaxConcurrent > 0 ? 1 : 0);

    internal bool LimitsTries => AttemptLimit > 0 || ReadsAttemptLimit;

    internal bool LimitsAll => TotalLimit > 0 || ReadsTotalLimit;

    internal bool HasLimit => LimitsTries || LimitsAll;
}

/// <summary>When, and how often, a failed try is followed by another.</summary>
/// <param name="Retries">Further tries.</param>
/// <param name="DelayMs">Milliseconds before the first of them.</param>
/// <param name="MaxDelayMs">The longest delay.</param>
/// <param name="Backoff">How the delay grows.</param>
/// <param name="Jitter">Whether it is a random one between half and the whole.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct RetryRule(int Retries, int DelayMs, int MaxDelayMs, Backoff Backoff, bool Jitter)
{
    /// <summary>The delay before a further try, without jitter.</summary>
    /// <param name="failures">How many tries have failed under this rule, 1 or more.</param>
    internal TimeSpan DelayAfter(int failures)
    {
        if (DelayMs == 0)
        {
            return TimeSpan.Zero;
        }

        double factor = Backoff switch
        {
            Backoff.Constant => 1,
            Backoff.Linear => failures,
            _ => Math.Pow(2, failures - 1),
        };
        return TimeSpan.FromMilliseconds(Math.Min(DelayMs * factor, MaxDelayMs));
    }
}
