using FlowGen.Generator.Model;

namespace FlowGen.Generator.Emission;

/// <summary>
/// Nodes of long plans that are nothing but a call to await. What they have in common stands in the frame's base class, so that what is left for each is a few dozen
/// bytes of machine code: in a workflow of thousands of nodes, fetching their code is what a run waits for. They stand in line: each falls into the next, and only
/// what is watched, cancelled or scheduled goes by the start of the next.
/// </summary>
internal sealed partial class FrameEmitter
{
    private (int Segment, List<string> Types)? _pendingTypes;

    /// <summary>Nothing has to be decided before it starts, and nothing follows from its completion but that others may start.</summary>
    private bool IsInLine(PlanStep step) =>
        _plan.IsSegmented
        && step is
        {
            Kind: StepKind.Node,
            Call: { Kind: not CallKind.Wait, Shape: ReturnShape.ValueTaskOfT or ReturnShape.TaskOfT },
            Value: >= 0,
            MaySuspend: true,
            OnPool: false,
            Handled: false,
            HasFlag: false,
            IsEarly: false,
            Acts: false,
            Each: null,
            Policy: null,
            Race: null,
            Rule: null,
            Choice: null,
        }
        && step.Guard.Count == 0
        && step.Any.Count == 0
        && !_plan.Graph.Nodes[step.GraphNode].Repeats
        && !ContestsOf(step).Any();

    private void EmitInLine(PlanStep step)
    {
        string index = Known.Number(step.Index);
        string awaiter = AwaiterOf(step);
        string value = _printer.Value(step.Value);
        string pending = PendingOf(step);
        string call = CallOf(step);
        bool followsOne = step.Index > 0 && IsHere(step.Index - 1) && IsInLine(_plan.Steps[step.Index - 1]);
        bool isFollowedByOne = IsHere(step.Index + 1) && IsInLine(_plan.Steps[step.Index + 1]);
        if (!followsOne)
        {
            _body.Label(StartLabel(step));
            _body.Line("code = Begin(" + index + ");");
            EmitTurn();
        }

        _body.Label(RunLabel(step));
        _body.Line(pending + " = " + (IsTask(step.Call!) ? "new " + Known.ValueTask(AwaitedType(step)) + "(" + call + ")" : call) + ";");
        _body.Line("code = Await(" + pending + ", ref " + awaiter + ", ref " + value + ");");
        EmitTurn();
        _body.Label(DoneLabel(step));

        // A serial run turns to the start of the next step by its code.
        _entered.Add(step.Index + 1);
        Entry(_isParallel ? (2 * step.Index) + 1 : (3 * step.Index) + 1, ResumeLabel(step));
        _stubs.Add(() =>
        {
            if (followsOne)
            {
                _body.Line();
                _body.Label(StartLabel(step));
                _body.Line("code = Begin(" + index + ");");
                EmitTurn();
                _body.Line(Jump(RunLabel(step)));
            }

            _body.Line();
            _body.Label(ResumeLabel(step));
            if (_isParallel)
            {
                // The result was taken by the thread that completed the step.
                _body.Line("code = Resumed(" + index + ");");
                _body.Line(Jump("Dispatch"));
                return;
            }

            _body.Line("code = Resumed(" + index + ", ref " + awaiter + ", ref " + value + ");");
            EmitTurn();
            _body.Line(Jump(isFollowedByOne ? RunLabel(_plan.Steps[step.Index + 1]) : DoneLabel(step)));
        });
        if (_isParallel)
        {
            _taken.Add((step, value));
        }
    }

    /// <summary>Leaves the line where the code says so.</summary>
    private void EmitTurn()
    {
        _body.Open("if (code != InLine)");
        _body.Line(_isParallel ? Jump("Dispatch") : "return code;");
        _body.Close();
        _body.Line();
    }

    /// <summary>The local that holds the task of a step in line. Steps of one type share it: with one each, a method would begin by clearing them all.</summary>
    private string PendingOf(PlanStep step) => "__pending" + Known.Number(PendingTypes().IndexOf(AwaitedType(step)!) + 1);

    private List<string> PendingTypes()
    {
        if (_pendingTypes is not { } known || known.Segment != _segment)
        {
            List<string> types = [.. StepsOf(_segment).Where(IsInLine).Select(step => AwaitedType(step)!).Distinct(StringComparer.Ordinal)];
            _pendingTypes = known = (_segment, types);
        }

        return known.Types;
    }

    private void EmitPending()
    {
        if (!_plan.IsSegmented)
        {
            return;
        }

        int number = 0;
        foreach (string type in PendingTypes())
        {
            _writer.Line(Known.ValueTask(type) + " __pending" + Known.Number(++number) + ";");
        }
    }

    private static string RunLabel(PlanStep step) => "Run" + step.Label;
}
