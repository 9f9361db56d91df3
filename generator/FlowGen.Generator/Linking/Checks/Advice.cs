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
        foreach (NodeDraft node in draft.Steps)
        {
            CheckStart(node);
            CheckUse(node, used);
            CheckRedundantOrder(node);
            CheckTarget(node);
        }

        CheckInputs();
        CheckNullable();
        CheckServices();
        new StateAdvice(draft, presence, graph).Run();
        new ConditionAdvice(draft, presence).Run();
        new PolicyAdvice(draft, presence).Run();
        LiteralAdvice.Run(draft);
    }

    private void CheckClass()
    {
        foreach (string field in draft.Model.MutableFields)
        {
            draft.Issues.Add(Rule.SharedField, draft.Model.Spot with { Member = field }, field, draft.Name);
        }

        if (!draft.Steps.Any())
        {
            draft.Issues.Add(Rule.NoNodes, draft.Model.Spot, draft.Name);
        }

        if (draft.Entry.TokenParameter is null)
        {
            draft.Issues.Add(Rule.NoToken, draft.EntryModel.Spot, draft.Name);
        }
    }

    /// <summary>FG2008: nothing holds it back.</summary>
    private void CheckStart(NodeDraft node)
    {
        bool isHeld = node.After.Count > 0 || node.Needs.Count > 0 || node.NeedsAny.Count > 0 || node.Conditions.Count > 0
            || node.Joins.AfterAny.Count > 0 || node.Joins.ReadyWhen is not null || node.Role == NodeRole.Handler
            || node.Parameters.Any(p => p.Model.Role is ParameterRole.Data or ParameterRole.FlowContext or ParameterRole.State);
        if (!isHeld)
        {
            draft.Issues.AddMild(Rule.StartsWithRun, node.Spot, node.Model.Value is not null, node.Name);
        }
    }

    /// <summary>FG2009: nobody takes its value or as much as names it. A handler has to return what it stands in for.</summary>
    private void CheckUse(NodeDraft node, HashSet<NodeDraft> used)
    {
        if (node is { Role: NodeRole.Forward, Joins.Ends: false, Model.Value: { } value } && !used.Contains(node))
        {
            draft.Issues.Add(Rule.ResultUnused, node.Spot, value.Display, node.Name);
        }
    }

    private HashSet<NodeDraft> FindUsed()
    {
        HashSet<NodeDraft> used = [.. draft.Result.Concat(draft.Consumers.SelectMany(c => c.Parameters).SelectMany(p => p.Sources)).Select(s => s.Producer).OfType<NodeDraft>()];
        foreach (NodeDraft user in draft.NodesAndCompensations)
        {
            used.UnionWith(user.After.Concat(user.Needs).Concat(user.NeedsAny.SelectMany(g => g)).Concat(user.Joins.AfterAny.SelectMany(g => g))
                .Concat(user.Joins.ReadyWhen?.Nodes ?? [])
                .Select(r => r.Node));
            used.UnionWith(user.Conditions.Select(c => c.Node).OfType<NodeDraft>());
            if (user.Failure.Undoes is { } undone)
            {
                used.Add(undone.Node);
            }
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
                && p.Combination != Combination.First
                && p.Sources.Any(s => s.Producer == reference.Node)
                && (!isNeed || p.Sources.All(s => s.Producer is { } producer && reference.Node.Group.Contains(producer))));
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
        CompensationCheck compensations = new(draft, presence, graph);
        foreach (ParameterDraft parameter in draft.Consumers.SelectMany(c => c.Parameters))
        {
            if (parameter is { IsRequired: false, Decision: Decision.Bound, Latest: null }
                && parameter.Model.Strength != Strength.Outcome
                && parameter.Sources.All(s => !s.MayBeNull)
                && IsAlwaysThere(parameter))
            {
                string names = string.Join(" or ", parameter.Sources.Select(s => $"'{s.Display}'"));
                string reason = parameter.Sources[0].Producer is null ? $"input {names} is never null" : $"{names} always runs and never returns null";
                draft.Issues.Add(Rule.NeedlesslyNullable, parameter.Spot, parameter.Model.Name, parameter.Owner.Name, reason);
            }
        }

        bool IsAlwaysThere(ParameterDraft parameter)
            => parameter.Sources.All(s => s.Producer is null) || (parameter.Owner.Self switch
            {
                // When the run has failed, nobody knows how far it had come.
                { Role: NodeRole.WorkflowHandler } => false,
                { Role: NodeRole.Compensation } compensation => compensations.IsCertain(compensation, parameter),
                { } node => parameter.Sources.All(s => !PresenceCheck.FindEarly(node).Contains(s.Producer!)) && presence.IsCertain(presence.AnyOf(parameter)),
                null => presence.IsCertain(presence.AnyOf(parameter)),
            });
    }

    private void CheckServices()
    {
        if (draft.Entry.OptionsParameter is not null)
        {
            return;
        }

        ParameterDraft? service = draft.NodesAndCompensations.SelectMany(n => n.Parameters).FirstOrDefault(p => p.Model.Role == ParameterRole.Service);
        if (service?.Model.Find(FlowAttribute.Service) is { } attribute)
        {
            draft.Issues.Add(Rule.NoRunOptions, service.Spot.At(attribute), draft.Name);
        }
    }
}
