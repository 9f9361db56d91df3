using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Linking.Drafts;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking.Checks;

/// <summary>[Wait]: what it asks and is answered (FG9001, FG9008).</summary>
internal static class OutsideCheck
{
    public static void Run(WorkflowDraft draft)
    {
        foreach (NodeDraft node in draft.Nodes)
        {
            if (node.Model.Target?.Wait is { } request)
            {
                ReadWait(draft, node, request);
            }
            else if (node.Model.Target?.Choice is { } choice)
            {
                ChoiceCheck.Run(draft, node, choice);
            }
        }
    }

    private static void ReadWait(WorkflowDraft draft, NodeDraft node, WaitModel request)
    {
        if (node.Model.Shape is not (ReturnShape.TaskOfT or ReturnShape.ValueTaskOfT))
        {
            draft.Issues.Add(Rule.WaitResult, node.Spot.AtReturnType(), node.Name);
        }

        node.Wait = Read(draft.Types, node.Model, node.KindAttribute, request);
        if (node.Wait.KeyArgument < 0 && node.KindAttribute.Find("Key") is { } named)
        {
            draft.Issues.Add(Rule.WaitKey, node.Spot.AtNamed(node.KindAttribute, "Key"), node.Name, $"'{named.Text}' is no parameter of it that the outside could tell it by");
        }
    }

    /// <summary>A <c>Key</c> that names no parameter is none.</summary>
    public static BoundWait Read(TypeTable types, MethodModel method, AttributeModel wait, WaitModel request)
    {
        string? key = wait.Find("Key")?.Text;
        int keyed = method.Parameters.ToList().FindIndex(p => p.Role == ParameterRole.Data && p.Name == key);
        EquatableArray<Confine> told = keyed >= 0 ? types[method.Parameters[keyed].Type].Confines : EquatableArray<Confine>.Empty;
        EquatableArray<Confine> answered = method.Result is { } response ? types[response].Confines : EquatableArray<Confine>.Empty;
        return new BoundWait(
            wait.Flag("Transient", otherwise: false),
            keyed,
            request.Request,
            request.Parameters)
        {
            Confines = types[request.Request].Confines.Concat(answered).Concat(told).Distinct().ToEquatableArray(),
        };
    }
}
