using FlowGen.Generator.Model;

namespace FlowGen.Generator.Lowering;

/// <summary>Which objects an activation of a workflow owns.</summary>
internal static class Instances
{
    /// <summary>Nodes whose instance lives as long as the activation.</summary>
    public static IEnumerable<BoundNode> ClassNodes(BoundWorkflow workflow) =>
        workflow.Nodes.Where(node => node.ClassTarget is not null && node.Each is null);

    /// <summary>State classes with one object per activation, taken outside of [Each].</summary>
    public static IEnumerable<StateClass> States(BoundWorkflow workflow) =>
        workflow.States.Where(state => !state.IsRunScoped && workflow.Nodes.Any(node => node.Each is null && Takes(node, state)));

    public static bool Any(BoundWorkflow workflow) => ClassNodes(workflow).Any() || States(workflow).Any();

    /// <summary>Whether an instance is given what the workflow object was given, and so belongs to it.</summary>
    public static bool HoldMembers(BoundWorkflow workflow) => ClassNodes(workflow).Any(node => node.ClassTarget!.ConstructorMembers.Count > 0);

    public static bool AreAsync(BoundWorkflow workflow) =>
        ClassNodes(workflow).Any(node => node.ClassTarget!.Cleanup == CleanupKind.Async)
        || States(workflow).Any(state => state.Cleanup == CleanupKind.Async);

    /// <summary>What one element in flight of an [Each] node owns; null for nothing.</summary>
    public static ElementScope? OfElement(BoundWorkflow workflow, BoundNode node)
    {
        StateClass[] states = workflow.States.Where(state => !state.IsRunScoped && Takes(node, state)).ToArray();
        if (node.ClassTarget is null && states.Length == 0)
        {
            return null;
        }

        bool isAsync = node.ClassTarget?.Cleanup == CleanupKind.Async || states.Any(state => state.Cleanup == CleanupKind.Async);
        return new ElementScope(node.Name, node.ClassTarget, states.ToEquatableArray(), isAsync);
    }

    public static bool Takes(BoundNode node, StateClass state) =>
        node.Arguments.Any(argument => argument.Kind == ArgumentKind.State && argument.Type.Key == state.Type.Key)
        || (node.ClassTarget?.Parameters.Any(parameter => parameter.Kind == ArgumentKind.State && parameter.Type.Key == state.Type.Key) ?? false);

    public static bool IsRunScoped(BoundWorkflow workflow, TypeRef type) =>
        workflow.States.Any(state => state.IsRunScoped && state.Type.Key == type.Key);
}
