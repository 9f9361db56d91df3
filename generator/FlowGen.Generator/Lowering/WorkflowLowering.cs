using FlowGen.Generator.Model;

namespace FlowGen.Generator.Lowering;

/// <summary>Turns a linked workflow into an execution plan. A pure function on plain records.</summary>
internal static class WorkflowLowering
{
    public static ExecutionPlan Lower(LinkedWorkflow linked, CancellationToken cancellationToken, int maxWeight = Segments.MaxWeight)
    {
        var builder = new PlanBuilder(linked);
        builder.Build();
        FlagUse.Prune(builder);
        cancellationToken.ThrowIfCancellationRequested();
        PlanForm form = FormChooser.Choose(builder);
        PlanRegion[] regions = Regions(builder, form);
        int segmentLength = Segments.LengthFor(builder.Steps, maxWeight);
        StraightParts? parts = form == PlanForm.Straight && builder.Steps.Count > segmentLength ? StraightParts.Of(builder, segmentLength) : null;
        ValuePlacement.Place(builder, form, segmentLength, parts);
        cancellationToken.ThrowIfCancellationRequested();
        return new ExecutionPlan(
            linked.Root,
            linked.IsReached,
            builder.HasRunStates,
            form,
            builder.Scopes.Select(scope => ScopeOf(scope, builder)).ToEquatableArray(),
            builder.Steps.Select(step => step.ToStep()).ToEquatableArray(),
            builder.Values.Select(value => value.ToValue()).ToEquatableArray(),
            Edges(builder).ToEquatableArray(),
            regions.ToEquatableArray(),
            segmentLength,
            (parts?.Ranges ?? []).ToEquatableArray(),
            builder.Undos.ToEquatableArray(),
            builder.Handlers.ToEquatableArray(),
            builder.Streams,
            builder.TimeLimit,
            builder.Graph);
    }

    private static PlanScope ScopeOf(ScopeDraft scope, PlanBuilder builder)
    {
        WorkflowSurface surface = scope.Workflow.Surface;
        return new PlanScope(
            scope.Index,
            scope.Parent,
            scope.Name,
            surface.Key,
            surface.FullName,
            scope.Receiver,
            scope.Shared,
            scope.GraphNode,
            builder.DescendantsOf(scope),
            scope.Enter,
            scope.Exit,
            Instances.Any(scope.Workflow),
            !Instances.HoldMembers(scope.Workflow),
            Instances.AreAsync(scope.Workflow),
            scope.Cleanup,
            scope.Region,
            scope.ConvertsFailure,
            scope.Workflow.MaxParallelism,
            surface.Enabled ? null : surface.Id);
    }

    /// <summary>In a parallel run, a sub-workflow whose failure is handled fails alone, and a step that may be withdrawn ends alone: they need tokens of their own.</summary>
    private static PlanRegion[] Regions(PlanBuilder builder, PlanForm form)
    {
        var regions = new List<PlanRegion> { new(0, 0, 0) };
        foreach (ScopeDraft scope in builder.Scopes)
        {
            int outer = scope.Parent < 0 ? 0 : builder.Scopes[scope.Parent].Region;
            if (form == PlanForm.Parallel && scope.IsHandled)
            {
                scope.Region = regions.Count;
                regions.Add(new PlanRegion(regions.Count, scope.Enter, outer));
            }
            else
            {
                scope.Region = outer;
            }
        }

        foreach (StepDraft step in builder.Steps.Where(step => step.IsWithdrawable))
        {
            step.Region = regions.Count;
            regions.Add(new PlanRegion(regions.Count, step.Index, builder.Scopes[step.Scope].Region));
        }

        return regions.ToArray();
    }

    private static IEnumerable<PlanEdge> Edges(PlanBuilder builder)
    {
        foreach (StepDraft step in builder.Steps)
        {
            foreach (KeyValuePair<int, WaitKind> wait in step.Waits.OrderBy(wait => wait.Key))
            {
                yield return new PlanEdge(wait.Key, step.Index, (int)wait.Value);
            }
        }
    }
}
