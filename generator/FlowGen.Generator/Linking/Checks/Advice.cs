using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Linking.Binding;
using FlowGen.Generator.Linking.Drafts;
using FlowGen.Generator.Linking.Logic;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking.Checks;

/// <summary>Warnings and information about a workflow without errors: what it declares and does not use, or uses in a doubtful way.</summary>
internal sealed class Advice(WorkflowDraft draft, PresenceModel presence, DraftGraph graph)
{
    public void Run()
    {
        CheckClass();
        HashSet<NodeDraft> used = FindUsed();
        foreach (NodeDraft node in draft.Nodes)
        {
            CheckStart(node);
            CheckUse(node, used);
            CheckRedundantOrder(node);
            CheckTarget(node);
        }

        CheckInputs();
        CheckNullable();
        CheckStates();
        CheckServices();
        new ConditionAdvice(draft, presence).Run();
        LiteralAdvice.Run(draft);
    }

    private void CheckClass()
    {
        foreach (string field in draft.Model.MutableFields)
        {
            draft.Issues.Add(Rule.SharedField, draft.Model.Spot with { Member = field }, field, draft.Name);
        }

        if (draft.Nodes.Count == 0)
        {
            draft.Issues.Add(Rule.NoNodes, draft.Model.Spot, draft.Name);
        }
    }

    /// <summary>FG2008: nothing holds it back.</summary>
    private void CheckStart(NodeDraft node)
    {
        bool isHeld = node.After.Count > 0 || node.Needs.Count > 0 || node.NeedsAny.Count > 0 || node.Conditions.Count > 0
            || node.Parameters.Any(p => p.Model.Role is ParameterRole.Data or ParameterRole.FlowContext or ParameterRole.State);
        if (!isHeld)
        {
            draft.Issues.AddMild(Rule.StartsWithRun, node.Spot, node.Model.Value is not null, node.Name);
        }
    }

    /// <summary>FG2009: nobody takes its value or as much as names it.</summary>
    private void CheckUse(NodeDraft node, HashSet<NodeDraft> used)
    {
        if (node.Model.Value is { } value && !used.Contains(node))
        {
            draft.Issues.Add(Rule.ResultUnused, node.Spot, value.Display, node.Name);
        }
    }

    private HashSet<NodeDraft> FindUsed()
    {
        HashSet<NodeDraft> used = [.. draft.Result.Select(s => s.Producer).OfType<NodeDraft>()];
        foreach (NodeDraft user in draft.Nodes)
        {
            used.UnionWith(user.After.Concat(user.Needs).Concat(user.NeedsAny.SelectMany(g => g)).Select(r => r.Node));
            used.UnionWith(user.Conditions.Select(c => c.Node).OfType<NodeDraft>());
            used.UnionWith(user.Parameters.Concat(user.Conditions.SelectMany(c => c.Predicate?.Parameters ?? []))
                .SelectMany(p => p.Sources).Select(s => s.Producer).OfType<NodeDraft>());
        }

        return used;
    }

    /// <summary>FG4003: a parameter orders them already, unless the attribute is what chose its source.</summary>
    private void CheckRedundantOrder(NodeDraft node)
    {
        foreach (Reference reference in node.After.Concat(node.Needs))
        {
            bool isNeed = reference.Reason == "[Needs]";
            ParameterDraft? parameter = node.Parameters.FirstOrDefault(p => !p.IsDecidedByOrder
                && (p.IsRequired || !isNeed)
                && p.Sources.Any(s => s.Producer == reference.Node)
                && (p.Sources.Count == 1 || !isNeed));
            if (parameter is not null)
            {
                draft.Issues.Add(Rule.RedundantOrder, reference.Spot, node.Name, reference.Node.Name, parameter.Model.Name);
            }
        }
    }

    private void CheckTarget(NodeDraft node)
    {
        if (node.Model.Target?.Child is { IsEnabled: false } child)
        {
            draft.Issues.Add(Rule.ChildDisabled, node.Spot.At(node.KindAttribute), child.Display, node.Name);
        }

        if (node.Kind == NodeKind.Method)
        {
            return;
        }

        foreach (ParameterDraft parameter in node.Parameters)
        {
            if (parameter.Model.Role is ParameterRole.CancellationToken or ParameterRole.FlowContext)
            {
                draft.Issues.Add(Rule.SuppliedAutomatically, parameter.Spot, parameter.Model.Name);
            }
        }
    }

