using FlowGen.Generator.Lowering;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Emission;

/// <summary>Prints the pooled frame of a workflow: its fields, how a run starts and ends, and the method that runs the steps.</summary>
internal sealed partial class FrameEmitter
{
    private readonly CodeWriter _writer;
    private readonly ExecutionPlan _plan;
    private readonly ValuePrinter _printer;
    private readonly bool _isParallel;
    private readonly string _type;
    private readonly string _result;
    private readonly CodeWriter _body = new();
    private readonly HashSet<string> _jumps = new(StringComparer.Ordinal);
    private readonly List<(int Code, string Label)> _entries = [];
    private readonly List<Action> _stubs = [];
    private readonly List<(PlanStep Step, string? Target)> _taken = [];

    private FrameEmitter(CodeWriter writer, ExecutionPlan plan)
    {
        _writer = writer;
        _plan = plan;
        _isParallel = plan.Form == PlanForm.Parallel;
        _type = plan.Bound.Surface.FullName;
        _result = ResultType(plan.Bound.Surface.Entry!);
        _printer = new ValuePrinter(plan, isStraight: false, "", TokenOf);
    }

    public static string ResultType(EntryDeclaration entry)
    {
        if (entry.Result is not { } result)
        {
            return Known.Unit;
        }

        return entry.ResultStrength switch
        {
            Strength.Outcome => Known.Flow + "Outcome<" + result.Name + ">",
            Strength.Nullable => result.Name + "?",
            _ => result.Annotated,
        };
    }

    public static void Emit(CodeWriter writer, ExecutionPlan plan) => new FrameEmitter(writer, plan).EmitFrame();

    private string TokenOf(int scope) => _isParallel ? "RegionToken(" + Known.Number(_plan.Scopes[scope].Region) + ")" : "Token";

    /// <summary>A step that may be withdrawn has a token of its own.</summary>
    private string TokenOf(PlanStep step) => step.Region >= 0 ? "RegionToken(" + Known.Number(step.Region) + ")" : TokenOf(step.Scope);

    private void EmitFrame()
    {
        WorkflowSurface surface = _plan.Bound.Surface;
        string form = _isParallel ? "ParallelFrame" : "SerialFrame";
        _writer.Line();
        _writer.Line("/// <summary>One run of " + Known.XmlText(surface.Name) + ": values, position and result in one pooled object.</summary>");
        _writer.Line(Known.Generated);
        _writer.Open("private sealed class __Frame : " + Known.Services + form + "<" + _result + ">");
        EmitTable();
        _writer.Line("private static readonly " + Known.Services + "FlowPool<__Frame> s_pool = new " + Known.Services
            + "FlowPool<__Frame>(" + Known.Literal(surface.Id) + ", " + Known.Flow + "FlowPoolKind.Run, 0);");
        _writer.Line(Known.ThreadStatic);
        _writer.Line("private static __Frame? t_spare;");
        _writer.Line();
        EmitFields();
        EmitConstructor();
        EmitIdentity(surface);
        EmitRun(surface);
        if (FirstPass.Applies(_plan))
        {
            EmitFirstPass();
        }

        if (_plan.Parts.Count > 0)
        {
            string inputs = string.Concat(Inputs().Select(input => ", " + input.Type + " " + Known.Escape(input.Name)));
            StraightFrameEmitter.EmitMethods(_writer, _plan, inputs, EmitInputs);
        }

        EmitSteps();
        EmitFailures();
        if (_isParallel)
        {
            EmitTake();
            EmitImpossible(isLimited: _plan.Bound.MaxParallelism > 0 || _plan.Scopes.Any(scope => scope.MaxParallelism > 0));
            EmitMayStart();
            EmitRules();
            EmitPool();
        }

        EmitUnwinding();
        if (_plan.Bound.Settings.WaitsForSiblings)
        {
            _writer.Line();
            _writer.Line("protected override bool WaitsForSiblings => true;");
        }

        EmitOwned();

        EmitRecycle();
        PolicyEmitter.EmitAll(_writer, _plan, step => "_frame." + TokenOf(step));
        foreach (PlanStep step in _plan.Steps)
        {
            if (step.Each is not null)
            {
                LoopEmitter.Emit(_writer, _plan, step);
            }
        }

        _writer.Close();
    }

