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

        // What a handler of the workflow yields is the run's, and after a node that ends the workflow nobody runs.
        foreach (NodeDraft node in draft.Steps.Where(n => n.Model.Value is not null && !n.Joins.Ends))
        {
            draft.Values.AddRange(All(draft, node));
        }
    }

    /// <summary>The value of <paramref name="node"/>, which has one.</summary>
    public static ScopeValue Of(NodeDraft node)
        => new(SourceKind.Node, node.Index, node.Name, node.Name, "", node.Model.Value!, node.Model.Value!.IsNullable, node);

    /// <summary>Its value and the elements of that.</summary>
    public static IEnumerable<ScopeValue> All(WorkflowDraft draft, NodeDraft node)
    {
        ScopeValue value = Of(node);
        return draft.Types[value.Type].TupleElements
            .Select(element => value.Part(node.Name + "." + element.Name, element.Access, element.Type) with { Name = element.Name })
            .Prepend(value);
    }

    /// <summary>What a handler offers in the place of <paramref name="value"/>.</summary>
    public static ScopeValue? OfHandler(WorkflowDraft draft, NodeDraft handler, ScopeValue value)
        => handler.Model.Value is null ? null : All(draft, handler).FirstOrDefault(v => v.Access == value.Access);
}
