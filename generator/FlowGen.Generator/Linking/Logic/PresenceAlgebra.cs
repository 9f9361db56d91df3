namespace FlowGen.Generator.Linking.Logic;

/// <summary>When something is there: a node of the diagram, or unknown where exactness would cost too much.</summary>
internal readonly record struct Presence(int? Root)
{
    public static readonly Presence Always = new(DecisionDiagram.Always);
    public static readonly Presence Never = new(DecisionDiagram.Never);
    public static readonly Presence Unknown = new(null);

    public bool IsAlways => Root == DecisionDiagram.Always;

    public bool IsNever => Root == DecisionDiagram.Never;
}

/// <summary>Exact up to 65,536 combinations of outcomes per question; beyond that the answer is "unknown" (language.md 4.1).</summary>
internal sealed class PresenceAlgebra(IReadOnlyList<Variable> variables)
{
    private const int MaxCombinations = 65_536;

    private readonly DecisionDiagram _diagram = new([.. variables.Select(v => v.Outcomes.Count)]);

    public DecisionDiagram Diagram => _diagram;

    public IReadOnlyList<Variable> Variables => variables;

    public Presence Atom(int variable, Func<string, bool> allowed)
        => new(_diagram.Atom(variable, outcome => allowed(variables[variable].Outcomes[outcome].Text)));

    public Presence And(Presence a, Presence b)
    {
        if (a.IsNever || b.IsNever)
        {
            return Presence.Never;
        }

        return IsTooMuch(a, b) ? Presence.Unknown : new Presence(_diagram.And(a.Root!.Value, b.Root!.Value));
    }

    public Presence Or(Presence a, Presence b)
    {
        if (a.IsAlways || b.IsAlways)
        {
            return Presence.Always;
        }

        return IsTooMuch(a, b) ? Presence.Unknown : new Presence(_diagram.Or(a.Root!.Value, b.Root!.Value));
    }

    public Presence Not(Presence a) => a.Root is { } root ? new Presence(_diagram.Not(root)) : Presence.Unknown;

    /// <summary>Whenever the first, also the second. False also means that it cannot be proved.</summary>
    public bool Implies(Presence a, Presence b) => And(a, Not(b)).IsNever;

    /// <summary>Never both. False also means that it cannot be proved.</summary>
    public bool Excludes(Presence a, Presence b) => And(a, b).IsNever;

    private bool IsTooMuch(Presence a, Presence b)
    {
        if (a.Root is not { } left || b.Root is not { } right)
        {
            return true;
        }

        long combinations = 1;
        foreach (int variable in _diagram.Support(left).Union(_diagram.Support(right)))
        {
            combinations *= variables[variable].Outcomes.Count;
            if (combinations > MaxCombinations)
            {
                return true;
            }
        }

        return false;
    }
}
