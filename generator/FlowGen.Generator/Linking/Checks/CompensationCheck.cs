using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Linking.Drafts;
using FlowGen.Generator.Linking.Logic;

namespace FlowGen.Generator.Linking.Checks;

/// <summary>
/// What a compensation requires has to be there once the node that it undoes has completed, whatever else has or has not run by then (FG7005): a value of that
/// node, of one that has certainly settled before it, or an input.
/// </summary>
internal sealed class CompensationCheck(WorkflowDraft draft, PresenceModel presence, DraftGraph graph)
{
    private Func<NodeDraft, NodeDraft, bool>? _isBefore;

    public void Run()
    {
        foreach (NodeDraft compensation in draft.Compensations)
        {
            foreach (ParameterDraft parameter in compensation.Parameters.Concat(compensation.Policies.Checks.SelectMany(c => c.Parameters)))
            {
                if (parameter is { IsData: true, IsRequired: true, Decision: Decision.Bound } && !IsCertain(compensation, parameter))
                {
                    string missing = parameter.Sources.FirstOrDefault(s => s.Producer != compensation.Failure.Undoes!.Node)?.Display ?? parameter.Model.Name;
                    draft.Issues.Add(Rule.CompensationNeeds, parameter.Spot, compensation.Name, missing, compensation.Failure.Undoes!.Node.Name);
                }
            }
        }
    }

    /// <summary>Whether the parameter's value exists whenever the node has completed.</summary>
    public bool IsCertain(NodeDraft compensation, ParameterDraft parameter)
    {
        NodeDraft undone = compensation.Failure.Undoes!.Node;
        Presence here = Presence.Never;
        foreach (ScopeValue source in parameter.Sources)
        {
            if (source.Producer is null || source.Producer == undone)
            {
                return true;
            }

            if (IsBefore(source.Producer, undone))
            {
                here = presence.Algebra.Or(here, presence.Done(source.Producer));
            }
        }

        return presence.Implies(presence.Ends(undone), here);
    }

    private bool IsBefore(NodeDraft producer, NodeDraft undone)
    {
        _isBefore ??= graph.OrderOf([.. draft.Compensations.SelectMany(c => c.Parameters.Concat(c.Policies.Checks.SelectMany(check => check.Parameters)))
            .SelectMany(p => p.Sources)
            .Select(s => s.Producer)
            .OfType<NodeDraft>()]);
        return _isBefore(producer, undone);
    }
}
