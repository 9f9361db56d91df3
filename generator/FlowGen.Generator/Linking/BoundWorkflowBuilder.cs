using FlowGen.Generator.Linking.Checks;
using FlowGen.Generator.Linking.Drafts;
using FlowGen.Generator.Linking.Logic;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking;

/// <summary>Writes a draft without errors down as the model that lowering takes.</summary>
internal sealed class BoundWorkflowBuilder(WorkflowDraft draft, PresenceModel presence)
{
    public BoundWorkflow Build()
        => new(
            draft.Model.Surface,
            draft.Model.Workflow.Number("MaxParallelism", 0),
            (CleanupTiming)draft.Model.Workflow.Number("Cleanup", 0),
            draft.Nodes.Select(Node).ToEquatableArray(),
            draft.Predicates.Select(Predicate).ToEquatableArray(),
            Result(),
            States(),
            new BoundSettings(Timeout: null, WaitsForSiblings: false, MaxConcurrentRuns: 0, RejectsWhenFull: false, Record: "Nodes"),
            EquatableArray<BoundPredicate>.Empty,
            EquatableArray<BoundCompensation>.Empty,
            EquatableArray<BoundHandler>.Empty,
            EquatableArray<BoundStream>.Empty);

    private BoundNode Node(NodeDraft node)
    {
        Presence start = presence.Start(node);
        return new BoundNode(
            node.Name,
            node.Id,
            node.Kind,
            node.Model.CodeName,
            node.Model.IsStatic,
            node.Model.IsPrivate,
            node.Model.Shape,
            node.Model.Result,
            node.Parameters.Select(Argument).ToEquatableArray(),
            node.Conditions.Select(Condition).ToEquatableArray(),
            Indices(node.After),
            Indices(node.Needs),
            node.NeedsAny.Select(g => new IndexGroup(Indices(g))).ToEquatableArray(),
            node.BestEffort,
            node.RunOn,
            Each(node),
            node.ClassTarget,
            node.ChildTarget,
            start.IsAlways,
            PresenceText.Describe(presence.Algebra, start),
            node.Model.Documentation,
            node.Model.IsInherited,
            node.Model.IsHidden,
            BoundPolicies.None,
            BoundJoins.None,
            Catch: null,
            Wait: null,
            Dynamic: null);
    }

    private BoundArgument Argument(ParameterDraft parameter)
    {
        ArgumentKind kind = parameter.Model.Role switch
        {
            ParameterRole.CancellationToken => ArgumentKind.CancellationToken,
            ParameterRole.FlowContext => ArgumentKind.FlowContext,
            ParameterRole.State => ArgumentKind.State,
            ParameterRole.Service => ArgumentKind.Service,
            _ => parameter.IsElement ? ArgumentKind.Element : ArgumentKind.Value,
        };
        return new BoundArgument(parameter.Model.Name, kind, parameter.Model.Type, parameter.IsData ? Value(parameter) : null);
    }

    private BoundValue Value(ParameterDraft parameter)
    {
        ParameterModel model = parameter.Model;
        return new BoundValue(
            parameter.IsElement ? Strength.Required : model.Strength,
            parameter.Combination,
            parameter.Sources.Select(s => s.ToSource()).ToEquatableArray(),
            parameter.IsElement ? parameter.Sources[0].Type : model.Need,
            parameter.Combination == Combination.Gather ? draft.Types[model.Need].Element : null);
    }

    private static BoundCondition Condition(ConditionDraft condition)
        => new(
            condition.Predicate is not null,
            condition.Predicate?.Index ?? condition.Node!.Index,
            condition.Values.Select(v => v.Code).ToEquatableArray(),
            condition.IsNegated,
            Display(condition));

    private static string Display(ConditionDraft condition)
    {
        if (condition.Values is [{ Text: "True", TypeKey: "bool" }])
        {
            return condition.IsNegated ? "not " + condition.Source : condition.Source;
        }

        string values = string.Join(" or ", condition.Values.Select(v => v.Display));
        return $"{condition.Source} {(condition.IsNegated ? "!=" : "=")} {values}";
    }

    private BoundPredicate Predicate(PredicateDraft predicate)
        => new(
            predicate.Model.MemberName,
            predicate.Model.Kind,
            predicate.Model.IsStatic,
            predicate.Model.IsPrivate,
            predicate.Parameters.Select(Argument).ToEquatableArray(),
            predicate.Model.Type!,
            predicate.Model.IsHidden);

    private BoundEach? Each(NodeDraft node)
    {
        if (node.Each is not { Each: { } attribute } element)
        {
            return null;
        }

        TypeFacts source = draft.Types[element.Sources[0].Type];
        return new BoundEach(
            element.Index,
            source.Shape!.Value,
            source.Element!,
            attribute.Number("MaxParallelism", 1),
            EachCheck.FindMaximum(node, attribute),
            EachError.Stop,
            Until: -1,
            EachRest.Cancel,
            Grows: false);
    }

    private BoundValue? Result()
        => draft.Entry.Result is { } type
            ? new BoundValue(
                draft.Entry.ResultStrength,
                draft.Result.Count > 1 ? Combination.Merge : Combination.Single,
                draft.Result.Select(s => s.ToSource()).ToEquatableArray(),
                type,
                ElementType: null)
            : null;

    /// <summary>Each [State] class once, by name.</summary>
    private EquatableArray<StateClass> States()
        => draft.Nodes
            .SelectMany(n => n.Parameters.Select(p => p.Model).Concat(n.Model.Target?.Class?.Parameters ?? EquatableArray<ParameterModel>.Empty))
            .Select(p => p.State?.Class)
            .OfType<StateClass>()
            .GroupBy(s => s.Type.Key, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => g.First())
            .ToEquatableArray();

    private static EquatableArray<int> Indices(IEnumerable<Reference> references)
        => references.Select(r => r.Node.Index).Distinct().OrderBy(i => i).ToEquatableArray();
}
