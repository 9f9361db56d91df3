using FlowGen.Generator.Model;

namespace FlowGen.Generator.Emission;

/// <summary>Prints what watches over the calls of one step: a small class beside the frame, which makes one try and knows which failures are retried.</summary>
internal static class PolicyEmitter
{
    // Compensations and handlers of the workflow run when every step has settled.
    private const int NoStep = -1;

    /// <summary>How the frame calls a step with policies.</summary>
    public static string Call(PlanStep step, string field)
    {
        string made = Made(step.Label, field);
        return step.Repeat is not null && step.Policy!.DelayMs > 0
            ? "(_timesOf" + step.Label + " == 0 ? " + made + ".RunAsync() : " + made + ".RunLaterAsync())"
            : made + ".RunAsync()";
    }

    /// <summary>The policy, made on first use: it stays with the frame.</summary>
    public static string Made(string label, string field) => "(" + field + " ??= new " + Name(label) + "(this))";

    /// <summary>The same for a first pass, which has the frame at hand.</summary>
    public static string Property(string label) => "PolicyOf" + label;

    public static string MadeFor(string label) => Made(label, "_policyOf" + label);

    public static string Name(string label) => "__" + label + "Policy";

    /// <summary>What the policy yields.</summary>
    public static string ResultOf(PlanStep step, ExecutionPlan plan) => step.Value < 0 ? Known.Unit : plan.Values[step.Value].Type;

    public static void EmitAll(CodeWriter writer, ExecutionPlan plan, Func<PlanStep, string> tokenOf)
    {
        foreach (PlanStep step in plan.Steps.Where(step => step.Policy is not null && step.Each is null))
        {
            new Emitter(writer, plan, step.Policy!, step.Label, step.Description, step.Index, step.GraphNode, ResultOf(step, plan)).EmitForStep(step, tokenOf(step));
        }

        foreach (PlanUndo undo in plan.Undos.Where(undo => undo.Policy is not null))
        {
            new Emitter(writer, plan, undo.Policy!, undo.Label, undo.Description, NoStep, undo.GraphNode, Known.Unit).EmitLate(undo.Call, isUndo: true);
        }

        foreach (PlanHandler handler in plan.Handlers.Where(handler => handler.Policy is not null))
        {
            string result = handler.HasResult ? FrameEmitter.ResultType(plan.Bound.Surface.Entry!) : Known.Unit;
            new Emitter(writer, plan, handler.Policy!, handler.Label, handler.Description, NoStep, handler.GraphNode, result).EmitLate(handler.Call, isUndo: false);
        }
    }

    /// <summary>The rules as data.</summary>
    public static string Rules(PlanPolicy policy, bool isSubWorkflow, bool isUndo = false)
    {
        List<string> rules = [];
        if (policy.Retries.Count > 0)
        {
            rules.Add("Retries = new " + Known.Services + "RetryRule[] { " + string.Join(", ", policy.Retries.Select(retry =>
                "new " + Known.Services + "RetryRule(" + Known.Number(retry.Retries) + ", " + Known.Number(retry.DelayMs) + ", " + Known.Number(retry.MaxDelayMs) + ", "
                + Known.Flow + "Backoff." + retry.Backoff + ", " + (retry.Jitter ? "true" : "false") + ")")) + " }");
        }

        AddLimit(policy.Attempt, "Attempt");
        AddLimit(policy.Total, "Total");
        if (policy.DelayMs > 0)
        {
            rules.Add("IterationDelay = " + Known.Number(policy.DelayMs));
        }

        AddFlag(policy.TakesToken, "TakesToken");
        AddFlag(policy.IsSynchronous, "IsSynchronous");
        AddFlag(isSubWorkflow, "IsSubWorkflow");
        AddFlag(isUndo, "IsUndo");
        if (policy.Sections.Count > 0)
        {
            rules.Add("Sections = new global::System.Type[] { " + string.Join(", ", policy.Sections.Select(section => "typeof(" + section + ")")) + " }");
        }

        if (policy.MaxConcurrent > 0)
        {
            rules.Add("MaxConcurrent = " + Known.Number(policy.MaxConcurrent));
            rules.Add("Counted = " + Known.Literal(policy.Counted));
        }

        return "new " + Known.Services + "PolicyRules { " + string.Join(", ", rules) + " }";

        void AddLimit(PlanLimit? limit, string name)
        {
            if (limit is not null)
            {
                rules.Add(limit.Check is null ? name + "Limit = " + Known.Number(limit.Milliseconds) : "Reads" + name + "Limit = true");
            }
        }

        void AddFlag(bool isSet, string name)
        {
            if (isSet)
            {
                rules.Add(name + " = true");
            }
        }
    }

