using FlowGen.Generator.Model;

namespace FlowGen.Generator.Lowering;

/// <summary>Starts that take one of several, and ends that withdraw others.</summary>
internal sealed partial class PlanBuilder
{
    /// <summary>Nodes that may be withdrawn: by the completion of another, a rule, or a race that they lose.</summary>
    private static HashSet<int> WithdrawableIn(BoundWorkflow workflow, Races races) =>
    [
        .. workflow.Nodes.SelectMany(node => node.Joins.Cancels),
        .. workflow.Nodes.Select(node => node.Joins.ReadyWhen).Where(rule => rule is { CancelsRest: true }).SelectMany(rule => rule!.Nodes),
        .. races.All.Where(race => race.CancelsLosers).SelectMany(race => race.Sources).Where(source => source.Kind == SourceKind.Node).Select(source => source.Index),
    ];

    /// <summary>Nodes of which a join takes what is there without waiting for all of them.</summary>
    private static HashSet<int> JoinedIn(BoundWorkflow workflow) =>
    [
        .. workflow.Nodes.SelectMany(node => node.Joins.AfterAny).SelectMany(group => group.Indices),
        .. workflow.Nodes.SelectMany(node => node.Joins.ReadyWhen?.Nodes ?? EquatableArray<int>.Empty),
    ];

    private void AddJoins(StepDraft step, ScopeDraft scope, BoundNode node)
    {
        LocalSteps locals = scope.Locals!;
        foreach (IndexGroup group in node.Joins.AfterAny)
        {
            // Handlers are asked about with what they handle.
            step.Any.Add(new PlanAny(Asked(group.Indices.Except(group.Indices.SelectMany(scope.Handlers.Of)), scope)));
        }

        if (node.Joins.ReadyWhen is { } rule)
        {
            bool isHidden = rule.IsHidden || (scope.Index != 0 && rule.IsPrivate);
            PlanCall call = new(
                CallKind.Method,
                scope.Index,
                isHidden ? FlowNames.Accessor(rule.Method) : rule.Method,
                "",
                IsStatic: !isHidden,
                ReturnShape.Value,
                EquatableArray<PlanArgument>.Empty,
                rule.Method);
            step.Rule = new PlanRule(call, Asked(rule.Nodes, scope), rule.CancelsRest);
            step.HasFlag = true;
        }
    }

    private static EquatableArray<PlanAsked> Asked(IEnumerable<int> nodes, ScopeDraft scope)
        => nodes.Select(node => new PlanAsked(scope.Locals!.StepOf(node), Asked(scope.Handlers.Of(node), scope))).ToEquatableArray();

    /// <summary>What is withdrawn is known by its step once all nodes have one.</summary>
    private void AddWithdrawals(ScopeDraft scope)
    {
        LocalSteps locals = scope.Locals!;
        for (int i = 0; i < scope.Workflow.Nodes.Count; i++)
        {
            BoundJoins joins = scope.Workflow.Nodes[i].Joins;
            if (joins.Cancels.Count > 0)
            {
                StepDraft step = Steps[locals.StepOf(i)];
                step.Withdraws.AddRange(joins.Cancels.Select(locals.StepOf));
                step.KeepsFinished = joins.KeepsFinished;
                foreach (StepDraft loop in step.Withdraws.Select(target => Steps[target]).Where(target => joins.KeepsFinished && target.Each is not null))
                {
                    loop.IsStoppable = true;
                }
            }
        }
    }

    private void AddRace(ScopeDraft scope, int index, Dictionary<int, WaitKind> waits)
    {
        BoundValue race = scope.Races.All[index];
        EquatableArray<PlanSource> contestants = race.Sources.Select(source => SourceOf(source, scope)).ToEquatableArray();
        string names = string.Join("_", race.Sources.Select(source => scope.Workflow.Nodes[source.Index].Name).Take(3));
        StepDraft step = AddStep(StepKind.Race, "First" + Qualify(scope, names), scope, waits);
        step.Description = "the first of " + string.Join(", ", contestants.Select(contestant => Steps[contestant.Step].Label));
        step.Race = new PlanRace(contestants, race.CancelsLosers);
        step.KeepsError = true;
        step.Handled = race.Strength == Strength.Outcome;
        step.MayLackByFailure = step.Handled || contestants.All(contestant => Steps[contestant.Step].MayLackByFailure);
        step.HasFlag = true;
        step.Value = AddValue(ValueName(step), race.Type, step.Index).Index;
        scope.Locals!.SetRace(index, step.Index, step.Value);
    }
}
