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
            if (node.IdAttribute is { Kind: not FlowAttribute.Catch } && node.Model.Find(FlowAttribute.Catch) is { } handler && handler.Find("Id") is not null)
            {
                Report(draft, node.Spot.AtNamed(handler, "Id"), "a second Id", "handler", node.Name);
            }
        }

        foreach (Consumer member in draft.Predicates.Concat<Consumer>(draft.Checks))
        {
            CheckSources(draft, member);
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
    private static void CheckSources(WorkflowDraft draft, Consumer consumer)
    {
        foreach (ParameterDraft parameter in consumer.Parameters)
        {
            List<AttributeModel> sources = [.. parameter.Model.Attributes.Where(SaysSource)];
            if (parameter.Model.Role == ParameterRole.Service)
            {
                sources.InsertRange(0, parameter.Model.Attributes.Where(a => a.Kind == FlowAttribute.Service));
            }

            // What the run gives has no other source.
            foreach (AttributeModel another in sources.Skip(parameter.Model.Role is ParameterRole.Data or ParameterRole.Service ? 1 : 0))
            {
                string beside = another == sources[0] ? "" : " beside " + Written(sources[0]);
                Report(draft, parameter.Spot.At(another), Written(another) + beside, "parameter", parameter.Model.Name);
            }
        }
    }

    private static bool SaysSource(AttributeModel attribute)
        => attribute.Kind is FlowAttribute.From or FlowAttribute.FromFirst or FlowAttribute.Input || (attribute.Kind == FlowAttribute.Each && attribute.Arguments.Count > 0);

    private static string Written(AttributeModel attribute) => $"[{attribute.Written}]";

    private static void Report(WorkflowDraft draft, Spot spot, string attribute, string what, string name)
        => draft.Issues.Add(Rule.MeansNothing, spot, attribute, what, name);
}
