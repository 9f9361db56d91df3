using FlowGen.Generator.Model;

namespace FlowGen.Generator.Lowering;

/// <summary>What watches over calls, and loops around them.</summary>
internal sealed partial class PlanBuilder
{
    private void AddPolicies(StepDraft step, BoundNode node, ScopeDraft scope)
    {
        BoundPolicies policies = node.Policies;
        int delay = policies.Repeat?.DelayMs ?? 0;
        if (!policies.IsGuarded && delay == 0)
        {
            return;
        }

        step.Policy = PolicyOf(node, scope, delay);
    }

    private PlanPolicy PolicyOf(BoundNode node, ScopeDraft scope, int delay = 0)
    {
        BoundPolicies policies = node.Policies;
        bool takesToken = node.Kind is not NodeKind.Method
            || node.Arguments.Any(argument => argument.Kind == ArgumentKind.CancellationToken);
        if (node.ClassTarget is { } target)
        {
            takesToken = target.Parameters.Any(parameter => parameter.Kind == ArgumentKind.CancellationToken)
                || node.Arguments.Any(argument => argument.Kind == ArgumentKind.CancellationToken);
        }

        return new PlanPolicy(
            policies.Retries.Select(retry => new PlanRetry(
                retry.Exception?.Name, retry.Retries, retry.DelayMs, retry.MaxDelayMs, retry.Backoff, retry.Jitter, CheckOf(retry.Check, scope))).ToEquatableArray(),
            LimitOf(policies.Attempt, scope),
            LimitOf(policies.Total, scope),
            policies.Sections.Select(section => section.Name).ToEquatableArray(),
            policies.MaxConcurrent,
            delay,
            takesToken,
            IsSynchronous: node.ChildTarget is null && node.Dynamic is null && !IsAsync(node),
            scope.Index,
            node.Name);
    }

    private PlanLimit? LimitOf(BoundTimeout? timeout, ScopeDraft scope) =>
        timeout is null ? null : new PlanLimit(timeout.Milliseconds, CheckOf(timeout.Check, scope));

    private PlanCall? CheckOf(int check, ScopeDraft scope, int latest = -1) =>
        check < 0 ? null : PredicateCall(scope, scope.Workflow.Checks[check], latest);

    /// <summary>A loop, once the step's own value is there.</summary>
    private void AddRepeat(StepDraft step, BoundNode node, ScopeDraft scope)
    {
        if (node.Policies.Repeat is not { } repeat)
        {
            return;
        }

        int carry = -1;
        PlanArgument? initial = null;
        if (repeat.CarryArgument >= 0)
        {
            BoundArgument argument = node.Arguments[repeat.CarryArgument];
            initial = Argument("", argument.Kind, argument.Value, argument.Type, scope);
            ValueDraft value = AddValue(ValueName(step) + "Carry", argument.Type, step.Index);
            carry = value.Index;
        }

        step.Repeat = new PlanRepeat(carry, initial, CheckOf(repeat.Check, scope, step.Value)!, repeat.IsWhile, repeat.MaxIterations, repeat.FailsAtLimit);
    }
}
