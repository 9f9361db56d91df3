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

        int key = -1;
        if (node.KindAttribute.Find("Key") is { } named)
        {
            ParameterDraft? parameter = node.Parameters.FirstOrDefault(p => p.IsData && p.Model.Name == named.Text);
            key = parameter?.Index ?? -1;
            if (parameter is null)
            {
                draft.Issues.Add(Rule.WaitKey, node.Spot.AtNamed(node.KindAttribute, "Key"), node.Name, $"'{named.Text}' is no parameter of it that the outside could tell it by");
            }
        }

        IEnumerable<Confine> answered = node.Model.Result is { } response ? draft.Types[response].Confines : EquatableArray<Confine>.Empty;
        node.Wait = new BoundWait(node.KindAttribute.Flag("Transient", otherwise: false), key, request.Request, request.Parameters)
        {
            Confines = draft.Types[request.Request].Confines.Concat(answered).Distinct().ToEquatableArray(),
        };
    }
}
