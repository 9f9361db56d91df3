using FlowGen.Generator.Lowering;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Emission;

/// <summary>Prints the implementing part of the entry.</summary>
internal static class EntryEmitter
{
    public static void Emit(CodeWriter writer, ExecutionPlan plan)
    {
        DocumentationEmitter.EmitEntry(writer, plan.Bound.Surface.Entry!, plan.Graph);
        if (EntryForwarder.Applies(plan))
        {
            plan = EntryForwarder.Emit(writer, plan);
        }

        WorkflowSurface surface = plan.Bound.Surface;
        EntryDeclaration entry = surface.Entry!;
        writer.Open(SurfaceEmitter.Signature(entry.Method));
        if (entry.IsVirtual)
        {
            EmitLink(writer, surface, entry, plan);
        }

        if (!surface.Enabled)
        {
            EmitDisabled(writer, surface, entry);
        }
        else
        {
            EmitBody(writer, plan, entry);
        }

        writer.Close();
        if (surface.Enabled && !entry.IsSynchronous && IsFrameless(plan))
        {
            PassEmitter.EmitParts(writer, plan, entry);
        }
    }

    /// <summary>Whether a run starts without a frame, unless it is observed.</summary>
    public static bool IsFrameless(ExecutionPlan plan) => plan.Form == PlanForm.Straight || FirstPass.Applies(plan);

    /// <summary>A parent that may hold a derived workflow calls the virtual entry and leaves word of its run.</summary>
    private static void EmitLink(CodeWriter writer, WorkflowSurface surface, EntryDeclaration entry, ExecutionPlan plan)
    {
        string link = ValuePrinter.Local(plan, "link");
        writer.Open("if (" + Known.Services + "FlowLink.TryTake(this, out " + Known.Services + "FlowLink " + link + "))");
        EmitHeld(writer, surface, entry, plan, link);
        if (surface.Enabled)
        {
            string inputs = string.Concat(entry.Inputs.Select(input => Known.Escape(input.Name) + ", "));
            writer.Line(Return(entry, "__Frame.RunWithin(" + link + ".Parent, " + link + ".Node, " + link + ".Item, " + link + ".Cleanup, " + link + ".Limit, this, "
                + inputs + link + ".Token)"));
            if (entry.Method.Shape == ReturnShape.Void)
            {
                writer.Line("return;");
            }
        }
        else
        {
            writer.Line("throw " + Known.Services + "FlowEntry.DisabledAt(" + Known.Literal(surface.Id) + ", " + link + ".Parent, " + link + ".Node);");
        }

        writer.Close();
        writer.Line();
    }

    /// <summary>A top-level run that somebody holds is told of through its handle: what the entry returns is of no interest.</summary>
    private static void EmitHeld(CodeWriter writer, WorkflowSurface surface, EntryDeclaration entry, ExecutionPlan plan, string link)
    {
        string type = Known.Flow + "FlowRun<" + FrameEmitter.ResultType(entry) + ">";
        string held = ValuePrinter.Local(plan, "held");
        writer.Open("if (" + link + ".Handle is " + type + " " + held + ")");
        writer.Line(surface.Enabled
            ? "__Frame.Run(" + held + ", this, " + string.Concat(entry.Inputs.Select(input => Known.Escape(input.Name) + ", ")) + link + ".Token, " + link + ".Options);"
            : Known.Services + "FlowEntry.Refuse(" + held + ", " + Known.Services + "FlowEntry.Disabled(" + Known.Literal(surface.Id) + "));");
        writer.Line(entry.Method.Shape switch
        {
            ReturnShape.Void => "return;",
            ReturnShape.Task => "return " + Known.Tasks + "Task.CompletedTask;",
            ReturnShape.TaskOfT => "return " + Known.Tasks + "Task.FromResult<" + FrameEmitter.ResultType(entry) + ">(default!);",
            ReturnShape.Value => "return default!;",
            _ => "return default;",
        });
        writer.Close();
        writer.Line();
    }

    private static void EmitBody(CodeWriter writer, ExecutionPlan plan, EntryDeclaration entry)
    {
        if (!IsFrameless(plan))
        {
            writer.Line(Return(entry, FrameCall(entry)));
            return;
        }

        // An observed run needs a frame: it knows who the run is and tells the observer.
        writer.Open("if (Runtime.Observer is not null)");
        writer.Line(Return(entry, FrameCall(entry)));
        if (entry.Method.Shape == ReturnShape.Void)
        {
            writer.Line("return;");
        }

        writer.Close();
        writer.Line();
        if (entry.IsSynchronous)
        {
            EmitSynchronous(writer, plan, entry);
        }
        else
        {
            PassEmitter.EmitEntry(writer, plan, entry);
        }
    }

    private static void EmitSynchronous(CodeWriter writer, ExecutionPlan plan, EntryDeclaration entry)
    {
        Func<string, string> finish = static result => result.Length == 0 ? "" : "return " + result + ";";
        if (entry.ResultStrength != Strength.Outcome)
        {
            StraightFrameEmitter.EmitNodes(writer, plan, finish);
            return;
        }

        writer.Open("try");
        StraightFrameEmitter.EmitNodes(writer, plan, finish);
        writer.Close();
        string token = entry.TokenParameter is { } parameter ? Known.Escape(parameter) : "default";
        writer.Open("catch (" + Known.Exception + " __error) when (!" + Known.Services + "FlowEntry.IsCancellation(__error, " + token + "))");
        writer.Line("return " + FrameEmitter.ResultType(entry) + ".Failed(__error);");
        writer.Close();
    }

    internal static bool IsTask(EntryDeclaration entry) => entry.Method.Shape is ReturnShape.Task or ReturnShape.TaskOfT;

    internal static string Completed(EntryDeclaration entry, string? result, string value) => entry.Method.Shape switch
    {
        ReturnShape.Task => Known.Tasks + "Task.CompletedTask",
        ReturnShape.TaskOfT => Known.Tasks + "Task.FromResult<" + result + ">(" + value + ")",
        ReturnShape.ValueTask => "default",
        _ => "new " + Known.ValueTask(result) + "(" + value + ")",
    };

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
}
