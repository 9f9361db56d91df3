using FlowGen.Generator.Model;

namespace FlowGen.Generator.Emission;

/// <summary>
/// Prints a workflow of synchronous nodes as plain calls in one method: what its author would have written by hand. Conditions are
/// <c>if</c>, activations <c>try</c> and <c>finally</c>, handled failures <c>catch</c>.
/// </summary>
internal sealed class StraightEmitter
{
    private readonly CodeWriter _writer;
    private readonly ExecutionPlan _plan;
    private readonly string? _token;
    private readonly ValuePrinter _printer;

    private readonly Func<string, string> _finish;
    private readonly bool _isInFrame;
    private readonly Dictionary<int, int> _parts = [];

    /// <summary>Prepares to print.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="plan">What.</param>
    /// <param name="finish">The statement that ends the method with a result; the result is empty for nothing.</param>
    /// <param name="isInFrame">The methods belong to the frame, whose fields hold what more than one of them reads.</param>
    public StraightEmitter(CodeWriter writer, ExecutionPlan plan, Func<string, string> finish, bool isInFrame = false)
    {
        _finish = finish;
        _isInFrame = isInFrame;
        _writer = writer;
        _plan = plan;
        _token = plan.Bound.Surface.Entry!.TokenParameter is { } token ? isInFrame ? "Token" : Known.Escape(token) : null;
        _printer = new ValuePrinter(plan, isStraight: !isInFrame, "", _ => Token);
        for (int part = 0; part < plan.Parts.Count; part++)
        {
            _parts.Add(plan.Parts[part].First, part + 1);
        }
    }

    private string Token => _token ?? "default(" + Known.CancellationToken + ")";

    /// <summary>The statements of the whole workflow, the last of which returns.</summary>
    public void EmitBody()
    {
        PlanScope root = _plan.Scopes[0];
        if (root.HasInstances)
        {
            EmitRent(root);
            _writer.Open("try");
        }

        EmitRange(0, root.Exit - 1);
        PlanStep exit = _plan.Steps[root.Exit];
        string result = exit.Assignments.Count > 0 ? _printer.Argument(exit.Assignments[0].Argument, -1) : "";
        _writer.Lines(_finish(result));

        if (root.HasInstances)
        {
            _writer.Close();
            EmitClose(root);
        }
    }

    /// <summary>The statements of one part of a long plan.</summary>
    public void EmitPart(int part)
    {
        PlanPart range = _plan.Parts[part - 1];
        _parts.Remove(range.First);
        EmitRange(range.First, range.Last);
    }

    private void EmitRange(int first, int last)
    {
        for (int i = first; i <= last; i++)
        {
            if (_parts.TryGetValue(i, out int part))
            {
                _writer.Line("Part" + Known.Number(part) + "();");
                i = _plan.Parts[part - 1].Last;
                continue;
            }

            PlanStep step = _plan.Steps[i];
            switch (step.Kind)
            {
                case StepKind.Enter:
                    PlanScope scope = _plan.Scopes[step.Scope];
                    EmitScope(step, scope);
                    i = scope.Exit;
                    break;
                case StepKind.Verdict:
                    EmitVerdict(step);
                    break;
                default:
                    EmitCall(step);
                    break;
            }
        }
    }

    private void EmitCall(PlanStep step)
    {
        _writer.Line("// " + step.Description);
        string call = FrameEmitter.CallText(step, _printer);
        bool isWrapped = step.Guard.Count > 0 || step.Handled || step.Replaces.Count > 0;
        if (!isWrapped && step.Repeat is null)
        {
            EmitCheck(step);
            EmitAssignment(step, call, step.Value < 0 ? "" : Declared(step.Value) + " = ");
            if (step.HasFlag)
            {
                _writer.Line((_isInFrame ? "" : "bool ") + _printer.Flag(step.Index) + " = true;");
            }

            _writer.Line();
            return;
        }

        EmitDeclarations(step, step.Value);
        OpenWrapped(step, step);
        if (step.Repeat is { } repeat)
        {
            EmitLoop(step, repeat, call);
        }
        else
        {
            EmitCheck(step);
            EmitAssignment(step, call, step.Value < 0 ? "" : _printer.Value(step.Value) + " = ");
        }

        EmitFlag(step);
        CloseWrapped(step, step);
    }

