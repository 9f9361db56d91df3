using FlowGen.Generator.Model;

namespace FlowGen.Generator.Emission;

/// <summary>
/// Prints synchronous nodes behind an asynchronous entry. The nodes stand in a method of their own, which is compiled twice: with the token
/// that the caller may cancel, and with none, where the JIT drops every check. What they do to the caller's context is undone by what the
/// runtime does around the first part of an async method; that takes a state machine, so the run is one: it has a single state.
/// </summary>
internal static class PassEmitter
{
    private const string StateMachine = "global::System.Runtime.CompilerServices.IAsyncStateMachine";

    public static bool Applies(ExecutionPlan plan) =>
        plan.Form == PlanForm.Straight && plan.Bound.Surface.Entry is { IsSynchronous: false } entry && entry.ResultStrength != Strength.Outcome;

    /// <summary>The body of the entry.</summary>
    public static void EmitEntry(CodeWriter writer, EntryDeclaration entry)
    {
        string? result = Result(entry);
        string token = entry.TokenParameter is { } name ? Known.Escape(name) : "default";
        writer.Line("var __pass = new __Pass(this" + string.Concat(Parameters(entry).Select(parameter => ", " + parameter.Name)) + ");");
        writer.Open("try");
        writer.Line(Known.Services + "FlowEntry.Guard(ref __pass);");
        writer.Close();
        writer.Open("catch (" + Known.Exception + " __error)");
        writer.Line("return " + Known.Services + "FlowEntry.Failed" + (result is null ? "" : "<" + result + ">") + "(__error, " + token + ")"
            + (EntryEmitter.IsTask(entry) ? ".AsTask();" : ";"));
        writer.Close();
        writer.Line();
        writer.Line("return " + EntryEmitter.Completed(entry, result, "__pass.__result") + ";");
    }

    /// <summary>What stands beside the entry.</summary>
    public static void EmitParts(CodeWriter writer, ExecutionPlan plan, EntryDeclaration entry)
    {
        EmitExecute(writer, plan, entry);
        if (entry.TokenParameter is not null)
        {
            EmitExecuteCancellable(writer, entry);
        }

        EmitPass(writer, plan, entry);
    }

    private static void EmitExecute(CodeWriter writer, ExecutionPlan plan, EntryDeclaration entry)
    {
        writer.Line();
        writer.Line("/// <summary>The nodes, in order.</summary>");
        writer.Line(Known.Hidden);
        writer.Line(Known.Generated);
        writer.Line(Known.Inlined);
        writer.Open("private " + (Result(entry) ?? "void") + " __Execute(" + Declarations(entry) + ")");
        new StraightEmitter(writer, plan, static value => value.Length == 0 ? "" : "return " + value + ";").EmitBody();
        writer.Close();
    }

    private static void EmitExecuteCancellable(CodeWriter writer, EntryDeclaration entry)
    {
        writer.Line();
        writer.Line("/// <summary>The same, where somebody may cancel between two nodes.</summary>");
        writer.Line(Known.Hidden);
        writer.Line(Known.Generated);
        writer.Line(Known.NotInlined);
        writer.Line("private " + (Result(entry) ?? "void") + " __ExecuteCancellable(" + Declarations(entry) + ") => __Execute("
            + string.Join(", ", Parameters(entry).Select(parameter => parameter.Name)) + ");");
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

        writer.Close();
        EmitMoveNext(writer, entry);
        writer.Line();
        writer.Open("public readonly void SetStateMachine(" + StateMachine + " stateMachine)");
        writer.Line("// It never suspends.");
        writer.Close();
        writer.Close();
    }

    private static void EmitMoveNext(CodeWriter writer, EntryDeclaration entry)
    {
        string target = Result(entry) is null ? "" : "__result = ";
        string all = string.Join(", ", Parameters(entry).Select(parameter => parameter.Name));
        writer.Line();
        writer.Open("public " + (target.Length == 0 ? "readonly " : "") + "void MoveNext()");
        if (entry.TokenParameter is not { } token)
        {
            writer.Line(target + "__workflow.__Execute(" + all + ");");
            writer.Close();
            return;
        }

        string uncancellable = string.Join(", ", Parameters(entry).Select(parameter => parameter.Name == Known.Escape(token) ? "default" : parameter.Name));
        writer.Open("if (" + Known.Escape(token) + ".CanBeCanceled)");
        writer.Line(target + "__workflow.__ExecuteCancellable(" + all + ");");
        writer.Close();
        writer.Open("else");
        writer.Line(target + "__workflow.__Execute(" + uncancellable + ");");
        writer.Close();
        writer.Close();
    }

    private static string? Result(EntryDeclaration entry) => entry.Result is null ? null : FrameEmitter.ResultType(entry);

    private static string Declarations(EntryDeclaration entry) =>
        string.Join(", ", Parameters(entry).Select(parameter => parameter.Type + " " + parameter.Name));

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
