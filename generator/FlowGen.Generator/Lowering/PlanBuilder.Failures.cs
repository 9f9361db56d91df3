using FlowGen.Generator.Model;

namespace FlowGen.Generator.Lowering;

/// <summary>Handlers of nodes and of the workflow, and compensations.</summary>
internal sealed partial class PlanBuilder
{
    /// <summary>A caught node fails for good with what none of its handlers fits.</summary>
    private static void AddPatterns(StepDraft step, ScopeDraft scope, int index, Observation observation)
    {
        if (!scope.Handlers.Has(index) || observation.IsObservedForCertain(index) || observation.ObserversOf(index).Any(observer => !scope.Handlers.Of(index).Contains(observer)))
        {
            return;
        }

        foreach (BoundCatch handler in scope.Handlers.Of(index).Select(h => scope.Workflow.Nodes[h].Catch!))
        {
            if (handler.Exception is null)
            {
                step.Patterns.Clear();
                return;
            }

            step.Patterns.Add(new PlanFailure(step.Index, handler.Exception.Name, EquatableArray<string>.Empty));
        }
    }

    /// <summary>What a handler handles, in steps.</summary>
    private static EquatableArray<PlanFailure> FailuresOf(BoundCatch handler, ScopeDraft scope) => handler.Nodes
        .Select(caught => new PlanFailure(
            scope.Locals!.StepOf(caught.Node),
            handler.Exception?.Name,
            caught.Nearer.Select(type => type.Name).ToEquatableArray()))
        .ToEquatableArray();

    /// <summary>Some handler runs whenever the failure is one that is handled at all.</summary>
    private bool IsCaughtForCertain(StepDraft judged, List<int> observers)
    {
        List<StepDraft> handlers = observers.ConvertAll(GuardStep).FindAll(step => step.Guard.Exists(term => term.Failures.Any(failure => failure.Step == judged.Index)));
        return handlers.Count > 0 && handlers.TrueForAll(handler => handler.Guard.Count == 1) && handlers.Count == observers.Count;
    }

    private void AddUndos(ScopeDraft scope, int[] graphNodes)
    {
        foreach (BoundCompensation compensation in scope.Workflow.Compensations)
        {
            StepDraft undone = Steps[scope.Locals!.StepOf(compensation.Undoes)];
            undone.IsArmed = true;
            string label = _labels.Unique(Qualify(scope, compensation.Body.Name));
            Undos.Add(new PlanUndo(
                undone.Index,
                label,
                label + " undoes " + Graph.Nodes[graphNodes[compensation.Undoes]].Path,
                CallOf(scope, compensation.Body, repeat: null),
                compensation.Body.Policies.IsGuarded ? PolicyOf(compensation.Body, scope) : null,
                graphNodes[compensation.Undoes]));
        }
    }

    /// <summary>Handlers of the workflow run when everything else is over: they are no steps.</summary>
    private void AddHandlers(ScopeDraft scope)
    {
        int[] graphNodes = GraphNodes(scope);
        foreach (BoundHandler handler in scope.Workflow.Handlers)
        {
            BoundNode node = scope.Workflow.Nodes[handler.Node];
            StepDraft draft = new() { Index = Steps.Count };
            AddGuard(draft, node, scope);
            Handlers.Add(new PlanHandler(
                _labels.Unique(node.Name),
                Describe(graphNodes[handler.Node], node.Presence),
                graphNodes[handler.Node],
                handler.Exception?.Name,
                draft.Guard.ToEquatableArray(),
                CallOf(scope, node, repeat: null),
                node.Policies.IsGuarded ? PolicyOf(node, scope) : null,
                node.Result is not null));
        }
    }
}
