using FlowGen.Generator.Model;

namespace FlowGen.Generator.Emission;

/// <summary>
/// Prints a workflow of synchronous nodes as plain calls in one method: what its author would have written by hand. Conditions are
/// <c>if</c>, activations <c>try</c> and <c>finally</c>, handled failures <c>catch</c>.
/// </summary>
internal sealed partial class StraightEmitter
{
    private readonly CodeWriter _writer;
    private readonly ExecutionPlan _plan;
    private readonly string? _token;
    private readonly ValuePrinter _printer;

    private readonly Func<string, string> _finish;
    private readonly bool _isInFrame;
    private readonly ProgressEmitter? _progress;
    private readonly Dictionary<int, int> _parts = [];

    /// <summary>Prepares to print.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="plan">What.</param>
    /// <param name="finish">The statement that ends the method with a result; the result is empty for nothing.</param>
    /// <param name="isInFrame">The methods belong to the frame, whose fields hold what more than one of them reads.</param>
    /// <param name="progress">Of a first pass: prints what it remembers for the frame that may take over; null for nothing.</param>
    public StraightEmitter(CodeWriter writer, ExecutionPlan plan, Func<string, string> finish, bool isInFrame = false, ProgressEmitter? progress = null)
    {
        _progress = progress;
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

        _progress?.EmitStart();
        EmitRange(0, root.Exit - 1);
        PlanStep exit = _plan.Steps[root.Exit];
        _progress?.EmitBegin(exit);
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
                case StepKind.Idle:
                    break;
                default:
                    EmitCall(step);
                    break;
            }
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
}
