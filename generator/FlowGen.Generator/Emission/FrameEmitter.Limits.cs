namespace FlowGen.Generator.Emission;

/// <summary>What a run has from its start: the objects of the workflow's own activation, and limits.</summary>
internal sealed partial class FrameEmitter
{
    private void EmitActivation()
    {
        if (!_plan.Scopes[0].HasInstances)
        {
            return;
        }

        string scope = "frame." + _printer.ScopeField(0);
        _writer.Line(scope + " = __Scope.Rent(workflow);");
        _writer.Open("if (frame.Observer is not null)");
        _writer.Line(scope + ".Attribute(frame, 0);");
        _writer.Close();
        _writer.Line();
    }

    /// <summary>A limit that is read from a member may turn out to be none; then nothing of the run has begun.</summary>
    private void EmitLimit(params string[] refusal)
    {
        if (_plan.Bound.MaxParallelism > 0)
        {
            _writer.Line("frame.LimitTo(" + Known.Number(_plan.Bound.MaxParallelism) + ");");
        }

        if (_plan.TimeLimit is { } limit)
        {
            if (limit.Check is not { } check)
            {
                _writer.Line("frame.LimitTime(global::System.TimeSpan.FromMilliseconds(" + Known.Number(limit.Milliseconds) + "));");
                return;
            }

            ValuePrinter printer = new(_plan, isStraight: false, "frame.", _ => "token") { OwnToken = "token" };
            _writer.Open("try");
            _writer.Line("frame.LimitTime(" + CallText(check, printer, -1) + ");");
            _writer.Close();
            _writer.Open("catch (global::System.Exception error)");
            foreach (string statement in refusal)
            {
                _writer.Line(statement);
            }

            _writer.Close();
            _writer.Line();
        }
    }
}
