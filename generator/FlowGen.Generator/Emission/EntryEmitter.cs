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
        writer.Open(SurfaceEmitter.Signature(entry.Method));
        if (!surface.Enabled)
        {
            EmitDisabled(writer, surface, entry);
        }
        else if (plan.Form == PlanForm.Straight)
        {
            EmitStraight(writer, plan, entry);
        }
        else
        {
            writer.Line(Return(entry, FrameCall(entry)));
        }

        writer.Close();
        if (surface.Enabled && plan.Form == PlanForm.Straight && !entry.IsSynchronous)
        {
            EmitExecute(writer, plan, entry);
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

    private static void EmitStraight(CodeWriter writer, ExecutionPlan plan, EntryDeclaration entry)
    {
        // Only an observed run needs a frame: it knows who the run is and tells the observer.
        writer.Open("if (Runtime.Observer is not null)");
        writer.Line(Return(entry, FrameCall(entry)));
        if (entry.Method.Shape == ReturnShape.Void)
        {
            writer.Line("return;");
        }

        writer.Close();
        writer.Line();
        if (entry.IsSynchronous && entry.ResultStrength != Strength.Outcome)
        {
            new StraightEmitter(writer, plan).EmitBody();
            return;
        }

        string arguments = string.Join(", ", entry.Method.Parameters.Select(parameter => Known.Escape(parameter.Name)));
        string token = entry.TokenParameter is { } name ? Known.Escape(name) : "default(" + Known.CancellationToken + ")";
        string? result = entry.Result is null ? null : FrameEmitter.ResultType(entry);
        writer.Line("global::System.Threading.ExecutionContext? context = global::System.Threading.ExecutionContext.Capture();");
        writer.Open("try");
        if (result is null)
        {
            writer.Line("__Execute(" + arguments + ");");
            writer.Line(Completed(entry, result, ""));
        }
        else
        {
            writer.Line(Completed(entry, result, "__Execute(" + arguments + ")"));
        }

        writer.Close();
        writer.Open("catch (" + Known.Exception + " error)");
        string failed = Known.Services + "FlowEntry.Failed" + (result is null ? "" : "<" + result + ">") + "(error, " + token + ")";
        if (entry.ResultStrength == Strength.Outcome)
        {
            writer.Open("if (!" + Known.Services + "FlowEntry.IsCancellation(error, " + token + "))");
            writer.Line(Completed(entry, result, result + ".Failed(error)"));
            writer.Close();
            writer.Line();
        }

        writer.Line(entry.Method.Shape switch
        {
            ReturnShape.Task or ReturnShape.TaskOfT => "return " + failed + ".AsTask();",
            ReturnShape.Value or ReturnShape.Void => "throw;",
            _ => "return " + failed + ";",
        });
        writer.Close();
        writer.Open("finally");
        writer.Line(Known.Services + "FlowEntry.Restore(context);");
        writer.Close();
    }

    private static string Completed(EntryDeclaration entry, string? result, string value) => entry.Method.Shape switch
    {
        ReturnShape.Task => "return " + Known.Tasks + "Task.CompletedTask;",
        ReturnShape.TaskOfT => "return " + Known.Tasks + "Task.FromResult<" + result + ">(" + value + ");",
        ReturnShape.ValueTask => "return default;",
        ReturnShape.ValueTaskOfT => "return new " + Known.ValueTask(result) + "(" + value + ");",
        ReturnShape.Value => "return " + value + ";",
        _ => "return;",
    };

    private static void EmitExecute(CodeWriter writer, ExecutionPlan plan, EntryDeclaration entry)
    {
        writer.Line();
        writer.Line("/// <summary>The nodes, in order.</summary>");
        string parameters = string.Join(", ", entry.Method.Parameters.Select(parameter => parameter.Type + " " + Known.Escape(parameter.Name)));
        writer.Open("private " + (entry.Result is null ? "void" : FrameEmitter.ResultType(entry)) + " __Execute(" + parameters + ")");
        new StraightEmitter(writer, plan).EmitBody();
        writer.Close();
    }
}
