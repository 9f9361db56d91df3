using FlowGen.Generator.Lowering;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Emission;

/// <summary>
/// Prints an asynchronous entry whose nodes run without a frame as long as they complete at once. The nodes stand in a method of their own,
/// which is compiled twice: with the token that the caller may cancel, and with none, where the JIT drops every check. What they do to the
/// caller's context is undone by what the runtime does around the first part of an async method; that takes a state machine, so the pass is
/// one: it has a single state.
/// </summary>
internal static class PassEmitter
{
    private const string StateMachine = "global::System.Runtime.CompilerServices.IAsyncStateMachine";

    /// <summary>The body of the entry.</summary>
    public static void EmitEntry(CodeWriter writer, ExecutionPlan plan, EntryDeclaration entry)
    {
        string? result = Result(entry);
        string token = entry.TokenParameter is { } name ? Known.Escape(name) : "default";
        writer.Line("var __pass = new __Pass(" + string.Join(", ", Arguments(entry).Prepend("this")) + ");");
        writer.Open("try");
        writer.Line(Known.Services + "FlowEntry.Guard(ref __pass);");
        writer.Close();
        writer.Open("catch (" + Known.Exception + " __error)");
        if (entry.ResultStrength == Strength.Outcome)
        {
            writer.Open("if (!" + Known.Services + "FlowEntry.IsCancellation(__error, " + token + "))");
            writer.Line("return " + EntryEmitter.Completed(entry, result, result + ".Failed(__error)") + ";");
            writer.Close();
            writer.Line();
        }

        string asTask = EntryEmitter.IsTask(entry) ? ".AsTask();" : ";";
        writer.Line("return " + Known.Services + "FlowEntry.Failed" + (result is null ? "" : "<" + result + ">") + "(__error, " + token + ")" + asTask);
        writer.Close();
        writer.Line();
        string completed = EntryEmitter.Completed(entry, result, "__pass.__result");
        writer.Line("return " + (MayLeave(plan) ? "__pass.__hasLeft ? __pass.__run" + (EntryEmitter.IsTask(entry) ? ".AsTask()" : "") + " : " : "") + completed + ";");
    }

    /// <summary>What stands beside the entry.</summary>
    public static void EmitParts(CodeWriter writer, ExecutionPlan plan, EntryDeclaration entry)
    {
        EmitExecute(writer, plan, entry);
        if (entry.TokenParameter is not null)
        {
            EmitExecuteCancellable(writer, plan, entry);
        }

        if (HandsOver(plan))
        {
            ProgressEmitter.EmitType(writer, plan);
        }

        EmitPass(writer, plan, entry);
    }

    private static void EmitExecute(CodeWriter writer, ExecutionPlan plan, EntryDeclaration entry)
    {
        writer.Line();
        writer.Line("/// <summary>The nodes, in order" + (MayLeave(plan) ? ", as long as each completes at once" : "") + ".</summary>");
        writer.Line(Known.Hidden);
        writer.Line(Known.Generated);
        if (plan.Parts.Count == 0)
        {
            writer.Line(Known.Inlined);
        }

        writer.Open("private " + (Result(entry) ?? "void") + " __Execute(" + Declarations(plan, entry) + ")");
        ExecutionPlan pass = MayLeave(plan) ? FirstPass.PlanOf(plan) : plan;
        FirstPassEmitter.EmitPending(writer, pass);
        StraightFrameEmitter.EmitNodes(
            writer, pass, static value => value.Length == 0 ? "" : "return " + value + ";", HandsOver(plan) ? new ProgressEmitter(writer, plan) : null);
        writer.Close();
    }

    private static void EmitExecuteCancellable(CodeWriter writer, ExecutionPlan plan, EntryDeclaration entry)
    {
        writer.Line();
        writer.Line("/// <summary>The same, where somebody may cancel between two nodes.</summary>");
        writer.Line(Known.Hidden);
        writer.Line(Known.Generated);
        writer.Line(Known.SteppedThrough);
        writer.Line(Known.NotInlined);
        writer.Line("private " + (Result(entry) ?? "void") + " __ExecuteCancellable(" + Declarations(plan, entry) + ") => "
            + Execute("__Execute", Arguments(entry), MayLeave(plan) ? "ref __pass" : null) + ";");
    }