    /// <summary>A step that is run again and again, as an author would write it.</summary>
    private void EmitLoop(PlanStep step, PlanRepeat repeat, string call)
    {
        string times = ValuePrinter.Local(_plan, "timesOf" + step.Label);
        if (repeat.MaxIterations > 0)
        {
            _writer.Line("int " + times + " = 0;");
        }

        if (repeat.Initial is { } initial)
        {
            _writer.Line(Declared(repeat.Carry) + " = " + _printer.Argument(initial, step.GraphNode) + ";");
        }

        _writer.Open("while (true)");
        EmitCheck(step);
        EmitAssignment(step, call, step.Value < 0 ? "" : _printer.Value(step.Value) + " = ");
        string check = FrameEmitter.CallText(repeat.Check, _printer, step.GraphNode);
        _writer.Open("if (" + (repeat.IsWhile ? "!" + check : check) + ")");
        _writer.Line("break;");
        _writer.Close();
        _writer.Line();
        if (repeat.MaxIterations > 0)
        {
            _writer.Open("if (++" + times + " == " + Known.Number(repeat.MaxIterations) + ")");
            _writer.Line(repeat.FailsAtLimit
                ? "throw " + Known.Services + "FlowEntry.LimitReached(" + Known.Literal(_plan.Bound.Surface.Id) + ", " + Known.Literal(_plan.Graph.Nodes[step.GraphNode].Path) + ", " + Known.Number(repeat.MaxIterations) + ");"
                : "break;");
            _writer.Close();
            _writer.Line();
        }

        if (repeat.Carry >= 0)
        {
            _writer.Line(_printer.Value(repeat.Carry) + " = " + _printer.Value(step.Value) + ";");
        }

        _writer.Close();
        _writer.Line();
    }

    private void EmitAssignment(PlanStep step, string call, string target)
    {
        if (!step.MaySuspend)
        {
            _writer.Line(target + call + ";");
            return;
        }

        string? type = step.Value < 0 ? null : _plan.Values[step.Value].Type;
        string pending = FirstPassEmitter.Pending(_plan, step);
        bool isTask = step.Call!.Shape is ReturnShape.Task or ReturnShape.TaskOfT;
        _writer.Line(pending + " = " + (isTask ? "new " + Known.ValueTask(type) + "(" + call + ")" : call) + ";");
        _writer.Open("if (!" + pending + ".IsCompleted)");
        _writer.Lines(FirstPassEmitter.Leave(_plan, step, pending));
        _writer.Close();
        _writer.Line();
        _writer.Line(type is null ? pending + ".GetAwaiter().GetResult();" : target + pending + ".Result;");
    }

    private void EmitScope(PlanStep enter, PlanScope scope)
    {
        PlanStep exit = _plan.Steps[scope.Exit];
        bool isWrapped = enter.Guard.Count > 0 || exit.Handled;
        _writer.Line("// " + enter.Description);
        if (isWrapped)
        {
            EmitDeclarations(exit, exit.Value);
            OpenWrapped(enter, exit);
        }
        else if (scope.HasInstances && exit.Value >= 0 && IsLocal(exit.Value))
        {
            _writer.Line(_plan.Values[exit.Value].Type + " " + _printer.Value(exit.Value) + ";");
        }

        EmitCheck(enter);
        if (scope.Disabled is { } id)
        {
            _writer.Line(Known.Services + "FlowEntry.ThrowDisabled(" + Known.Literal(id) + ", " + Known.Literal(_plan.Graph.Nodes[scope.GraphNode].Path) + ");");
        }

        foreach (PlanAssignment assignment in enter.Assignments)
        {
            _writer.Line(Declared(assignment.Value) + " = " + _printer.Argument(assignment.Argument, enter.GraphNode) + ";");
        }

        if (scope.HasInstances)
        {
            EmitRent(scope);
            _writer.Open("try");
        }

        EmitRange(enter.Index + 1, exit.Index - 1);
        foreach (PlanAssignment assignment in exit.Assignments)
        {
            bool declares = !isWrapped && !scope.HasInstances;
            _writer.Line((declares ? Declared(assignment.Value) : _printer.Value(assignment.Value)) + " = "
                + _printer.Argument(assignment.Argument, exit.GraphNode) + ";");
        }

        if (scope.HasInstances)
        {
            _writer.Close();
            EmitClose(scope);
        }

        if (isWrapped)
        {
            EmitFlag(exit);
            CloseWrapped(enter, exit);
        }
        else
        {
            _writer.Line();
        }
    }

    private void EmitVerdict(PlanStep step)
    {
        PlanVerdict verdict = step.Verdict!;
        _writer.Line("// " + step.Description);
        _writer.Open("if (" + _printer.Verdict(verdict) + ")");
        _writer.Line(Known.Services + "FlowEntry.Rethrow(" + _printer.Error(verdict.Failing) + ");");
        _writer.Close();
        _writer.Line();
    }

