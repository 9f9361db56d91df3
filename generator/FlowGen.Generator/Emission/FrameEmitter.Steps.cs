using FlowGen.Generator.Model;

namespace FlowGen.Generator.Emission;

/// <summary>The method that runs the steps. Each step stands under its own label; what only a resumption needs stands behind the last step.</summary>
internal sealed partial class FrameEmitter
{
    private void EmitSteps()
    {
        if (_plan.IsSegmented)
        {
            EmitSegments();
            return;
        }

        _writer.Line();
        _writer.Open(_isParallel ? "protected override bool Advance(int code)" : "protected override bool MoveNext()");
        EmitBody(_plan.Steps);
        _writer.Close();
    }

    private void EmitBody(IEnumerable<PlanStep> steps)
    {
        _body.Open();
        foreach (PlanStep step in steps)
        {
            EmitStep(step);
        }

        if (_plan.IsSegmented && !IsLast(_segment))
        {
            _body.Line("return " + CodeOf((_segment + 1) * _plan.SegmentLength) + ";");
        }

        foreach (Action stub in _stubs)
        {
            stub();
        }

        _body.Close();
        EmitPrologue();
        _writer.Lines(Prune(_body.ToString()));
    }

    private void EmitPrologue()
    {
        _writer.Line(_type + " workflow = _workflow;");
        _writer.Line("bool observed = IsWatched;");
        foreach (PlanValue value in Locals)
        {
            _writer.Line(value.Type + " " + Known.Escape(value.Name) + " = default!;");
        }

        EmitPending();
        _writer.Line();
        if (_isParallel)
        {
            if (_segment == 0)
            {
                Entry(0, StartLabel(_plan.Steps[0]));
            }

            _writer.Label("Dispatch");
        }

        if (_entries.Count > 0)
        {
            EmitDispatch(_isParallel || _plan.IsSegmented ? "code" : "State");
        }

        _writer.Line();
    }

    private void EmitDispatch(string code)
    {
        _writer.Open("switch (" + code + ")");
        foreach ((int entry, string label) in _entries.Distinct().OrderBy(entry => entry.Code))
        {
            _writer.Line("case " + Known.Number(entry) + ":");
            _writer.Line("    goto " + label + ";");
        }

        if (_isParallel)
        {
            if (!_plan.IsSegmented)
            {
                _writer.Line("case -2:");
                _writer.Line("    return true;");
            }

            _writer.Line("default:");
            _writer.Line(_plan.IsSegmented ? "    return code;" : "    return false;");
        }

        _writer.Close();
    }

    /// <summary>Takes out labels that nothing jumps to; the compiler would warn of them.</summary>
    private string Prune(string body)
    {
        string[] lines = body.TrimEnd('\n').Split('\n');

        // The outermost braces only served the indentation.
        return string.Join("\n", lines
            .Skip(1)
            .Take(lines.Length - 2)
            .Select(line => line.StartsWith("    ", StringComparison.Ordinal) ? line.Substring(4) : line)
            .Where(line => !IsLabel(line, out string label) || _jumps.Contains(label)));
    }

    private static bool IsLabel(string line, out string label)
    {
        label = line.EndsWith(":", StringComparison.Ordinal) ? line.Substring(0, line.Length - 1) : "";
        return label.Length > 0 && label.All(c => char.IsLetterOrDigit(c) || c == '_');
    }

    private string Jump(string label)
    {
        _jumps.Add(label);
        return "goto " + label + ";";
    }

    private void Entry(int code, string label)
    {
        _jumps.Add(label);
        _entries.Add((code, label));
    }

    private static string StartLabel(PlanStep step) => "Start" + step.Label;

    private static string ResumeLabel(PlanStep step) => "Resume" + step.Label;

    private static string DoneLabel(PlanStep step) => "Done" + step.Label;

    private static string SettledLabel(PlanStep step) => "Settled" + step.Label;

    private static string LeftLabel(PlanStep step) => "Left" + step.Label;
}
