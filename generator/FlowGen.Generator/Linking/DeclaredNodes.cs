using FlowGen.Generator.Linking.Checks;
using FlowGen.Generator.Linking.Drafts;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking;

/// <summary>Reads what the declarations of nodes tell about NodeId and the handle: as much as there is, whatever else is wrong with them.</summary>
internal static class DeclaredNodes
{
    public static EquatableArray<DeclaredNode> Of(WorkflowModel model, TypeTable types)
        => model.Methods
            .Where(m => m.Attributes.Any(a => a.IsNodeKind))
            .GroupBy(m => m.NodeName, StringComparer.Ordinal)
            .Select(g => Read(g.First(), types))
            .ToEquatableArray();

    private static DeclaredNode Read(MethodModel method, TypeTable types)
        => new(
            method.NodeName,
            method.Parameters.Any(p => p.Find(FlowAttribute.Each) is not null),
            Wait(method, types),
            Streams(method, types));

    /// <summary>A handler of the workflow runs when its streams have ended.</summary>
    private static EquatableArray<BoundStream> Streams(MethodModel method, TypeTable types)
        => method.IsGeneric || NodeCheck.RoleOf(method) == NodeRole.WorkflowHandler
            ? EquatableArray<BoundStream>.Empty
            : StreamCheck.Find([method], types).ToEquatableArray();

    private static DeclaredWait? Wait(MethodModel method, TypeTable types)
    {
        if (method is not { IsGeneric: false, Result: { } response, Target.Wait: { CanSignal: true } request } || method.Find(FlowAttribute.Wait) is not { } attribute)
        {
            return null;
        }

        BoundWait wait = OutsideCheck.Read(types, method, attribute, request);
        return wait.KeyArgument >= 0 ? new DeclaredWait(wait, response, method.Parameters[wait.KeyArgument].Type)
            : attribute.Find("Key") is null ? new DeclaredWait(wait, response, Key: null)
            : null;
    }
}
