using FlowGen.Generator.Model;

namespace FlowGen.Generator.Lowering;

/// <summary>Sub-workflows that run in frames of their own: one step each, whatever is in them.</summary>
internal sealed partial class PlanBuilder
{
    private void AddLinked(ScopeDraft scope, int index, int graphNode, Dictionary<int, WaitKind> waits, Observation observation)
    {
        BoundNode node = scope.Workflow.Nodes[index];
        StepDraft step = AddStep(StepKind.Linked, Qualify(scope, node.Name), scope, waits);
        step.GraphNode = graphNode;
        step.Description = Describe(graphNode, node.Presence);
        AddGuard(step, node, scope);
        step.MaySuspend = true;
        SetHandling(step, scope, index, observation);
        AddPolicies(step, node, scope);

        // As the child returns it; whoever takes it as the node declares it converts it.
        TypeRef? returned = node.ChildTarget is { } target ? target.Entry.FullResult : node.Dynamic!.Output;
        step.Value = returned is { } result ? AddValue(ValueName(step), result, step.Index).Index : -1;
        AddRepeat(step, node, scope);
        if (node.Dynamic is { } choice)
        {
            step.Choice = ChoiceOf(scope, node, choice, step.Repeat);
        }
        else
        {
            step.Child = ChildOf(scope, node, step.Repeat);
        }

        scope.Locals!.Set(index, step.Index, step.Value);
        AddJoins(step, scope, node);
    }

    /// <summary>Whether the sub-workflow runs in a frame of its own rather than in its parent's.</summary>
    private bool IsLinked(ScopeDraft scope, int index, Observation observation)
    {
        BoundNode node = scope.Workflow.Nodes[index];
        if (node.ChildTarget is not { Link: ChildLink.None } target)
        {
            return true;
        }

        BoundWorkflow child = _workflows[target.Key];
        bool isHandled = node.BestEffort || observation.IsObserved(index) || scope.Workflow.Compensations.Any(compensation => compensation.Undoes == index);
        return node.Policies.IsGuarded
            || node.Policies.Repeat is not null
            || node.Joins.Ends
            || scope.Withdrawable.Contains(index)
            || ChildNature.NeedsFrame(child)
            || scope.Workflow.Settings.WaitsForSiblings
            || (isHandled && _nature.HasCompensations(child))
            || _nature.IsTooLarge(scope.Workflow, node);
    }

    private PlanChoice ChoiceOf(ScopeDraft scope, BoundNode node, BoundDynamic choice, PlanRepeat? repeat) => new(
        ArgumentOf(scope, node, choice.RefArgument, repeat),
        choice.Input.Annotated,
        choice.Output?.Annotated ?? Emission.Known.Unit,
        choice.InputArguments.Select(argument => ArgumentOf(scope, node, argument, repeat)).ToEquatableArray(),
        choice.IsTuple,
        choice.Candidates,
        choice.MaxDepth,
        choice.AllowsRecursion);

    private PlanChild ChildOf(ScopeDraft scope, BoundNode node, PlanRepeat? repeat)
    {
        ChildTarget target = node.ChildTarget!;
        string? shared = target.Member is null ? scope.Workflow.Surface.FullName + "." + SharedName(node) : null;
        string receiver = target.Member is { } member ? scope.Receiver + "." + FlowNames.Accessor(member.Name) : "";
        if (scope.Shared is not null && shared is null)
        {
            shared = scope.Shared + receiver.Substring(scope.Receiver.Length);
        }

        EntryDeclaration entry = target.Entry;
        return new PlanChild(
            target.FullName,
            receiver,
            shared,
            target.Inputs.Select((input, i) => TargetArgument(scope, node, input, "", repeat) with { DefaultText = entry.Inputs[i].DefaultText }).ToEquatableArray(),
            target.Cleanup,
            entry.FullResult,
            entry.ResultStrength == Strength.Outcome);
    }
}
