using FlowGen.Generator.Linking.Drafts;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking.Binding;

/// <summary>The values of a workflow: its inputs, the results of its nodes and the elements of tuple results (language.md 4).</summary>
internal static class Scope
{
    public static void Fill(WorkflowDraft draft)
    {
        EquatableArray<InputDeclaration> inputs = draft.Entry.Inputs;
        for (int i = 0; i < inputs.Count; i++)
        {
            InputDeclaration input = inputs[i];
            draft.Values.Add(new ScopeValue(SourceKind.Input, i, input.Name, input.Name, "", input.Type, input.Type.IsNullable, Producer: null));
        }

        foreach (NodeDraft node in draft.Nodes)
        {
            if (node.Model.Value is null)
            {
                continue;
            }

            ScopeValue value = Of(node);
            draft.Values.Add(value);
            foreach (TupleElement element in draft.Types[node.Model.Value].TupleElements)
            {
                draft.Values.Add(value with
                {
                    Name = element.Name,
                    Display = node.Name + "." + element.Name,
                    Access = element.Access,
                    Type = element.Type,
                    MayBeNull = value.MayBeNull || element.Type.IsNullable,
                });
            }
        }
    }

    /// <summary>The value of <paramref name="node"/>, which has one.</summary>
    public static ScopeValue Of(NodeDraft node)
        => new(SourceKind.Node, node.Index, node.Name, node.Name, "", node.Model.Value!, node.Model.Value!.IsNullable, node);
}
