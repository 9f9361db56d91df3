using FlowGen.Generator.Model;

namespace FlowGen.Generator.Emission;

/// <summary>The frame's fields and its static table.</summary>
internal sealed partial class FrameEmitter
{
    private Dictionary<string, string>? _awaiters;

    private void EmitFields()
    {
        _writer.Line("private " + _type + " _workflow = null!;");
        foreach (PlanValue value in _plan.Values.Where(IsStored))
        {
            _writer.Line("private " + value.Type + " _" + value.Name + (NeedsInitializer(value) ? " = default!;" : ";"));
        }

        foreach (PlanStep step in Flagged())
        {
            _writer.Line("private bool " + _printer.Flag(step.Index) + ";");
        }

        foreach (PlanStep step in _plan.Steps.Where(step => step.KeepsError))
        {
            _writer.Line("private " + Known.Exception + "? " + _printer.Error(step.Index) + ";");
        }

        foreach (PlanScope scope in _plan.Scopes.Where(scope => scope.HasInstances))
        {
            _writer.Line("private " + scope.FullName + ".__Scope? " + _printer.ScopeField(scope.Index) + ";");
        }

        foreach (PlanStep step in _plan.Steps.Where(step => step.Policy is not null && step.Each is null))
        {
            _writer.Line("private " + PolicyEmitter.Name(step.Label) + "? " + PolicyField(step) + ";");
        }

        foreach (string label in LatePolicies())
        {
            _writer.Line("private " + PolicyEmitter.Name(label) + "? _policyOf" + label + ";");
        }

        foreach (PlanStep step in _plan.Steps)
        {
            EmitStepFields(step);
        }

        foreach ((string field, string? result) in Awaiters())
        {
            _writer.Line("private " + Known.Awaiter(result) + " " + field + ";");
        }
    }

    private void EmitStepFields(PlanStep step)
    {
        if (step.Repeat is not null)
        {
            _writer.Line("private int " + TimesField(step) + ";");
        }

        if (step.Race is not null)
        {
            _writer.Line("private int " + WinnerField(step) + ";");
        }

        if (step.Rule is not null)
        {
            _writer.Line("private " + Known.Flow + "Readiness " + RuleField(step) + ";");
        }

        if (step.Choice is { Candidates.Count: > 0 } choice)
        {
            _writer.Line("internal static readonly global::System.Type[] " + CandidatesField(step) + " = new global::System.Type[] { "
                + string.Join(", ", choice.Candidates.Select(candidate => "typeof(" + candidate + ")")) + " };");
        }

        if (step.IsStoppable)
        {
            _writer.Line("private " + Known.Services + "EachHandle " + LoopEmitter.Field(step) + ";");
        }
    }

    private IEnumerable<string> LatePolicies() => _plan.Undos.Where(undo => undo.Policy is not null).Select(undo => undo.Label)
        .Concat(_plan.Handlers.Where(handler => handler.Policy is not null).Select(handler => handler.Label));

    private static bool NeedsInitializer(PlanValue value) => !value.MayBeNull;

