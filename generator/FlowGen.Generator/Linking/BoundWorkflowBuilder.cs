using FlowGen.Generator.Linking.Checks;
using FlowGen.Generator.Linking.Drafts;
using FlowGen.Generator.Linking.Logic;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking;

/// <summary>Writes a draft without errors down as the model that lowering takes.</summary>
internal sealed class BoundWorkflowBuilder(WorkflowDraft draft, PresenceModel presence)
{
    private readonly PolicyBuilder _policies = new(draft);

    public BoundWorkflow Build()
        => new(
            draft.Model.Surface,
            draft.Model.Workflow.Number("MaxParallelism", 0),
            (CleanupTiming)draft.Model.Workflow.Number("Cleanup", 0),
            draft.Nodes.Select(Node).ToEquatableArray(),
            draft.Predicates.Select(Predicate).ToEquatableArray(),
            Result(),
            States(),
            _policies.Settings(),
            draft.Checks.Select(Check).ToEquatableArray(),
            draft.Compensations.Select(c => new BoundCompensation(c.Failure.Undoes!.Node.Index, Node(c))).ToEquatableArray(),
            draft.Handlers.Select(h => new BoundHandler(h.Index, h.Failure.Exception)).ToEquatableArray(),
            StreamCheck.Find(draft.Steps.Select(n => n.Model), draft.Types).ToEquatableArray());

    private BoundNode Node(NodeDraft node)
    {
        Presence start = node.IsStep ? presence.Start(node) : Presence.Unknown;
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
            Indices(node.After.SelectMany(r => r.Node.Group)),
            Indices(node.Needs.Select(r => r.Node).Where(n => n.Group.Count == 1)),
            NeedsAny(node).ToEquatableArray(),
            node.BestEffort,
            node.RunOn,
            Each(node),
            node.ClassTarget,
            node.ChildTarget,
            start.IsAlways && node.Joins.Withdrawers.Count == 0,
            Describe(node, start),
            node.Model.Documentation,
            node.Model.IsInherited,
            node.Model.IsHidden,
            _policies.Policies(node),
            _policies.Joins(node),
            _policies.Catch(node),
            node.Wait,
            node.Dynamic);
    }

    private string Describe(NodeDraft node, Presence start)
        => node.Role switch
        {
            NodeRole.Compensation => "",
            NodeRole.WorkflowHandler => $"{draft.Name} fails" + (node.Failure.Exception is { } type ? " with " + type.Display : ""),
            _ => PresenceText.Describe(presence.Algebra, start),
        };

    /// <summary>Its own groups, and one for each needed node that has handlers: it or one of them has to complete.</summary>
    private static IEnumerable<IndexGroup> NeedsAny(NodeDraft node)
        => node.NeedsAny.Select(g => new IndexGroup(Indices(g.SelectMany(r => r.Node.Group))))
            .Concat(node.Needs.Select(r => r.Node).Distinct().Where(n => n.Group.Count > 1).Select(n => new IndexGroup(Indices(n.Group), AreAlternatives: true)));

    private BoundArgument Argument(ParameterDraft parameter)
    {
        ArgumentKind kind = parameter.Model.Role switch
        {
            ParameterRole.CancellationToken => ArgumentKind.CancellationToken,
            ParameterRole.FlowContext => ArgumentKind.FlowContext,
            ParameterRole.State => ArgumentKind.State,
            ParameterRole.Service => ArgumentKind.Service,
            ParameterRole.Exception => ArgumentKind.Exception,
            ParameterRole.Emitter => ArgumentKind.Emitter,
            ParameterRole.More => ArgumentKind.More,
            ParameterRole.Progress => ArgumentKind.Progress,
            _ => parameter.Latest is not null ? ArgumentKind.Latest : parameter.IsElement ? ArgumentKind.Element : ArgumentKind.Value,
        };
        return new BoundArgument(parameter.Model.Name, kind, parameter.Model.Type, parameter.IsData ? Value(parameter) : null);
    }

    private BoundValue Value(ParameterDraft parameter)
    {
        ParameterModel model = parameter.Model;
        IReadOnlyList<ScopeValue> sources = parameter.Latest is { } latest ? [latest] : parameter.Sources;
        return new BoundValue(
            parameter.IsElement ? Strength.Required : model.Strength,
            parameter.Combination,
            sources.Select(s => s.ToSource()).ToEquatableArray(),
            parameter.IsElement ? parameter.Sources[0].Type : model.Need,
            parameter.Combination == Combination.Gather ? draft.Types[model.Need].Element : null,
            parameter.CancelsLosers);
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

    private BoundPredicate Predicate(PredicateDraft predicate) => Predicate(predicate.Model, predicate);

    private BoundPredicate Check(CheckDraft check) => Predicate(check.Model, check);

    private BoundPredicate Predicate(PredicateModel model, Consumer consumer)
        => new(
            model.MemberName,
            model.Kind,
            model.IsStatic,
            model.IsPrivate,
            consumer.Parameters.Select(Argument).ToEquatableArray(),
            model.Type!,
            model.IsHidden);

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
            (EachError)attribute.Number("OnError", 0),
            node.Policies.EachUntil?.Index ?? -1,
            (EachRest)attribute.Number("Rest", 0),
            StreamCheck.Grows(node));
    }

    /// <summary>Nodes that end the workflow give the result by themselves; they are its sources only where there are no others.</summary>
    private BoundValue? Result()
    {
        if (draft.Entry.Result is not { } type)
        {
            return null;
        }

        IReadOnlyList<ScopeValue> sources = draft.Result.Count > 0 ? draft.Result : [.. draft.Steps.Where(n => n.Joins.Ends).Select(Binding.Scope.Of)];
        return new BoundValue(
            draft.Entry.ResultStrength,
            draft.ResultRace is not null ? Combination.First : sources.Count > 1 ? Combination.Merge : Combination.Single,
            sources.Select(s => s.ToSource()).ToEquatableArray(),
            type,
            ElementType: null,
            draft.ResultRace?.Flag("CancelLosers", otherwise: true) ?? false);
    }

    /// <summary>Each [State] class once, by name.</summary>
    private EquatableArray<StateClass> States()
        => draft.NodesAndCompensations
            .SelectMany(n => n.Parameters.Select(p => p.Model).Concat(n.Model.Target?.Class?.Parameters ?? EquatableArray<ParameterModel>.Empty))
            .Select(p => p.State?.Class)
            .OfType<StateClass>()
            .GroupBy(s => s.Type.Key, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => g.First())
            .ToEquatableArray();

    internal static EquatableArray<int> Indices(IEnumerable<NodeDraft> nodes)
        => nodes.Select(n => n.Index).Distinct().OrderBy(i => i).ToEquatableArray();
}