    private void EmitConstructor()
    {
        _writer.Line();
        if (_isParallel)
        {
            _writer.Open("private __Frame() : base(" + Known.Number(_plan.Regions.Count) + ")");
        }
        else
        {
            _writer.Open("private __Frame()");
        }

        _writer.Close();
    }

    private void EmitIdentity(WorkflowSurface surface)
    {
        _writer.Line();
        _writer.Line("protected override " + Known.Flow + "FlowRuntime Runtime => _workflow.Runtime;");
        _writer.Line();
        _writer.Line("protected override " + Known.Flow + "FlowGraph Graph => " + surface.FullName + ".Graph;");
        _writer.Line();
        _writer.Line("protected override " + Known.Flow + "FlowDescriptor Descriptor => " + (surface.IsSealed && surface.BaseName is null ? surface.FullName + ".Descriptor" : "_workflow.__Identity") + ";");
        _writer.Line();
        _writer.Line("protected override " + Known.Services + "StepTable Steps => s_steps;");
    }

    private void EmitRun(WorkflowSurface surface)
    {
        EntryDeclaration entry = surface.Entry!;
        string parameters = string.Concat(Inputs().Select(input => ", " + input.Type + " " + Known.Escape(input.Name)));
        bool hasResult = entry.Result is not null;
        string returns = Known.ValueTask(hasResult ? _result : null);
        string start = hasResult ? "frame.Start()" : "frame.StartWithoutResult()";
        string refusal = "return frame." + (hasResult ? "Refuse" : "RefuseWithoutResult") + "(error);";

        _writer.Line();
        _writer.Line("/// <summary>A top-level run.</summary>");
        if (EntryEmitter.IsFrameless(_plan))
        {
            // Only for those that are observed: the others should not pay for its size.
            _writer.Line(Known.NotInlined);
        }

        _writer.Open("internal static " + returns + " Run(" + _type + " workflow" + parameters + ", "
            + Known.CancellationToken + " token, " + Known.Flow + "RunOptions? options)");
        EmitRefusal("return " + Known.Tasks + "ValueTask.FromException" + (hasResult ? "<" + _result + ">" : "") + "({0});", thenReturn: false);
        EmitInputs();
        EmitBegin(isHeld: false, refusal);
        _writer.Line("return " + Start(hasResult ? "Start" : "StartWithoutResult") + ";");
        _writer.Close();

        _writer.Line();
        _writer.Line("/// <summary>A top-level run that somebody holds.</summary>");
        _writer.Open("internal static void Run(" + Known.Flow + "FlowRun<" + _result + "> handle, " + _type + " workflow" + parameters + ", "
            + Known.CancellationToken + " token, " + Known.Flow + "RunOptions? options)");
        EmitRefusal(Known.Services + "FlowEntry.Refuse(handle, {0});", thenReturn: true);
        EmitInputs();
        EmitBegin(isHeld: true, "frame.RefuseHeld(error);", "return;");
        _writer.Line(Start("StartHeld") + ";");
        _writer.Close();

        _writer.Line();
        _writer.Line("/// <summary>A part of another workflow's run.</summary>");
        _writer.Open("internal static " + returns + " RunWithin(" + Known.Services + "FlowFrame parent, int node, int item, "
            + Known.Flow + "CleanupMode? cleanup, int limit, " + _type + " workflow" + parameters + ", " + Known.CancellationToken + " token)");
        EmitInputs();
        _writer.Line("frame.Join(parent, node, item, cleanup, limit);");
        EmitLimit(refusal);
        EmitActivation();
        _writer.Line("return " + start + ";");
        _writer.Close();
        _writer.Line();
        // Where a first pass needs it for tokens, the entry rents it.
        _writer.Open((FirstPass.Applies(_plan) && FirstPass.HandsOver(_plan) ? "internal" : "private") + " static __Frame Rent(" + _type + " workflow)");
        SlotEmitter.EmitRent(_writer, "__Frame", "frame");
        _writer.Line("frame._workflow = workflow;");
        _writer.Line("return frame;");
        _writer.Close();
    }

