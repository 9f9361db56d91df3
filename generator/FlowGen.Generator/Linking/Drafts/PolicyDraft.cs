using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking.Drafts;

/// <summary>What surrounds the execution of a node, or of a workflow as a whole.</summary>
internal sealed class PolicyDraft
{
    /// <summary>The nearest type of exception first.</summary>
    public List<RetryDraft> Retries { get; } = [];

    public TimeoutDraft? Attempt { get; set; }

    public TimeoutDraft? Total { get; set; }

    public RepeatDraft? Repeat { get; set; }

    /// <summary>The rule of its [Each].</summary>
    public CheckDraft? EachUntil { get; set; }

    /// <summary>Everything that they ask.</summary>
    public IEnumerable<CheckDraft> Checks
        => new[] { Attempt?.Check, Total?.Check, Repeat?.Check, EachUntil }.Concat(Retries.Select(r => r.Check)).OfType<CheckDraft>();
}

internal sealed record RetryDraft(AttributeModel Attribute, CheckDraft? Check);

/// <param name="Milliseconds">Unless <paramref name="Check"/> gives the limit.</param>
internal sealed record TimeoutDraft(AttributeModel Attribute, int Milliseconds, CheckDraft? Check);

/// <param name="Carry">The parameter that takes the value of the iteration before; null where the node yields nothing.</param>
internal sealed record RepeatDraft(AttributeModel Attribute, CheckDraft Check, bool IsWhile, ParameterDraft? Carry);
