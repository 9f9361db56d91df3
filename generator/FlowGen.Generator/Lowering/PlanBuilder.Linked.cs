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
        step.Child = ChildOf(scope, node);
        SetHandling(step, node, index, observation);

        // As the child returns it; whoever takes it as the node declares it converts it.
        step.Value = step.Child.Result is { } result ? AddValue(ValueName(step), result, step.Index).Index : -1;
        scope.Locals!.Set(index, step.Index, step.Value);
    }

    private PlanChild ChildOf(ScopeDraft scope, BoundNode node)
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
            target.Inputs.Select((input, i) => TargetArgument(scope, node, input, "") with { DefaultText = entry.Inputs[i].DefaultText }).ToEquatableArray(),
            target.Cleanup,
            entry.FullResult,
            entry.ResultStrength == Strength.Outcome);
    }
}
