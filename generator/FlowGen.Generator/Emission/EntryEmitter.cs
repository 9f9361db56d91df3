using FlowGen.Generator.Model;

namespace FlowGen.Generator.Emission;

/// <summary>Prints the implementing part of the entry.</summary>
internal static class EntryEmitter
{
    public static void Emit(CodeWriter writer, ExecutionPlan plan)
    {
        WorkflowSurface surface = plan.Bound.Surface;
        EntryDeclaration entry = surface.Entry!;
        DocumentationEmitter.EmitEntry(writer, entry, plan.Graph);
        bool isStraight = surface.Enabled && plan.Form == PlanForm.Straight;

        // The compiler's own async machinery turns exceptions into failed tasks and keeps the caller's context, at the least price.
        writer.Open(SurfaceEmitter.Signature(entry.Method, isAsync: isStraight && !entry.IsSynchronous));
        if (!surface.Enabled)
        {
            EmitDisabled(writer, surface, entry);
        }
        else if (isStraight)
        {
            EmitStraight(writer, plan, entry);
        }
        else if (FirstPassEmitter.Applies(plan))
        {
            writer.Open("if (Runtime.Observer is not null)");
            writer.Line(Return(entry, FrameCall(entry)));
            writer.Close();
            writer.Line();
            FirstPassEmitter.EmitStart(writer, entry);
        }
        else
        {
            writer.Line(Return(entry, FrameCall(entry)));
        }

        writer.Close();
        if (FirstPassEmitter.Applies(plan))
        {
            FirstPassEmitter.EmitMachine(writer, plan);
        }
    }

    private static string FrameCall(EntryDeclaration entry) =>
        "__Frame.Run(this, "
        + string.Concat(entry.Inputs.Select(input => Known.Escape(input.Name) + ", "))
        + (entry.TokenParameter is { } token ? Known.Escape(token) : "default(" + Known.CancellationToken + ")")
        + ", "
        + (entry.OptionsParameter is { } options ? Known.Escape(options) : "null")
        + ")";

    private static string Return(EntryDeclaration entry, string run) => entry.Method.Shape switch
    {
        ReturnShape.Task or ReturnShape.TaskOfT => "return " + run + ".AsTask();",
        ReturnShape.Void => Known.Services + "FlowEntry.Wait(" + run + ");",
        ReturnShape.Value => "return " + Known.Services + "FlowEntry.Wait(" + run + ");",
        _ => "return " + run + ";",
    };

    private static void EmitDisabled(CodeWriter writer, WorkflowSurface surface, EntryDeclaration entry)
    {
        string error = Known.Services + "FlowEntry.Disabled(" + Known.Literal(surface.Id) + ")";
        string result = entry.Result is null ? "" : "<" + FrameEmitter.ResultType(entry) + ">";
        writer.Line(entry.Method.Shape switch
        {
            ReturnShape.Void or ReturnShape.Value => "throw " + error + ";",
            ReturnShape.Task or ReturnShape.TaskOfT => "return " + Known.Tasks + "Task.FromException" + result + "(" + error + ");",
            _ => "return " + Known.Tasks + "ValueTask.FromException" + result + "(" + error + ");",
        });
    }

    /// <summary>Only an observed run needs a frame: it knows who the run is and tells the observer.</summary>
    private static void EmitStraight(CodeWriter writer, ExecutionPlan plan, EntryDeclaration entry)
    {
        bool isAsync = !entry.IsSynchronous;
        string run = isAsync ? "await " + FrameCall(entry) + ".ConfigureAwait(false)" : Known.Services + "FlowEntry.Wait(" + FrameCall(entry) + ")";
        writer.Open("if (Runtime.Observer is not null)");
        if (entry.Result is null)
        {
            writer.Line(run + ";");
            writer.Line("return;");
        }
        else
        {
            writer.Line("return " + run + ";");
        }

        writer.Close();
        writer.Line();
        if (entry.ResultStrength != Strength.Outcome)
        {
            new StraightEmitter(writer, plan).EmitBody();
            return;
        }

        string token = entry.TokenParameter is { } name ? Known.Escape(name) : "default(" + Known.CancellationToken + ")";
        writer.Open("try");
        new StraightEmitter(writer, plan).EmitBody();
        writer.Close();
        writer.Open("catch (" + Known.Exception + " error) when (!" + Known.Services + "FlowEntry.IsCancellation(error, " + token + "))");
        writer.Line("return " + FrameEmitter.ResultType(entry) + ".Failed(error);");
        writer.Close();
    }
}
