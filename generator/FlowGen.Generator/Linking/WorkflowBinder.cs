using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Linking.Binding;
using FlowGen.Generator.Linking.Checks;
using FlowGen.Generator.Linking.Drafts;
using FlowGen.Generator.Linking.Logic;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking;

/// <summary>
/// Binds one workflow: gives every parameter its sources and every attribute its meaning, or says what is wrong. A function of the
/// model alone, so it is tested without a compiler. Its steps are the stages of language.md 7; an error in one ends the check.
/// </summary>
internal static class WorkflowBinder
{
    public static BindResult Bind(WorkflowModel model, CancellationToken cancellationToken)
    {
        WorkflowDraft draft = new(model);
        BoundWorkflow? bound = Bind(draft, cancellationToken);
        EquatableArray<Issue> issues = CheckStages.Filter(draft.Issues.All);
        AttributeModel settings = model.Workflow;
        return new BindResult(
            model.Surface,
            bound,
            issues,
            model.Shape.CanEmit,
            model.Shape.Display,
            settings.Find("Id") is null ? model.Spot : model.Spot.AtNamed(settings, "Id"),
            WorkflowReach.Calls(model),
            WorkflowReach.Choices(model),
            WorkflowReach.Waits(model),
            DeclaredNodes.Of(model, draft.Types),
            WorkflowReach.Restrictions(model),
            model.Base is { IsExternal: false } ancestor ? ancestor.Key : null,
            model.InheritsEntry && !issues.Any(i => Rule.IsError(i.Id)))
        {
            BreaksDeclaration = model.Shape.BreaksDeclaration,
        };
    }

    private static BoundWorkflow? Bind(WorkflowDraft draft, CancellationToken cancellationToken)
    {
        ClassCheck.Run(draft);
        if (draft.Issues.HasErrors(CheckStage.ClassAndEntry) || draft.Model.InheritsEntry)
        {
            return null;
        }

        NodeCheck.Run(draft);
        OptionCheck.Run(draft);
        OrderCheck.Run(draft);
        ConditionCheck.Run(draft);
        FailureCheck.Run(draft);
        MeaningCheck.Run(draft);
        PolicyCheck.Run(draft);
        EachCheck.Run(draft);
        TargetCheck.Run(draft);
        OutsideCheck.Run(draft);
        StreamCheck.Run(draft);
        EndCheck.Run(draft);
        Scope.Fill(draft);
        LatestValue.Bind(draft);
        ExplicitSources.Bind(draft);
        if (draft.Issues.HasErrors(CheckStage.Declarations))
        {
            return null;
        }

        cancellationToken.ThrowIfCancellationRequested();
        PresenceModel presence = new(draft);
        new ParameterBinder(draft, presence).Bind();
        new ResultBinder(draft, presence).Bind();
        SynchronousCheck.CheckElements(draft);
        StreamCheck.CheckElements(draft);
        if (draft.Issues.HasErrors(CheckStage.Binding))
        {
            return null;
        }

        cancellationToken.ThrowIfCancellationRequested();
        DraftGraph graph = new(draft);
        graph.ReportCycles();
        if (draft.Issues.HasErrors(CheckStage.Cycles))
        {
            return null;
        }

        presence = CancelCheck.Run(draft, graph) ? new PresenceModel(draft) : presence;
        new PresenceCheck(draft, presence, graph).Run();
        if (draft.Issues.HasErrors(CheckStage.Presence))
        {
            return null;
        }

        new Advice(draft, presence, graph).Run();
        return new BoundWorkflowBuilder(draft, presence).Build();
    }
}
