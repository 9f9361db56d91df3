using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Linking.Drafts;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking.Checks;

/// <summary>Attributes and parameters where they mean nothing (FG2018): a handler of the workflow is no step, a compensation is no node.</summary>
internal static class MeaningCheck
{
    private static readonly HashSet<FlowAttribute> s_onCompensation =
        [FlowAttribute.Compensate, FlowAttribute.Retry, FlowAttribute.RetryOf, FlowAttribute.Timeout, FlowAttribute.From, FlowAttribute.Input, FlowAttribute.Service];

    private static readonly HashSet<FlowAttribute> s_onHandler =
        [.. s_onCompensation.Except([FlowAttribute.Compensate]), FlowAttribute.Catch, FlowAttribute.Node];

    public static void Run(WorkflowDraft draft)
    {
        foreach (NodeDraft node in draft.NodesAndCompensations)
        {
            switch (node.Role)
            {
                case NodeRole.Compensation:
                    CheckAllowed(draft, node, s_onCompensation, "compensation");
                    CheckOutput(draft, node, "compensation");
                    break;
                case NodeRole.WorkflowHandler:
                    CheckAllowed(draft, node, s_onHandler, "workflow handler");
                    CheckOutput(draft, node, "workflow handler");
                    break;
                default:
                    CheckKind(draft, node);
                    break;
            }

            CheckSources(draft, node);
        }
    }

    private static void CheckAllowed(WorkflowDraft draft, NodeDraft node, HashSet<FlowAttribute> allowed, string what)
    {
        foreach (AttributeModel attribute in node.Model.Attributes.Where(a => !allowed.Contains(a.Kind)))
        {
            Report(draft, node.Spot.At(attribute), Written(attribute), what, node.Name);
        }

        foreach (ParameterDraft parameter in node.Parameters)
        {
            foreach (AttributeModel attribute in parameter.Model.Attributes.Where(a => !allowed.Contains(a.Kind)))
            {
                Report(draft, parameter.Spot.At(attribute), Written(attribute), what, node.Name);
            }
        }
    }

    /// <summary>Streams have ended by then, and there is no loop.</summary>
    private static void CheckOutput(WorkflowDraft draft, NodeDraft node, string what)
    {
        foreach (ParameterDraft parameter in node.Parameters.Where(p => p.Model.Role is ParameterRole.Emitter or ParameterRole.More))
        {
            Report(draft, parameter.Spot, parameter.Model.Type.Display, what, node.Name);
        }
    }

    /// <summary>What is implemented outside takes data only.</summary>
    private static void CheckKind(WorkflowDraft draft, NodeDraft node)
    {
        if (node.Kind is not (NodeKind.Wait or NodeKind.Dynamic))
        {
            return;
        }

        string what = $"[{node.KindAttribute.Written}]";
        if (node.Kind == NodeKind.Wait && node.Model.Find(FlowAttribute.Repeat) is { } repeat)
        {
            Report(draft, node.Spot.At(repeat), Written(repeat), what, node.Name);
        }

        foreach (ParameterDraft parameter in node.Parameters)
        {
            if (parameter.Model.Role is ParameterRole.State or ParameterRole.Service or ParameterRole.Emitter or ParameterRole.More)
            {
                Report(draft, parameter.Spot, parameter.Model.Type.Display, what, node.Name);
            }
        }
    }

    /// <summary>A value comes from one place.</summary>
    private static void CheckSources(WorkflowDraft draft, NodeDraft node)
    {
        foreach (ParameterDraft parameter in node.Parameters)
        {
            if (parameter.Model.Find(FlowAttribute.From) is not null && parameter.Model.Find(FlowAttribute.FromFirst) is { } race)
            {
                Report(draft, parameter.Spot.At(race), Written(race), "parameter", parameter.Model.Name);
            }
        }
    }

    private static string Written(AttributeModel attribute) => $"[{attribute.Written}]";

    private static void Report(WorkflowDraft draft, Spot spot, string attribute, string what, string name)
        => draft.Issues.Add(Rule.MeansNothing, spot, attribute, what, name);
}
