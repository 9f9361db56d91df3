using FlowGen.Generator.Model;

namespace FlowGen.Generator.Lowering;

/// <summary>A step while the plan is being built.</summary>
internal sealed class StepDraft
{
    public int Index;
    public StepKind Kind;
    public string Label = "";
    public int Scope;
    public int GraphNode = -1;
    public string Description = "";
    public List<PlanTerm> Guard = [];
    public PlanCall? Call;
    public int Value = -1;
    public bool MaySuspend;
    public bool OnPool;
    public bool Handled;
    public bool HasFlag;
    public bool KeepsError;
    public bool IsBestEffort;
    public List<PlanAssignment> Assignments = [];
    public PlanEach? Each;
    public PlanVerdict? Verdict;
    public PlanChild? Child;
    public PlanPolicy? Policy;
    public PlanRepeat? Repeat;
    public List<PlanFailure> Patterns = [];
    public List<int> Replaces = [];
    public bool IsArmed;
    public PlanRace? Race;
    public List<PlanAny> Any = [];
    public PlanRule? Rule;
    public List<int> Withdraws = [];
    public bool KeepsFinished;
    public int Region = -1;
    public bool IsWithdrawable;
    public bool Ends;
    public PlanChoice? Choice;
    public bool IsStoppable;
    public Dictionary<int, WaitKind> Waits = [];

    /// <summary>It may be absent because something failed and that is only observed: presence, which knows conditions, does not see it.</summary>
    public bool MayLackByFailure;

    /// <summary>It can become impossible, and settle as skipped, before everything it waits for has settled.</summary>
    public bool IsEarly => Guard.Count > 0 && Waits.Count > 1 && Waits.Values.Any(kind => kind.HasFlag(WaitKind.Required));

    /// <summary>It starts when some of what it waits for has settled.</summary>
    public bool IsAny => Any.Count > 0 || Rule is not null || Race is not null;

    /// <summary>Once it has settled, so has everything that it waits for, but for alternatives.</summary>
    public bool SettlesLast => !IsEarly && !IsWithdrawable && Rule is null;

    public PlanStep ToStep() => new(
        Index,
        Kind,
        Label,
        Scope,
        GraphNode,
        Description,
        Guard.ToEquatableArray(),
        Call,
        Value,
        MaySuspend,
        OnPool,
        Handled,
        HasFlag,
        KeepsError,
        IsBestEffort,
        IsEarly,
        Assignments.ToEquatableArray(),
        Each,
        Verdict,
        Child,
        Policy,
        Repeat,
        Patterns.ToEquatableArray(),
        Replaces.ToEquatableArray(),
        IsArmed,
        Race,
        Any.ToEquatableArray(),
        Rule,
        Withdraws.Distinct().ToEquatableArray(),
        KeepsFinished,
        Region,
        Ends,
        Choice,
        IsStoppable);
}

/// <summary>A value while the plan is being built.</summary>
internal sealed class ValueDraft
{
    public int Index;
    public string Name = "";
    public TypeRef Type = null!;
    public bool MayBeNull;
    public bool IsField;
    public int InputIndex = -1;
    public int Producer = -1;

    public PlanValue ToValue() => new(Index, Name, Type.Annotated, Type.IsReference, MayBeNull, IsField, InputIndex, Producer);
}

/// <summary>An activation while the plan is being built.</summary>
internal sealed class ScopeDraft
{
    public int Index;
    public int Parent = -1;
    public string Name = "";
    public BoundWorkflow Workflow = null!;
    public string Receiver = "";
    public string? Shared;
    public int GraphNode = -1;
    public int FirstGraphNode;
    public int Enter = -1;
    public int Exit;
    public CleanupTiming Cleanup;
    public bool IsHandled;

    /// <summary>Its result is an Outcome: its failure is a value.</summary>
    public bool ConvertsFailure;
    public int Region;

    public LocalSteps? Locals;

    public Handlers Handlers = null!;

    public Races Races = null!;

    /// <summary>Nodes that something may withdraw.</summary>
    public HashSet<int> Withdrawable = [];

    /// <summary>Nodes of which a join takes what is there without waiting for all of them.</summary>
    public HashSet<int> Joined = [];

    /// <summary>Where each input of the activation is found.</summary>
    public PlanSource[] Inputs = [];
}
