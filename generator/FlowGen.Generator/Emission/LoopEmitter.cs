using FlowGen.Generator.Model;

namespace FlowGen.Generator.Emission;

/// <summary>Prints the loop of an [Each] node: a pooled object that runs the node once per element.</summary>
internal static class LoopEmitter
{
    /// <summary>How the frame starts the loop.</summary>
    public static string Call(ExecutionPlan plan, PlanStep step, ValuePrinter printer, bool isParallel)
    {
        PlanEach each = step.Each!;
        string wanted = each.MaxParallelismArgument is { } argument
            ? printer.Argument(argument, step.GraphNode)
            : Known.Number(each.MaxParallelism);
        wanted = Within(plan, step, wanted, isParallel);
        string degree = "Degree(" + (isParallel ? Known.Number(step.Index) + ", " : "") + Known.Number(step.GraphNode) + ", " + wanted + ")";
        return Name(each) + ".RunAsync(this, " + printer.Argument(each.Source, step.GraphNode) + ", " + degree + ", " + printer.Token(step.Scope) + ")";
    }

    /// <summary>A serial run has no other node in flight: the limits of the sub-workflows around the step are known now.</summary>
    public static string Within(ExecutionPlan plan, PlanStep step, string wanted, bool isParallel)
    {
        for (int scope = step.Scope; !isParallel && plan.Scopes[scope].Parent >= 0; scope = plan.Scopes[scope].Parent)
        {
            if (plan.Scopes[scope].MaxParallelism > 0)
            {
                wanted = "Within(" + Known.Number(plan.Scopes[scope].MaxParallelism) + ", " + wanted + ")";
            }
        }

        return wanted;
    }

    public static void Emit(CodeWriter writer, ExecutionPlan plan, PlanStep step)
    {
        PlanEach each = step.Each!;
        string name = Name(each);
        string result = each.Result?.Annotated ?? Known.Unit;
        ValuePrinter printer = Printer(plan, step);
        string pool = Known.Services + "FlowPool<" + name + ">";
        string item = each.ElementType.Annotated;
        writer.Line();
        writer.Line("/// <summary>The elements of " + Known.XmlText(step.Description) + ".</summary>");
        writer.Open("private sealed class " + name + " : " + Known.Services + "EachLoop<" + item + ", " + result + ">");
        writer.Line("private static readonly " + pool + " s_pool = new " + pool + "(" + Known.Literal(plan.Bound.Surface.Id) + ", "
            + Known.Flow + "FlowPoolKind.Loop, 0, " + Known.Literal(plan.Graph.Nodes[step.GraphNode].Path) + ");");
        writer.Line(Known.ThreadStatic);
        writer.Line("private static " + name + "? t_spare;");
        writer.Line("private __Frame _frame = null!;");
        writer.Line();
        EmitRules(writer, step, each, name);
        EmitRun(writer, plan, step, each, name, result);
        EmitExecute(writer, plan, step, each, item, result);
        if (each.ElementScope is { } scope)
        {
            string type = plan.Scopes[step.Scope].FullName + "." + ScopeEmitter.ElementName(scope.Name);
            writer.Line();
            writer.Open("protected override " + Known.Services + "FlowScope? RentScope()");
            writer.Line(type + " scope = " + type + ".Rent(" + Printer(plan, step).Receiver(step.Scope) + ");");
            writer.Line("Attribute(scope, " + Known.Number(plan.Scopes[step.Scope].GraphNode + 1) + ");");
            writer.Line("return scope;");
            writer.Close();
        }

        EmitPolicies(writer, step, each, printer);
        writer.Line();
        writer.Open("protected override void Recycle()");
        writer.Line("_frame = null!;");
        SlotEmitter.EmitReturn(writer);
        writer.Close();
        writer.Close();
    }

    /// <summary>What watches over each element, and when there are enough of them.</summary>
    private static void EmitPolicies(CodeWriter writer, PlanStep step, PlanEach each, ValuePrinter printer)
    {
        if (step.Policy is { } policy)
        {
            if (policy.MaxConcurrent > 0)
            {
                writer.Line();
                writer.Line("protected override object? Owner => " + printer.Receiver(policy.Receiver) + ";");
            }

            PolicyEmitter.EmitDecisions(writer, policy, printer, step.GraphNode);
        }

        if (each.Until is { } until)
        {
            writer.Line();
            writer.Line("protected override bool HasEnough(" + Known.Flow + "EachProgress progress) => " + FrameEmitter.CallText(until, printer, step.GraphNode) + ";");
        }
    }

    /// <summary>What is special about the loop, as data.</summary>
    private static void EmitRules(CodeWriter writer, PlanStep step, PlanEach each, string name)
    {
        List<string> rules = [];
        if (each.OnError != EachError.Stop)
        {
            rules.Add("OnError = " + Known.Flow + "EachError." + each.OnError);
        }

        if (each.Until is not null)
        {
            rules.Add("Rest = " + Known.Flow + "EachRest." + each.Rest);
        }

        if (step.IsStoppable)
        {
            rules.Add("IsStoppable = true");
        }

        if (each.Grows)
        {
            rules.Add("Grows = true");
        }

        if (each.Child is not null || step.Choice is not null)
        {
            rules.Add("IsSubWorkflow = true");
        }

        if (step.Policy is { } policy)
        {
            rules.Add("Policy = " + PolicyEmitter.Rules(policy, each.Child is not null || step.Choice is not null));
        }

        if (rules.Count == 0)
        {
            return;
        }

        writer.Line("private static readonly " + Known.Services + "EachRules s_rules = new " + Known.Services + "EachRules { " + string.Join(", ", rules) + " };");
        writer.Line();
        writer.Open("private " + name + "() : base(s_rules)");
        writer.Close();
        writer.Line();
    }

