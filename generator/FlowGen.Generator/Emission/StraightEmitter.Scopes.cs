using FlowGen.Generator.Model;

namespace FlowGen.Generator.Emission;

/// <summary>Activations of sub-workflows: a block, and what it rents.</summary>
internal sealed partial class StraightEmitter
{
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

        _progress?.EmitBegin(enter);
        EmitCheck(enter);
        if (scope.Disabled is { } id)
        {
            _writer.Line(Known.Services + "FlowEntry.ThrowDisabled(" + Known.Literal(id) + ", " + Known.Literal(_plan.Graph.Nodes[scope.GraphNode].Path) + ");");
        }

        foreach (PlanAssignment assignment in enter.Assignments)
        {
            _writer.Line(Declared(assignment.Value) + " = " + _printer.Argument(assignment.Argument, enter.GraphNode) + ";");
            _progress?.EmitValue(assignment.Value);
        }

        if (scope.HasInstances)
        {
            EmitRent(scope);
            _writer.Open("try");
        }

        EmitRange(enter.Index + 1, exit.Index - 1);
        _progress?.EmitBegin(exit);
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
            _progress?.EmitEnd(exit);
            CloseWrapped(enter, exit);
        }
        else
        {
            _progress?.EmitEnd(exit);
            _writer.Line();
        }
    }

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