    private static void EmitPass(CodeWriter writer, ExecutionPlan plan, EntryDeclaration entry)
    {
        string? result = Result(entry);
        string type = plan.Bound.Surface.FullName;
        List<(string Type, string Name)> parameters = Parameters(entry);
        writer.Line();
        writer.Line("/// <summary>One run of the nodes, which keeps to itself what they do to the context of the caller.</summary>");
        writer.Line(Known.Hidden);
        writer.Line(Known.Generated);
        writer.Open("private struct __Pass : " + StateMachine);
        writer.Line("private readonly " + type + " __workflow;");
        foreach ((string parameterType, string name) in parameters)
        {
            writer.Line("private readonly " + parameterType + " " + name + ";");
        }

        if (result is not null)
        {
            writer.Line("internal " + result + " __result;");
        }

        if (MayLeave(plan))
        {
            writer.Line("internal " + Known.ValueTask(result) + " __run;");
            writer.Line("internal bool __hasLeft;");
        }

        if (HandsOver(plan))
        {
            writer.Line("internal " + ProgressEmitter.Type + " __progress;");
        }

        writer.Line();
        writer.Open("internal __Pass(" + type + " __workflow" + string.Concat(parameters.Select(parameter => ", " + parameter.Type + " " + parameter.Name)) + ")");
        writer.Line("this.__workflow = __workflow;");
        foreach ((string _, string name) in parameters)
        {
            writer.Line("this." + name + " = " + name + ";");
        }

        if (result is not null)
        {
            writer.Line("__result = default!;");
        }

        if (MayLeave(plan))
        {
            writer.Line("__run = default;");
            writer.Line("__hasLeft = false;");
        }

        if (HandsOver(plan))
        {
            writer.Line("__progress = default;");
        }

        writer.Close();
        EmitMoveNext(writer, plan, entry);
        writer.Line();
        writer.Open("readonly void " + StateMachine + ".SetStateMachine(" + StateMachine + " stateMachine)");
        writer.Line("// It is never boxed: what has to wait goes on in a frame.");
        writer.Close();
        writer.Close();
    }

    private static void EmitMoveNext(CodeWriter writer, ExecutionPlan plan, EntryDeclaration entry)
    {
        string target = "__workflow.";
        bool isReadOnly = Result(entry) is null && !MayLeave(plan);
        if (Result(entry) is not null)
        {
            target = "__result = " + target;
        }

        writer.Line();
        writer.Line(Known.SteppedThrough);
        writer.Open((isReadOnly ? "readonly " : "") + "void " + StateMachine + ".MoveNext()");
        if (HandsOver(plan))
        {
            ProgressEmitter.EmitGuarded(writer, plan, () => EmitExecution(writer, plan, entry, target));
        }
        else
        {
            EmitExecution(writer, plan, entry, target);
        }

        writer.Close();
    }

    private static void EmitExecution(CodeWriter writer, ExecutionPlan plan, EntryDeclaration entry, string target)
    {
        string? self = MayLeave(plan) ? "ref this" : null;
        if (entry.TokenParameter is not { } token)
        {
            writer.Line(Execute(target + "__Execute", Arguments(entry), self) + ";");
            return;
        }

        writer.Open("if (" + Known.Escape(token) + ".CanBeCanceled)");
        writer.Line(Execute(target + "__ExecuteCancellable", Arguments(entry), self) + ";");
        writer.Close();
        writer.Open("else");
        writer.Line(Execute(target + "__Execute", Arguments(entry, token: "default"), self) + ";");
        writer.Close();
    }

    /// <summary>Whether a node may have to wait, so that the run goes on in a frame.</summary>
    private static bool MayLeave(ExecutionPlan plan) => plan.Form != PlanForm.Straight;

    private static bool HandsOver(ExecutionPlan plan) => MayLeave(plan) && FirstPass.HandsOver(plan);

    private static string? Result(EntryDeclaration entry) => entry.Result is null ? null : FrameEmitter.ResultType(entry);

    private static string Declarations(ExecutionPlan plan, EntryDeclaration entry)
    {
        IEnumerable<string> declarations = Parameters(entry).Select(parameter => parameter.Type + " " + parameter.Name);
        return string.Join(", ", MayLeave(plan) ? declarations.Append("ref __Pass __pass") : declarations);
    }

    /// <summary>Casts keep an argument of type <c>dynamic</c> from making the call one that is bound at run time.</summary>
    private static IEnumerable<string> Arguments(EntryDeclaration entry, string? token = null)
    {
        IEnumerable<string> inputs = entry.Inputs.Select(input =>
            input.Type.Annotated switch { "dynamic" => "(object)", "dynamic?" => "(object?)", _ => "" } + Known.Escape(input.Name));
        return entry.TokenParameter is { } name ? inputs.Append(token ?? Known.Escape(name)) : inputs;
    }

    private static string Execute(string method, IEnumerable<string> arguments, string? pass) =>
        method + "(" + string.Join(", ", pass is null ? arguments : arguments.Append(pass)) + ")";

    /// <summary>The inputs, and the token if there is one.</summary>
    private static List<(string Type, string Name)> Parameters(EntryDeclaration entry)
    {
        List<(string Type, string Name)> parameters = entry.Inputs.Select(input => (input.Type.Annotated, Known.Escape(input.Name))).ToList();
        if (entry.TokenParameter is { } token)
        {
            parameters.Add((Known.CancellationToken, Known.Escape(token)));
        }

        return parameters;
    }
}