    private void EmitDeclarations(PlanStep step, int value)
    {
        if (value >= 0 && IsLocal(value))
        {
            _writer.Line(_plan.Values[value].Type + " " + _printer.Value(value) + " = default!;");
        }

        if (_isInFrame)
        {
            return;
        }

        if (step.HasFlag)
        {
            _writer.Line("bool " + _printer.Flag(step.Index) + " = false;");
        }

        if (step.KeepsError)
        {
            _writer.Line(Known.Exception + "? " + _printer.Error(step.Index) + " = null;");
        }
    }

    private void EmitFlag(PlanStep step)
    {
        if (step.HasFlag)
        {
            _writer.Line(_printer.Flag(step.Index) + " = true;");
        }
    }

    private void OpenWrapped(PlanStep guarded, PlanStep handled)
    {
        if (guarded.Guard.Count > 0)
        {
            _writer.Open("if (" + _printer.Guard(guarded) + ")");
        }

        if (handled.Handled || guarded.Replaces.Count > 0)
        {
            _writer.Open("try");
        }
    }

    private void CloseWrapped(PlanStep guarded, PlanStep handled)
    {
        if (handled.Handled || guarded.Replaces.Count > 0)
        {
            _writer.Close();
        }

        if (guarded.Replaces.Count > 0)
        {
            // A filter that never holds: it only keeps the failure that this one replaces.
            _writer.Open("catch (" + Known.Exception + " __error) when (" + Known.Services + "FlowEntry.Replaces(__error, " + string.Join(" ?? ", guarded.Replaces.Select(_printer.Error)) + "))");
            _writer.Line("throw;");
            _writer.Close();
        }

        if (handled.Handled)
        {
            string patterns = handled.Patterns.Count == 0 ? "" : " && (" + string.Join(" || ", handled.Patterns.Select(pattern => "__error is " + pattern.Exception)) + ")";
            _writer.Open("catch (" + Known.Exception + " __error) when (!" + Known.Services + "FlowEntry.IsCancellation(__error, " + Token + ")" + patterns + ")");
            _writer.Line(handled.KeepsError ? _printer.Error(handled.Index) + " = __error;" : "_ = __error;");
            _writer.Close();
        }

        if (guarded.Guard.Count > 0)
        {
            _writer.Close();
        }

        _writer.Line();
    }

    private void EmitCheck(PlanStep step)
    {
        if (_token is not null && step.Kind != StepKind.Predicate)
        {
            _writer.Line(Known.Services + "FlowEntry.ThrowIfCancelled(" + _token + ");");
        }
    }

    /// <summary>Whether the value is a local of the method; otherwise a field of the frame, which is empty when a run begins.</summary>
    private bool IsLocal(int value) => !_isInFrame || !_plan.Values[value].IsField;

    private string Declared(int value) => (IsLocal(value) ? _plan.Values[value].Type + " " : "") + _printer.Value(value);

    private void EmitRent(PlanScope scope)
    {
        string type = scope.FullName + ".__Scope";
        string bundle = _printer.ScopeField(scope.Index);
        if (_isInFrame || !scope.HasSlot)
        {
            _writer.Line((_isInFrame ? "" : type + " ") + bundle + " = " + type + ".Rent(" + _printer.Receiver(scope.Index) + ");");
            return;
        }

        _writer.Line("ref " + type + "? " + Slot(scope) + " = ref " + type + ".t_spare;");
        _writer.Line(type + " " + bundle + " = " + type + ".Rent(ref " + Slot(scope) + ");");
    }

    private string Slot(PlanScope scope) => _printer.ScopeField(scope.Index) + "Slot";

    private void EmitClose(PlanScope scope)
    {
        string bundle = _printer.ScopeField(scope.Index);
        _writer.Open("finally");
        if (_isInFrame)
        {
            _writer.Line(scope.FullName + ".__Scope left = " + bundle + "!;");
            _writer.Line(bundle + " = null;");
            _writer.Line(scope.Cleanup == CleanupTiming.Immediate
                ? "left.Close();"
                : "ParkScope(left, " + Known.Flow + "CleanupMode." + scope.Cleanup + ");");
            _writer.Close();
            _writer.Line();
            return;
        }

        _writer.Line(scope.Cleanup == CleanupTiming.Immediate
            ? bundle + ".Close(" + (scope.HasSlot ? "ref " + Slot(scope) : "") + ");"
            : "Runtime.Park(" + bundle + ", " + Known.Flow + "CleanupMode." + scope.Cleanup + ");");
        _writer.Close();
        _writer.Line();
    }
}
