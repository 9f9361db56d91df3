using FlowGen.Generator.Linking.Drafts;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking.Binding;

/// <summary>
/// The condition of a [Repeat] sees the value of the iteration that has just ended, before any other value (language.md B11): a parameter of its type, or
/// of a type that says nothing, one that is called like the node or like its [Carry] parameter.
/// </summary>
internal static class LatestValue
{
    public static void Bind(WorkflowDraft draft)
    {
        foreach (NodeDraft node in draft.Nodes)
        {
            if (node is not { Policies.Repeat: { } repeat, Model.Value: not null })
            {
                continue;
            }

            foreach (ParameterDraft parameter in repeat.Check.Parameters.Where(p => p.IsData))
            {
                if (Find(draft, node, repeat, parameter) is { } value)
                {
                    parameter.BindLatest(value);
                }
            }
        }
    }

    /// <summary>The latest value, if nothing but its name keeps it from being bound.</summary>
    public static ScopeValue? WouldFit(WorkflowDraft draft, ParameterDraft parameter)
        => parameter.Owner is CheckDraft { Self: { Model.Value: not null, Policies.Repeat: { } repeat } node } && repeat.Check == parameter.Owner
            ? Scope.All(draft, node).FirstOrDefault(v => draft.Types.Converts(v.Type, parameter.Model.Need))
            : null;

    private static ScopeValue? Find(WorkflowDraft draft, NodeDraft node, RepeatDraft repeat, ParameterDraft parameter)
    {
        TypeRef need = parameter.Model.Need;
        if (parameter.Model.Find(FlowAttribute.Input) is not null || parameter.Model.Find(FlowAttribute.FromFirst) is not null)
        {
            return null;
        }

        if (parameter.Model.Find(FlowAttribute.From) is { } from)
        {
            bool isOwn = from.Arguments is [{ Text: { } name }] && from.Text("Member") is null && NodeName.Of(name) == node.Name;
            return isOwn && draft.Types.Converts(node.Model.Value!, need) ? Scope.Of(node) : null;
        }

        List<ScopeValue> fitting = [.. Scope.All(draft, node).Where(v => draft.Types.Converts(v.Type, need))];
        if (draft.Types[need].SaysNothing)
        {
            fitting = fitting.FindAll(v => IsCalled(v.Name) || (v.Access.Length == 0 && repeat.Carry is { } carry && IsCalled(carry.Model.Name)));
        }

        return fitting is [var only] ? only : null;

        bool IsCalled(string name) => string.Equals(name, parameter.Model.Name, StringComparison.OrdinalIgnoreCase);
    }
}
