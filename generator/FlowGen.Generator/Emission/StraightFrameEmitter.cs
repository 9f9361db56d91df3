using FlowGen.Generator.Model;

namespace FlowGen.Generator.Emission;

/// <summary>
/// Prints a straight plan that is too long for one method: methods of the frame, which keeps what more than one of them reads. Nothing
/// else of the frame is used.
/// </summary>
internal static class StraightFrameEmitter
{
    /// <summary>The statements of the entry that run the nodes: themselves, or the call of those in the frame.</summary>
    public static void EmitNodes(CodeWriter writer, ExecutionPlan plan, Func<string, string> finish, ProgressEmitter? progress = null)
    {
        if (plan.Parts.Count == 0)
        {
            new StraightEmitter(writer, plan, finish, progress: progress).EmitBody();
            return;
        }

        EntryDeclaration entry = plan.Bound.Surface.Entry!;
        string call = "__Frame.RunStraight(this"
            + string.Concat(entry.Inputs.Select(input => ", " + Known.Escape(input.Name)))
            + ", " + (entry.TokenParameter is { } token ? Known.Escape(token) : "default(" + Known.CancellationToken + ")") + ")";
        if (entry.Result is null)
        {
            writer.Line(call + ";");
            writer.Lines(finish(""));
            return;
        }

        writer.Line(FrameEmitter.ResultType(entry) + " __result = " + call + ";");
        writer.Lines(finish("__result"));
    }

    /// <summary>The methods in the frame.</summary>
    public static void EmitMethods(CodeWriter writer, ExecutionPlan plan, string inputs, Action emitInputs)
    {
        WorkflowSurface surface = plan.Bound.Surface;
        string result = surface.Entry!.Result is null ? "void" : FrameEmitter.ResultType(surface.Entry);
        writer.Line();
        writer.Line("/// <summary>Nothing suspends and nobody observes: the nodes as plain calls.</summary>");
        writer.Open("internal static " + result + " RunStraight(" + surface.FullName + " workflow" + inputs + ", " + Known.CancellationToken + " token)");
        emitInputs();
        writer.Open("try");
        writer.Line((surface.Entry.Result is null ? "" : "return ") + "frame.Straight();");
        writer.Close();
        writer.Open("finally");
        writer.Line("frame.MarkReturned();");
        writer.Line("frame.Recycle();");
        writer.Close();
        writer.Close();

        var body = new StraightEmitter(writer, plan, static value => value.Length == 0 ? "" : "return " + value + ";", isInFrame: true);
        writer.Line();
        writer.Open("private " + result + " Straight()");
        writer.Line(surface.FullName + " workflow = _workflow;");
        writer.Line();
        body.EmitBody();
        writer.Close();
        for (int part = 1; part <= plan.Parts.Count; part++)
        {
            writer.Line();
            writer.Open("private void Part" + Known.Number(part) + "()");
            writer.Line(surface.FullName + " workflow = _workflow;");
            writer.Line();
            body.EmitPart(part);
            writer.Close();
        }
    }
}
