using FlowGen.Generator.Model;

namespace FlowGen.Generator.Emission;

/// <summary>
/// Long plans: the steps are run by several methods, and one loop goes from each to the next. A code says where to go on, as in the state
/// of a serial frame; -1 that nothing can go on, -2 that the run has finished.
/// </summary>
internal sealed partial class FrameEmitter
{
    private readonly HashSet<int> _entered = [];
    private ILookup<int, PlanValue>? _locals;
    private int _segment;

    private int Segments => _plan.SegmentOf(_plan.Steps.Count - 1) + 1;

    /// <summary>What a step that leaves the thread returns.</summary>
    private string Suspended => _plan.IsSegmented ? "return -1;" : "return false;";

    private string Finished => _plan.IsSegmented ? "return -2;" : "return true;";

    /// <summary>Values that only the current method reads.</summary>
    private IEnumerable<PlanValue> Locals =>
        (_locals ??= _plan.Values.Where(value => !IsStored(value)).ToLookup(value => _plan.SegmentOf(value.Producer)))[_segment];

    private bool IsLast(int segment) => segment == Segments - 1;

    private bool IsHere(int step) => _plan.SegmentOf(step) == _segment;

    private void EmitSegments()
    {
        _writer.Line();
        _writer.Open(_isParallel ? "protected override bool Advance(int code)" : "protected override bool MoveNext()");
        if (!_isParallel)
        {
            _writer.Line("int code = State;");
        }

        _writer.Open("while (code >= 0)");
        _writer.Open("switch (" + SegmentOfCode() + ")");
        for (int i = 0; i < Segments; i++)
        {
            _writer.Line("case " + Known.Number(i) + ":");
            _writer.Line("    code = Segment" + Known.Number(i) + "(code);");
            _writer.Line("    break;");
        }

        _writer.Close();
        _writer.Close();
        _writer.Line();
        _writer.Line("return code == -2;");
        _writer.Close();
        for (_segment = 0; _segment < Segments; _segment++)
        {
            _writer.Line();
            _writer.Open("private int Segment" + Known.Number(_segment) + "(int code)");
            _body.Clear();
            _jumps.Clear();
            _entries.Clear();
            _stubs.Clear();
            EmitBody(StepsOf(_segment));
            _writer.Close();
        }
    }

    private IEnumerable<PlanStep> StepsOf(int segment)
    {
        int first = segment * _plan.SegmentLength;
        for (int i = first; i < Math.Min(first + _plan.SegmentLength, _plan.Steps.Count); i++)
        {
            yield return _plan.Steps[i];
        }
    }

    /// <summary>The code that starts a step; that of another method's step becomes a way into it.</summary>
    private string CodeOf(int step)
    {
        _entered.Add(step);
        return Known.Number((_isParallel ? 2 : 3) * step);
    }

    private string SegmentOfCode()
    {
        if (_isParallel)
        {
            return "code / " + Known.Number(2 * _plan.SegmentLength);
        }

        string segment = "code / " + Known.Number(3 * _plan.SegmentLength);
        string pool = Known.Number(3 * _plan.Steps.Count);
        return _plan.Steps.Any(step => step.OnPool)
            ? "code < " + pool + " ? " + segment + " : (code - " + pool + ") / " + Known.Number(_plan.SegmentLength)
            : segment;
    }

    /// <summary>Goes to the start of a step.</summary>
    private string JumpToStart(PlanStep step) =>
        IsHere(step.Index) ? Jump(StartLabel(step)) : "return " + CodeOf(step.Index) + ";";

    /// <summary>Goes on behind a sub-workflow.</summary>
    private string JumpPast(PlanStep exit) =>
        IsHere(exit.Index) ? Jump(LeftLabel(exit)) : "return " + CodeOf(exit.Index + 1) + ";";

    /// <summary>A way into this method that goes on behind a sub-workflow.</summary>
    private void EntryPast(int code, PlanStep exit)
    {
        if (IsHere(exit.Index))
        {
            Entry(code, LeftLabel(exit));
            return;
        }

        string label = "Past" + exit.Label;
        Entry(code, label);
        _stubs.Add(() =>
        {
            _body.Line();
            _body.Label(label);
            _body.Line("return " + CodeOf(exit.Index + 1) + ";");
        });
    }

    /// <summary>A method with a case for each of many steps, as one method or as one for each segment.</summary>
    /// <param name="signature">Without modifiers: <c>bool IsImpossible(int step)</c>.</param>
    /// <param name="steps">Those with a case.</param>
    /// <param name="emitCase">Prints what stands under the case label.</param>
    /// <param name="emitPrologue">Prints what stands before the switch.</param>
    /// <param name="otherwise">What is returned for the others; null for nothing.</param>
    private void EmitCases(
        string signature, IReadOnlyList<PlanStep> steps, Action<PlanStep> emitCase, Action? emitPrologue = null, string? otherwise = null)
    {
        if (steps.Count == 0)
        {
            return;
        }

        _writer.Line();
        if (!_plan.IsSegmented)
        {
            EmitCases("protected override " + signature, steps);
            return;
        }

        string returns = signature.Substring(0, signature.IndexOf(' '));
        string name = signature.Substring(returns.Length + 1, signature.IndexOf('(') - returns.Length - 1);
        string parameters = signature.Substring(signature.IndexOf('('));
        string arguments = "(" + string.Join(", ", parameters.Trim('(', ')').Split(',').Select(parameter => parameter.Substring(parameter.LastIndexOf(' ') + 1))) + ")";
        List<IGrouping<int, PlanStep>> groups = [.. steps.GroupBy(step => _plan.SegmentOf(step.Index))];
        _writer.Open("protected override " + signature);
        _writer.Open("switch (step / " + Known.Number(_plan.SegmentLength) + ")");
        foreach (IGrouping<int, PlanStep> group in groups)
        {
            string call = name + Known.Number(group.Key) + arguments + ";";
            _writer.Line("case " + Known.Number(group.Key) + ":");
            _writer.Line(otherwise is null ? "    " + call : "    return " + call);
            if (otherwise is null)
            {
                _writer.Line("    break;");
            }
        }

        CloseCases();
        foreach (IGrouping<int, PlanStep> group in groups)
        {
            _writer.Line();
            EmitCases("private " + returns + " " + name + Known.Number(group.Key) + parameters, group);
        }

        void EmitCases(string header, IEnumerable<PlanStep> some)
        {
            _writer.Open(header);
            emitPrologue?.Invoke();
            _writer.Open("switch (step)");
            foreach (PlanStep step in some)
            {
                emitCase(step);
            }

            CloseCases();
        }

        void CloseCases()
        {
            if (otherwise is not null)
            {
                _writer.Line("default:");
                _writer.Line("    return " + otherwise + ";");
            }

            _writer.Close();
            _writer.Close();
        }
    }
}