    /// <summary>What a top-level run is given before it starts.</summary>
    private void EmitBegin(bool isHeld, params string[] refusal)
    {
        if (_plan.Bound.Settings is { MaxConcurrentRuns: > 0, RejectsWhenFull: true })
        {
            _writer.Line("frame.HoldPlace(gate);");
        }

        _writer.Open("if (options is not null)");
        _writer.Line("frame.Accept(options);");
        _writer.Close();
        _writer.Line();
        if (isHeld)
        {
            _writer.Line("frame.Attach(handle);");
        }

        _writer.Open("if (workflow.Runtime.Observer is { } observer)");
        _writer.Line("frame.Observe(observer);");
        _writer.Close();
        _writer.Line();
        EmitLimit(refusal);
        EmitActivation();
    }

    /// <summary>Starts the frame, if need be when there is a place for another run.</summary>
    private string Start(string method) => "frame." + method + "("
        + (_plan.Bound.Settings is { MaxConcurrentRuns: > 0, RejectsWhenFull: false } ? Gate() : "") + ")";

    private string Gate() => Known.Services + "RunGate.Of(workflow, " + Known.Number(_plan.Bound.Settings.MaxConcurrentRuns) + ")";

    /// <summary>A run that finds no place fails, where its author wants that, before it has begun.</summary>
    private void EmitRefusal(string refusal, bool thenReturn)
    {
        if (_plan.Bound.Settings is not { MaxConcurrentRuns: > 0, RejectsWhenFull: true })
        {
            return;
        }

        _writer.Line(Known.Services + "RunGate gate = " + Gate() + ";");
        _writer.Open("if (!gate.TryEnter())");
        _writer.Line(refusal.Replace("{0}", "gate.Refusal(" + Known.Literal(_plan.Bound.Surface.Id) + ")"));
        if (thenReturn)
        {
            _writer.Line("return;");
        }

        _writer.Close();
        _writer.Line();
    }

    /// <summary>Inputs go by the plan's names, which no other name in the frame collides with.</summary>
    private IEnumerable<PlanValue> Inputs() => _plan.Values.Where(value => value.InputIndex >= 0);

    private void EmitInputs()
    {
        _writer.Line("__Frame frame = Rent(workflow);");
        foreach (PlanValue value in Inputs())
        {
            _writer.Line("frame._" + value.Name + " = " + Known.Escape(value.Name) + ";");
        }

        _writer.Line("frame.Token = token;");
    }

    private void EmitOwned()
    {
        List<PlanScope> owners = [.. _plan.Scopes.Where(scope => scope.HasInstances)];
        if (owners.Count > 0)
        {
            _writer.Line();
            _writer.Line("protected override int OwnedInstances => "
                + string.Join(" + ", owners.Select(scope => "InstancesOf(" + _printer.ScopeField(scope.Index) + ")")) + ";");
        }
    }

    private static bool IsStored(PlanValue value) => value.IsField || value.InputIndex >= 0;

    private static string Empty(PlanValue value) => value.IsReference && !value.MayBeNull ? "null!" : "default!";

    /// <summary>An enter step's flag is that of its exit: the two stand for one node.</summary>
    private IEnumerable<PlanStep> Flagged() => _plan.Steps.Where(step => step.HasFlag && step.Kind != StepKind.Enter);
}