    private void CheckInputs()
    {
        HashSet<int> used = [.. draft.Consumers
            .SelectMany(c => c.Parameters)
            .SelectMany(p => p.Sources)
            .Where(s => s.Kind == SourceKind.Input)
            .Select(s => s.Index)];
        for (int i = 0; i < draft.Entry.Inputs.Count; i++)
        {
            if (!used.Contains(i))
            {
                Spot spot = draft.EntryModel.Spot.InParameter(ParameterBinder.InputParameter(draft, i));
                draft.Issues.Add(Rule.InputUnused, spot, draft.Entry.Inputs[i].Name, draft.Name);
            }
        }
    }

    /// <summary>FG3010: an optional parameter whose value is always there. <c>Outcome</c> asks for more than presence.</summary>
    private void CheckNullable()
    {
        foreach (ParameterDraft parameter in draft.Consumers.SelectMany(c => c.Parameters))
        {
            if (parameter is { IsRequired: false, Decision: Decision.Bound }
                && parameter.Model.Strength != Strength.Outcome
                && parameter.Sources.All(s => !s.MayBeNull)
                && presence.AnyOf(parameter.Sources).IsAlways)
            {
                string names = string.Join(" or ", parameter.Sources.Select(s => $"'{s.Display}'"));
                string reason = parameter.Sources[0].Producer is null ? $"input {names} is never null" : $"{names} always runs and never returns null";
                draft.Issues.Add(Rule.NeedlesslyNullable, parameter.Spot, parameter.Model.Name, parameter.Owner.Name, reason);
            }
        }
    }

    /// <summary>FG8001: two nodes that may overlap and share a [State] object.</summary>
    private void CheckStates()
    {
        if (draft.Model.Workflow.Number("MaxParallelism", 0) == 1)
        {
            return;
        }

        List<(NodeDraft Node, Spot Spot, StateClass Class)> uses = [.. draft.Nodes.SelectMany(StatesOf)];
        if (uses.Count < 2)
        {
            return;
        }

        Func<NodeDraft, NodeDraft, bool> follows = graph.OrderOf([.. uses.Select(u => u.Node)]);
        for (int second = 1; second < uses.Count; second++)
        {
            for (int first = 0; first < second; first++)
            {
                if (uses[first].Class.Type.Key == uses[second].Class.Type.Key && MayOverlap(uses[first].Node, uses[second].Node, follows))
                {
                    draft.Issues.Add(
                        Rule.StateRace,
                        uses[second].Spot,
                        [uses[first].Spot],
                        uses[first].Node.Name, uses[second].Node.Name, uses[first].Class.Type.Display);
                    break;
                }
            }
        }
    }

    private static IEnumerable<(NodeDraft Node, Spot Spot, StateClass Class)> StatesOf(NodeDraft node)
        => node.Parameters.Select(p => (p.Model, p.Spot))
            .Concat((node.Model.Target?.Class?.Parameters ?? EquatableArray<ParameterModel>.Empty).Select(p => (Model: p, node.Spot)))
            .Where(p => p.Model.State is not null)
            .Select(p => (node, p.Spot, p.Model.State!.Class));

    private bool MayOverlap(NodeDraft a, NodeDraft b, Func<NodeDraft, NodeDraft, bool> follows)
        => a != b && !follows(a, b) && !follows(b, a) && !presence.Algebra.Excludes(presence.Start(a), presence.Start(b));

    private void CheckServices()
    {
        if (draft.Entry.OptionsParameter is not null)
        {
            return;
        }

        ParameterDraft? service = draft.Nodes.SelectMany(n => n.Parameters).FirstOrDefault(p => p.Model.Role == ParameterRole.Service);
        if (service?.Model.Find(FlowAttribute.Service) is { } attribute)
        {
            draft.Issues.Add(Rule.NoRunOptions, service.Spot.At(attribute), draft.Name);
        }
    }
}