    /// <summary>Where the frame keeps the running loop, where something may stop it.</summary>
    public static string Field(PlanStep step) => "_loopOf" + step.Label;

    private static bool IsLimited(ExecutionPlan plan, PlanStep step)
    {
        for (int scope = step.Scope; scope >= 0; scope = plan.Scopes[scope].Parent)
        {
            if (plan.Scopes[scope].MaxParallelism > 0)
            {
                return true;
            }
        }

        return false;
    }

    public static string Name(PlanEach each) => "__" + each.Name + "Loop";

    private static ValuePrinter Printer(ExecutionPlan plan, PlanStep step)
    {
        var printer = new ValuePrinter(plan, isStraight: false, "_frame.", _ => "token") { OwnToken = "token", Failure = "error", Attempt = "attempt", Item = "index" };
        if (step.Each!.ElementScope is { } scope)
        {
            printer.ElementScope = "((" + plan.Scopes[step.Scope].FullName + "." + ScopeEmitter.ElementName(scope.Name) + ")scope!)";
        }
        else
        {
            // Nothing is owned per element, but contexts still name the element.
            printer.ElementScope = "scope";
        }

        return printer;
    }

    private static void EmitRun(CodeWriter writer, ExecutionPlan plan, PlanStep step, PlanEach each, string name, string result)
    {
        string source = each.Source.Type.Annotated;
        string returns = step.Value < 0 ? Known.ValueTask(null) : Known.ValueTask(plan.Values[step.Value].Type);
        writer.Open("internal static " + returns + " RunAsync(__Frame frame, " + source + " source, int degree, " + Known.CancellationToken + " token)");
        SlotEmitter.EmitRent(writer, name, "loop");
        writer.Line("loop._frame = frame;");
        writer.Line("loop.Prepare(frame, " + Known.Number(step.GraphNode) + ", degree, " + (each.OnPool ? "true" : "false") + ", token);");
        writer.Line("loop.Over(" + (each.Shape == SourceShape.List ? "(global::System.Collections.Generic.IReadOnlyList<" + each.ElementType.Annotated + ">)source" : "source") + ");");
        if (step.IsStoppable)
        {
            writer.Line("frame." + Field(step) + " = loop.Handle;");
        }

        string method = step.Value < 0 ? "RunWithoutResultAsync" : each.OnError == EachError.Collect ? "RunCollectingAsync" : "RunAsync";
        writer.Line("return loop." + method + "();");
        writer.Close();
    }

    private static void EmitExecute(CodeWriter writer, ExecutionPlan plan, PlanStep step, PlanEach each, string item, string result)
    {
        ValuePrinter printer = Printer(plan, step);
        writer.Line();
        writer.Open("protected override " + Known.ValueTask(result) + " ExecuteAsync(" + item + " item, int index, "
            + Known.Services + "FlowScope? scope, int attempt, " + Known.CancellationToken + " token)");
        string call;
        ReturnShape shape;
        if (each.Child is { } child)
        {
            call = FrameEmitter.CallOf(child, printer, "_frame", step.GraphNode, "index", IsLimited(plan, step) ? "1" : "0", "token");
            shape = child.Result is null ? ReturnShape.ValueTask : ReturnShape.ValueTaskOfT;
        }
        else if (step.Choice is { } choice)
        {
            call = FrameEmitter.ChoiceCall(step, choice, printer, "_frame.", "index");
            shape = ReturnShape.ValueTaskOfT;
        }
        else
        {
            call = FrameEmitter.CallText(step, printer);
            shape = step.Call!.Shape;
        }

        EmitReturn(writer, call, shape, result);
        writer.Close();
    }

    /// <summary>Returns what a call returns as a ValueTask with a result.</summary>
    /// <param name="result">The type; that of nothing where the call yields nothing.</param>
    public static void EmitReturn(CodeWriter writer, string call, ReturnShape shape, string result)
    {
        switch (shape)
        {
            case ReturnShape.Void:
                writer.Line(call + ";");
                writer.Line("return default;");
                break;
            case ReturnShape.Value:
                writer.Line("return new " + Known.ValueTask(result) + "(" + call + ");");
                break;
            case ReturnShape.Task:
                writer.Line("return " + Known.Services + "FlowEntry.WithUnit(new " + Known.ValueTask(null) + "(" + call + "));");
                break;
            case ReturnShape.ValueTask:
                writer.Line("return " + Known.Services + "FlowEntry.WithUnit(" + call + ");");
                break;
            case ReturnShape.TaskOfT:
                writer.Line("return new " + Known.ValueTask(result) + "(" + call + ");");
                break;
            default:
                writer.Line("return " + call + ";");
                break;
        }
    }
}