    /// <summary>A serial run has one suspended step at a time, so steps of one type share a field.</summary>
    private IEnumerable<(string Field, string? Result)> Awaiters()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (PlanStep step in _plan.Steps.Where(step => step.MaySuspend && HasAwaiter(step)))
        {
            string field = AwaiterOf(step);
            if (seen.Add(field))
            {
                yield return (field, AwaitedType(step));
            }
        }
    }

    /// <summary>A synchronous body on the thread pool of a serial run is not awaited: the run itself moves.</summary>
    private bool HasAwaiter(PlanStep step) => _isParallel || step.Kind != StepKind.Node || IsAsynchronous(step);

    private static bool IsAsynchronous(PlanStep step) =>
        step.Kind == StepKind.Linked || step.Policy is not null || step.Call!.Shape is not (ReturnShape.Void or ReturnShape.Value);

    private string? AwaitedType(PlanStep step) =>
        step.Kind is StepKind.Exit or StepKind.Unwind ? null
        : step.Value >= 0 ? _plan.Values[step.Value].Type
        : step.Each is null && (step.Policy is not null || step.Choice is not null) ? Known.Unit
        : null;

    private string AwaiterOf(PlanStep step)
    {
        if (_isParallel)
        {
            return "_awaited" + step.Label;
        }

        string? type = AwaitedType(step);
        if (type is null)
        {
            return "_awaitedNothing";
        }

        // Named after the first step that awaits a value of this type.
        _awaiters ??= _plan.Steps
            .Where(other => other.MaySuspend && HasAwaiter(other) && AwaitedType(other) is not null)
            .GroupBy(other => AwaitedType(other)!, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => "_awaited" + group.First().Label, StringComparer.Ordinal);
        return _awaiters[type];
    }

    private void EmitTable()
    {
        _writer.Line("private static readonly " + Known.Services + "StepTable s_steps = new " + Known.Services + "StepTable(");
        _writer.Line("    nodes: " + Numbers("short", _plan.Steps.Select(step => step.Kind == StepKind.Verdict || step.Scope < 0 ? -1 : NodeOf(step))) + ",");
        _writer.Line("    exits: " + Numbers("ushort", _plan.Steps.Select(ExitOf)) + ",");
        string traits = "    traits: " + Numbers("byte", _plan.Steps.Select(TraitsOf));
        if (!_isParallel)
        {
            _writer.Line(traits + ");");
            return;
        }

        _writer.Line(traits + ",");
        _writer.Line("    edges: " + Numbers("ushort", _plan.Edges.SelectMany(edge => new[] { edge.From, edge.To, edge.Kind })) + ",");
        bool hasRegions = _plan.Regions.Count > 1;
        IEnumerable<PlanScope> limited = _plan.Scopes.Where(scope => scope.Parent >= 0 && scope.MaxParallelism > 0);
        _writer.Line("    regions: " + Numbers("ushort", hasRegions ? _plan.Steps.Select(RegionOf) : []) + ",");
        _writer.Line("    bounds: " + Numbers("ushort", hasRegions ? _plan.Regions.SelectMany(region => new[] { region.Enter, region.Parent }) : []) + ",");
        _writer.Line("    limits: " + Numbers("ushort", limited.SelectMany(scope => new[] { scope.Enter, Math.Min(scope.MaxParallelism, ushort.MaxValue) })) + ");");
    }

    /// <summary>Constants that the compiler turns into a span over static data. C# 11 has no collection expressions.</summary>
    private static string Numbers(string type, IEnumerable<int> numbers)
    {
        string text = string.Join(", ", numbers);
        return text.Length == 0 ? "default" : "new " + type + "[] { " + text + " }";
    }

    private int NodeOf(PlanStep step) => step.Kind == StepKind.Exit && _plan.Scopes[step.Scope].Parent < 0 ? -1 : step.GraphNode;

    /// <summary>Where to go when the step fails: an enter step belongs to the activation around the one that it opens.</summary>
    private int ExitOf(PlanStep step)
    {
        PlanScope scope = _plan.Scopes[step.Scope];
        int last = LastOf(step.Kind == StepKind.Enter ? _plan.Scopes[scope.Parent] : scope);
        return step.Index >= last ? scope.Exit : last;
    }

    private int RegionOf(PlanStep step)
    {
        if (step.Region >= 0)
        {
            return step.Region;
        }

        PlanScope scope = _plan.Scopes[step.Scope];
        return step.Kind == StepKind.Enter ? _plan.Scopes[scope.Parent].Region : scope.Region;
    }

    private const int LeafTrait = 8;

    private int TraitsOf(PlanStep step) =>
        (step.Handled ? 1 : 0)
        | (step.Kind == StepKind.Enter ? 2 : 0)
        | (step.Kind is StepKind.Exit or StepKind.Unwind ? 4 : 0)
        | (step.Kind is StepKind.Node or StepKind.Each or StepKind.Linked && step.Call?.Kind != CallKind.Wait ? LeafTrait : 0)
        | (step.IsEarly ? 16 : 0)
        | (step.Kind == StepKind.Linked ? 32 : 0)
        | (step.Acts || ContestsOf(step).Any() ? 64 : 0)
        | (step.Any.Count > 0 || step.Rule is not null || step.Race is not null ? 128 : 0);
}
