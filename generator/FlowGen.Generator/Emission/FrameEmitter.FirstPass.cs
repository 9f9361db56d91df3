using FlowGen.Generator.Lowering;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Emission;

/// <summary>How the frame takes over from a first pass that ran without it.</summary>
internal sealed partial class FrameEmitter
{
    private void EmitFirstPass()
    {
        if (!FirstPass.HandsOver(_plan))
        {
            EmitLeaves();
            return;
        }

        ExecutionPlan pass = FirstPass.PlanOf(_plan);
        PlanStep[] guarded = [.. pass.Steps.Where(step => step.Kind != StepKind.Idle && step.Policy is not null)];
        foreach (PlanStep step in guarded)
        {
            _writer.Line();
            _writer.Open("internal " + PolicyEmitter.Name(step.Label) + " " + PolicyEmitter.Property(step.Label));
            _writer.Line(Known.Inlined);
            _writer.Line("get => " + PolicyField(step) + " ??= new " + PolicyEmitter.Name(step.Label) + "(this);");
            _writer.Close();
        }

        EmitFrom(pass);
        EmitTakeUps(pass);
        EmitFailed(guarded);
        if (guarded.Any(FirstPass.NeedsToken))
        {
            EmitReturnUnused([.. guarded.Where(FirstPass.NeedsToken)]);
        }
    }

    private string Returned(string finished) =>
        (_plan.Bound.Surface.Entry!.Result is null ? "ReturnedWithoutResult(" : "Returned(") + "Version, " + finished + ")";

    private string RunType => Known.ValueTask(_plan.Bound.Surface.Entry!.Result is null ? null : _result);

    /// <summary>Gives the frame everything that the pass has done: as if it had done so itself.</summary>
    private void EmitFrom(ExecutionPlan pass)
    {
        bool hasFrame = pass.Steps.Any(FirstPass.NeedsToken);
        _writer.Line();
        _writer.Line("/// <summary>Takes over from a first pass: with everything that it has done.</summary>");
        _writer.Line(Known.NotInlined);
        _writer.Open("internal static __Frame From(ref " + ProgressEmitter.Type + " progress, " + _type + " workflow"
            + string.Concat(Inputs().Select(input => ", " + input.Type + " " + Known.Escape(input.Name))) + ", " + Known.CancellationToken + " token)");
        if (hasFrame)
        {
            _writer.Line("__Frame frame = progress.Frame;");
            foreach (PlanValue value in Inputs())
            {
                _writer.Line("frame._" + value.Name + " = " + Known.Escape(value.Name) + ";");
            }

            _writer.Line("frame.Token = token;");
            _writer.Line("frame.TryCloseRelay();");
        }
        else
        {
            EmitInputs();
        }

        _writer.Line("frame.Take(ref progress);");
        _writer.Line("return frame;");
        _writer.Close();
        EmitTakeProgress(pass);
    }

    /// <summary>Values, and which steps have been run; what undoes them is armed in the order in which they were.</summary>
    private void EmitTakeProgress(ExecutionPlan pass)
    {
        _writer.Line();
        _writer.Open("private void Take(ref " + ProgressEmitter.Type + " progress)");
        foreach (PlanValue value in ProgressEmitter.Kept(pass))
        {
            _writer.Line("_" + value.Name + " = progress._" + value.Name + ";");
        }

        foreach (PlanStep step in pass.Steps.Where(step => step.Repeat is not null))
        {
            _writer.Line(TimesField(step) + " = progress." + TimesField(step) + ";");
        }

        foreach (PlanStep step in _plan.Steps.Where(step => ProgressEmitter.IsAsked(step) && pass.Steps[step.Index].Kind != StepKind.Idle))
        {
            string hasRun = ProgressEmitter.Marks(step, pass)
                ? "progress." + ProgressEmitter.FieldOf(_plan, step)
                : "progress.At > " + Known.Number(step.Index);
            if (step.HasFlag)
            {
                _writer.Line(_printer.Flag(step.Index) + " = " + hasRun + ";");
            }

            if (step.IsArmed)
            {
                _writer.Open("if (" + hasRun + ")");
                _writer.Line("Arm(" + Known.Number(step.Index) + ");");
                _writer.Close();
                _writer.Line();
            }
        }

        _writer.Close();
    }

