using FlowGen.Generator.Lowering;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Emission;

/// <summary>
/// Prints what a first pass remembers of itself where a failure is retried, handled or undone: for each step one store of its number and one of its value. Only the
/// frame that takes over reads them.
/// </summary>
internal sealed class ProgressEmitter
{
    public const string Type = "__Progress";
    private const string Local = "__progress";

    private readonly CodeWriter _writer;
    private readonly ExecutionPlan _plan;
    private readonly ExecutionPlan _pass;

    public ProgressEmitter(CodeWriter writer, ExecutionPlan plan)
    {
        _writer = writer;
        _plan = plan;
        _pass = FirstPass.PlanOf(plan);
    }

    /// <summary>What the pass has done, as it stands beside the entry.</summary>
    public static void EmitType(CodeWriter writer, ExecutionPlan plan)
    {
        ExecutionPlan pass = FirstPass.PlanOf(plan);
        writer.Line();
        writer.Line("/// <summary>How far a run has come without a frame: what the frame is given if something fails or has to wait.</summary>");
        writer.Line(Known.Hidden);
        writer.Line(Known.Generated);
        writer.Open("private struct " + Type);
        writer.Line("internal int At;");
        if (pass.Steps.Any(FirstPass.NeedsToken))
        {
            writer.Line("internal __Frame Frame;");
        }

        foreach (PlanValue value in Kept(pass))
        {
            writer.Line("internal " + value.Type + " _" + value.Name + ";");
        }

        foreach (PlanStep step in plan.Steps.Where(step => Marks(step, pass)))
        {
            writer.Line("internal bool " + FieldOf(plan, step) + ";");
        }

        foreach (PlanStep step in pass.Steps.Where(step => step.Repeat is not null))
        {
            writer.Line("internal int " + FrameEmitter.TimesField(step) + ";");
        }

        writer.Close();
    }

    /// <summary>Values that the frame may read.</summary>
    public static IEnumerable<PlanValue> Kept(ExecutionPlan pass) =>
        pass.Values.Where(value => value is { IsField: true, InputIndex: < 0 } && pass.Steps[value.Producer].Kind != StepKind.Idle);

    /// <summary>The frame asks whether the step has been run, and that does not follow from how far the pass has come.</summary>
    public static bool Marks(PlanStep step, ExecutionPlan pass) =>
        pass.Steps[step.Index].Kind != StepKind.Idle && IsAsked(step) && !FirstPass.IsCertain(pass, pass.Steps[step.Index]);

    /// <summary>An enter step's flag is that of its exit.</summary>
    public static bool IsAsked(PlanStep step) => step.IsArmed || (step.HasFlag && step.Kind != StepKind.Enter);

    public static string FieldOf(ExecutionPlan plan, PlanStep step) => "_has" + (step.Kind == StepKind.Exit ? plan.Scopes[step.Scope].Name : step.Label);

    /// <summary>Prepares the method.</summary>
    public void EmitStart()
    {
        _writer.Line("ref " + Type + " " + Local + " = ref __pass.__progress;");
        if (_pass.Steps.Any(FirstPass.NeedsToken))
        {
            _writer.Line("__Frame __frame = " + Local + ".Frame;");
        }

        _writer.Line();
    }

    public void EmitBegin(PlanStep step) => _writer.Line(Local + ".At = " + Known.Number(step.Index) + ";");

    /// <summary>The token that the body takes.</summary>
    public string? TokenOf(PlanStep step) => FirstPass.NeedsToken(step) ? PolicyOf(step) + ".FirstToken(" + FirstPassEmitter.Token(_plan) + ")" : null;

    public void EmitEnd(PlanStep step)
    {
        if (FirstPass.NeedsToken(step) && _plan.Bound.Surface.Entry!.TokenParameter is not null)
        {
            _writer.Open("if (" + FirstPassEmitter.Token(_plan) + ".CanBeCanceled)");
            _writer.Line(PolicyOf(step) + ".CloseFirst();");
            _writer.Close();
            _writer.Line();
        }

        if (step.Value >= 0)
        {
            EmitValue(step.Value);
        }

        if (Marks(_plan.Steps[step.Index], _pass))
        {
            _writer.Line(Local + "." + FieldOf(_plan, step) + " = true;");
        }
    }

    public void EmitValue(int value)
    {
        if (_plan.Values[value].IsField)
        {
            _writer.Line(Local + "._" + _plan.Values[value].Name + " = " + Known.Escape(_plan.Values[value].Name) + ";");
        }
    }

    /// <summary>How a task says that nothing has to be done about it.</summary>
    public static string IsDone(PlanStep step) => step.Policy is null ? ".IsCompleted" : ".IsCompletedSuccessfully";

    /// <summary>The statements that move the run into a frame, which goes on with the task of a step.</summary>
    public void EmitLeave(PlanStep step, string pending)
    {
        if (step.Repeat is { } repeat)
        {
            _writer.Line(Local + "." + FrameEmitter.TimesField(step) + " = " + FirstPassEmitter.Times(_plan, step) + ";");
            if (repeat.Carry >= 0)
            {
                EmitValue(repeat.Carry);
            }
        }

        string task = step.Policy is not null && step.Value < 0 ? Known.Services + "FlowEntry.WithUnit(" + pending + ")" : pending;
        _writer.Lines(FirstPassEmitter.Leave(_plan, From(_plan, Local) + "." + FirstPassEmitter.LeaveName(step) + "(" + task + ")"));
    }

    /// <summary>Runs the pass so that a failure of it leads into the frame.</summary>
    public static void EmitGuarded(CodeWriter writer, ExecutionPlan plan, Action emit)
    {
        bool hasFrame = FirstPass.PlanOf(plan).Steps.Any(FirstPass.NeedsToken);
        if (hasFrame)
        {
            writer.Line("__progress.Frame = __Frame.Rent(__workflow);");
        }

        writer.Open("try");
        emit();
        if (hasFrame)
        {
            writer.Line();
            writer.Open("if (!__hasLeft)");
            writer.Line("__progress.Frame.ReturnUnused(" + FirstPassEmitter.Token(plan) + ");");
            writer.Close();
        }

        writer.Close();
        writer.Open("catch (" + Known.Exception + " __error)");
        writer.Line("__run = " + From(plan, "__progress", "__workflow") + ".Leave(__progress.At, __error);");
        writer.Line("__hasLeft = true;");
        writer.Close();
    }

    /// <summary>The frame that takes over.</summary>
    public static string From(ExecutionPlan plan, string progress, string workflow = "this") => "__Frame.From(ref " + progress + ", " + workflow
        + string.Concat(plan.Bound.Surface.Entry!.Inputs.Select(input => ", " + Known.Escape(input.Name))) + ", " + FirstPassEmitter.Token(plan) + ")";

    private static string PolicyOf(PlanStep step) => "__frame." + PolicyEmitter.Property(step.Label);
}