    /// <summary>The members that say which failures are retried and how long a try may take.</summary>
    public static void EmitDecisions(CodeWriter writer, PlanPolicy policy, ValuePrinter printer, int graphNode)
    {
        if (policy.Retries.Count > 0)
        {
            string rule = "-1";
            for (int i = policy.Retries.Count - 1; i >= 0; i--)
            {
                rule = policy.Retries[i].Exception is { } type ? "error is " + type + " ? " + Known.Number(i) + " : " + rule : Known.Number(i);
            }

            writer.Line();
            writer.Line("protected override int RuleFor(" + Known.Exception + " error) => " + rule + ";");
        }

        if (policy.Retries.Any(retry => retry.Check is not null))
        {
            writer.Line();
            writer.Open("protected override bool IsWorthRetrying(int rule, " + Known.Exception + " error)");
            writer.Open("switch (rule)");
            for (int i = 0; i < policy.Retries.Count; i++)
            {
                if (policy.Retries[i].Check is { } check)
                {
                    writer.Line("case " + Known.Number(i) + ":");
                    writer.Line("    return " + FrameEmitter.CallText(check, printer, graphNode) + ";");
                }
            }

            writer.Line("default:");
            writer.Line("    return true;");
            writer.Close();
            writer.Close();
        }

        if (policy.Attempt?.Check is not null || policy.Total?.Check is not null)
        {
            string total = policy.Total?.Check is { } all ? FrameEmitter.CallText(all, printer, graphNode) : "default";
            string attempt = policy.Attempt?.Check is { } one ? FrameEmitter.CallText(one, printer, graphNode) : "default";
            writer.Line();
            writer.Line("protected override global::System.TimeSpan ReadLimit(bool ofAllTries) => ofAllTries ? " + total + " : " + attempt + ";");
        }
    }

    private sealed class Emitter(CodeWriter writer, ExecutionPlan plan, PlanPolicy policy, string label, string description, int step, int graphNode, string result)
    {
        private readonly string _name = Name(label);

        public void EmitForStep(PlanStep planned, string token)
        {
            Open(planned.Kind == StepKind.Linked);
            ValuePrinter printer = new(plan, isStraight: false, "_frame.", _ => "token") { OwnToken = "token", Failure = "error", Attempt = "Attempt" };
            EmitRun("", token);
            (string call, ReturnShape shape) = planned.Kind == StepKind.Linked
                ? FrameEmitter.LinkedCall(plan, planned, printer, "_frame", "-1", "_frame.")
                : (FrameEmitter.CallText(planned, printer), planned.Call!.Shape);
            EmitTry(call, shape);
            if (planned.IsArmed && (policy.Attempt ?? policy.Total) is not null)
            {
                writer.Line();
                writer.Line("protected override void Discard(" + result + " result) => _frame.ArmDiscarded(" + Known.Number(step) + ", " + (planned.Value < 0 ? "null" : "result") + ");");
            }

            EmitDecisions(writer, policy, printer, graphNode);
            writer.Close();
        }

        /// <summary>Of a compensation or a handler: it is given the reason, and runs outside of the steps.</summary>
        public void EmitLate(PlanCall call, bool isUndo)
        {
            Open(isSubWorkflow: false, isUndo);
            ValuePrinter printer = new(plan, isStraight: false, "_frame.", _ => "token") { OwnToken = "token", Failure = "_reason", Attempt = "Attempt" };
            writer.Line("private " + Known.Exception + " _reason = null!;");
            EmitRun(Known.Exception + " reason, " + Known.CancellationToken + " outer", "outer");
            EmitTry(FrameEmitter.CallText(call, printer, graphNode), call.Shape);
            printer.Failure = "error";
            EmitDecisions(writer, policy, printer, graphNode);
            writer.Close();
        }

        private void Open(bool isSubWorkflow, bool isUndo = false)
        {
            writer.Line();
            writer.Line("/// <summary>Watches over " + Known.XmlText(description) + ".</summary>");
            writer.Open("internal sealed class " + _name + " : " + Known.Services + "FlowPolicy<" + result + ">");
            writer.Line("private static readonly " + Known.Services + "PolicyRules s_rules = " + Rules(policy, isSubWorkflow, isUndo) + ";");
            writer.Line("private readonly __Frame _frame;");
            writer.Line();
            writer.Line("internal " + _name + "(__Frame frame) : base(frame, " + Known.Number(step) + ", " + Known.Number(graphNode) + ", s_rules) => _frame = frame;");
        }

        private void EmitRun(string parameter, string token)
        {
            string type = Known.ValueTask(result);
            if (policy.MaxConcurrent > 0)
            {
                writer.Line();
                writer.Line("protected override object? Owner => " + new ValuePrinter(plan, isStraight: false, "_frame.", _ => "token").Receiver(policy.Receiver) + ";");
            }

            writer.Line();
            writer.Open("internal " + type + " RunAsync(" + parameter + ")");
            if (parameter.Length > 0)
            {
                writer.Line("_reason = reason;");
            }

            if (policy.ComesFirst)
            {
                writer.Line("Open(" + token + ");");
                writer.Line("return Begin();");
                writer.Close();
            }
            else
            {
                writer.Line(type + " pending;");
                writer.Open("try");
                writer.Line("pending = TryAsync(Open(" + token + "));");
                writer.Close();
                writer.Open("catch (" + Known.Exception + " error)");
                writer.Line("return Continue(error);");
                writer.Close();
                writer.Line();
                writer.Open("if (!pending.IsCompletedSuccessfully)");
                writer.Line("return Continue(pending);");
                writer.Close();
                writer.Line();
                writer.Line("Close();");
                writer.Line("return pending;");
                writer.Close();
            }

            if (policy.DelayMs > 0)
            {
                writer.Line();
                writer.Line("/// <summary>The next iteration, after the delay between two of them.</summary>");
                writer.Open("internal " + type + " RunLaterAsync()");
                writer.Line("Open(" + token + ");");
                writer.Line("return BeginLater();");
                writer.Close();
            }
        }

        private void EmitTry(string call, ReturnShape shape)
        {
            writer.Line();
            writer.Open("protected override " + Known.ValueTask(result) + " TryAsync(" + Known.CancellationToken + " token)");
            LoopEmitter.EmitReturn(writer, call, shape, result);
            writer.Close();
        }
    }
}