    /// <summary>One way into the frame for each step that may suspend.</summary>
    private void EmitTakeUps(ExecutionPlan pass)
    {
        foreach (PlanStep step in pass.Steps.Where(step => step.MaySuspend))
        {
            string pending = step.Policy is null ? "pending" : PolicyEmitter.Property(step.Label) + ".GoOn(Token, pending)";
            _writer.Line();
            _writer.Line("/// <summary>" + Known.XmlText(step.Description) + " has not completed at once: the run goes on here.</summary>");
            _writer.Line("internal " + RunType + " " + FirstPassEmitter.LeaveName(step) + "(" + Known.ValueTask(AwaitedType(step)) + " pending) =>");
            _writer.Line("    " + Returned("TakeUp(" + Known.Number(step.Index) + ", " + pending + ", ref " + AwaiterOf(step) + ")") + ";");
        }
    }

    /// <summary>A failure is the business of what watches over the step, and else of the whole run.</summary>
    private void EmitFailed(PlanStep[] guarded)
    {
        _writer.Line();
        _writer.Line("/// <summary>A step has failed: the run goes on here.</summary>");
        _writer.Line(Known.NotInlined);
        _writer.Open("internal " + RunType + " Leave(int step, " + Known.Exception + " error)");
        if (guarded.Length > 0)
        {
            _writer.Open("if (!" + Known.Services + "FlowEntry.IsCancellation(error, Token))");
            _writer.Open("switch (step)");
            foreach (PlanStep step in guarded)
            {
                _writer.Line("case " + Known.Number(step.Index) + ":");
                _writer.Line("    return " + Returned("TakeUp(" + Known.Number(step.Index) + ", " + PolicyEmitter.Property(step.Label) + ".GoOn(Token, error), ref " + AwaiterOf(step) + ")") + ";");
            }

            _writer.Close();
            _writer.Close();
            _writer.Line();
        }

        _writer.Line("return " + Returned("TakeUp(step, error)") + ";");
        _writer.Close();
    }

    /// <summary>Nothing but sources of tokens was needed of the frame.</summary>
    private void EmitReturnUnused(PlanStep[] limited)
    {
        _writer.Line();
        _writer.Line("/// <summary>The run has completed without the frame, but for the tokens of its nodes.</summary>");
        _writer.Open("internal void ReturnUnused(" + Known.CancellationToken + " token)");
        _writer.Line("MarkReturned();");
        _writer.Open("if (token.CanBeCanceled && !TryCloseRelay())");
        _writer.Line("Recycle();");
        _writer.Line("return;");
        _writer.Close();
        _writer.Line();
        _writer.Line("_workflow = null!;");
        foreach (PlanStep step in limited)
        {
            _writer.Line(PolicyField(step) + "?.Rest();");
        }

        SlotEmitter.EmitReturn(_writer);
        _writer.Close();
    }

    /// <summary>Where the first pass gives up its locals: one way into the frame for each step that may suspend.</summary>
    private void EmitLeaves()
    {
        EntryDeclaration entry = _plan.Bound.Surface.Entry!;
        string? result = entry.Result is null ? null : _result;
        foreach (PlanStep step in _plan.Steps.Where(step => step.MaySuspend))
        {
            _writer.Line();
            _writer.Line("/// <summary>" + Known.XmlText(step.Description) + " has not completed at once: the run goes on in a frame.</summary>");
            _writer.Line(Known.NotInlined);
            _writer.Open("internal static " + Known.ValueTask(result) + " " + FirstPassEmitter.LeaveName(step) + "("
                + _type + " workflow, " + Known.CancellationToken + " token"
                + string.Concat(FirstPassEmitter.Live(_plan, step).Select(live => ", " + live.Type + " " + live.Name))
                + ", " + Known.ValueTask(AwaitedType(step)) + " pending)");
            _writer.Line("__Frame frame = Rent(workflow);");
            _writer.Line("frame.Token = token;");
            foreach ((string _, string name, string field, string _) in FirstPassEmitter.Live(_plan, step))
            {
                _writer.Line("frame." + field + " = " + name + ";");
            }

            _writer.Line("return frame." + (result is null ? "StartSuspendedWithoutResult(" : "StartSuspended(")
                + Known.Number((3 * step.Index) + 1) + ", pending, ref frame." + AwaiterOf(step) + ");");
            _writer.Close();
        }
    }
}
