using FlowGen.Generator.Model;

namespace FlowGen.Generator.Lowering;

/// <summary>Guards, calls and arguments: how what the author bound becomes what a step evaluates.</summary>
internal sealed partial class PlanBuilder
{
    private void AddGuard(StepDraft step, BoundNode node, ScopeDraft scope)
    {
        if (node.AlwaysRuns && node.Catch is null && !RequiresObserved(node, scope))
        {
            return;
        }

        step.MayLackByFailure = RequiresObserved(node, scope);
        foreach (BoundCondition condition in node.Conditions)
        {
            LocalSteps locals = scope.Locals!;
            int source = condition.IsPredicate ? locals.PredicateStepOf(condition.Index) : locals.StepOf(condition.Index);
            int value = condition.IsPredicate ? locals.PredicateValueOf(condition.Index) : locals.ValueOf(condition.Index);
            bool isTruth = condition.Values.Count == 1 && condition.Values[0] == "true";
            step.Guard.Add(new PlanTerm(EquatableArray.Of(source), value, condition.Values, condition.Negated, isTruth, EquatableArray<PlanFailure>.Empty));
        }

        if (node.Catch is { } handler)
        {
            EquatableArray<PlanFailure> failures = FailuresOf(handler, scope);
            step.Guard.Add(PlanTerm.Failure(failures));
            step.Replaces.AddRange(failures.Select(failure => failure.Step));
        }

        foreach (BoundArgument argument in node.Arguments)
        {
            AddPresence(step, argument.Value, scope);
        }

        foreach (int needed in node.Needs)
        {
            AddPresence(step, scope.Handlers.Of(needed).Prepend(needed).Select(scope.Locals!.StepOf).ToList());
        }

        foreach (IndexGroup group in node.NeedsAny)
        {
            AddPresence(step, scope.Handlers.Around(group.Indices).Select(scope.Locals!.StepOf).ToList());
        }
    }

    private bool RequiresObserved(BoundNode node, ScopeDraft scope)
    {
        if (node.Arguments.Any(argument => argument.Value is { Strength: Strength.Required, Combination: Combination.First }))
        {
            return true;
        }

        IEnumerable<int> required = node.Arguments
            .Where(argument => argument.Value is { Strength: Strength.Required })
            .SelectMany(argument => argument.Value!.Sources)
            .Where(source => source.Kind == SourceKind.Node)
            .Select(source => source.Index)
            .Concat(node.Needs)
            .Concat(node.NeedsAny.SelectMany(group => group.Indices))
            .Concat(node.Conditions.Where(condition => !condition.IsPredicate).Select(condition => condition.Index));
        return required.Any(source => Steps[scope.Locals!.StepOf(source)].MayLackByFailure);
    }

    private void AddPresence(StepDraft step, BoundValue? value, ScopeDraft scope)
    {
        if (value is { Strength: Strength.Required, Combination: Combination.First })
        {
            AddPresence(step, [scope.Locals!.Race(scope.Races.IndexOf(value)).Step]);
        }
        else if (value is { Strength: Strength.Required } && value.Sources.All(source => source.Kind == SourceKind.Node))
        {
            AddPresence(step, value.Sources.Select(source => scope.Locals!.StepOf(source.Index)).Distinct().ToList());
        }
    }

    /// <summary>At least one of the steps must have completed; nothing to check when one of them always does.</summary>
    private void AddPresence(StepDraft step, List<int> sources)
    {
        if (sources.All(source => Steps[source].HasFlag))
        {
            PlanTerm term = PlanTerm.Presence(sources.ToEquatableArray());
            if (!step.Guard.Contains(term))
            {
                step.Guard.Add(term);
            }
        }
    }

    private PlanCall CallOf(ScopeDraft scope, BoundNode node, PlanRepeat? repeat)
    {
        if (node.Wait is { } wait)
        {
            return WaitOf(scope, node, wait, repeat);
        }

        if (node.ClassTarget is { } target)
        {
            return new PlanCall(
                CallKind.Class,
                scope.Index,
                node.Name,
                target.MethodName,
                IsStatic: false,
                target.Shape,
                target.Parameters
                    .Where(parameter => parameter.Kind != ArgumentKind.Default)
                    .Select(parameter => TargetArgument(scope, node, parameter, parameter.Name, repeat))
                    .ToEquatableArray(),
                target.Type.Name + "." + target.MethodName);
        }

        bool isHidden = node.IsHidden || (scope.Index != 0 && node.IsPrivate);
        return new PlanCall(
            CallKind.Method,
            scope.Index,
            isHidden ? FlowNames.Accessor(node.MethodName) : node.MethodName,
            "",
            node.IsStatic && !isHidden,
            node.Shape,
            node.Arguments.Select((_, i) => ArgumentOf(scope, node, i, repeat)).ToEquatableArray(),
            node.MethodName);
    }

    private PlanCall WaitOf(ScopeDraft scope, BoundNode node, BoundWait wait, PlanRepeat? repeat) => new(
        CallKind.Wait,
        scope.Index,
        "",
        "",
        IsStatic: false,
        node.Result is null ? ReturnShape.ValueTask : ReturnShape.ValueTaskOfT,
        EquatableArray<PlanArgument>.Empty,
        node.Name,
        new PlanWait(
            wait.Request.Annotated,
            node.Result?.Annotated ?? Emission.Known.Unit,
            wait.RequestArguments.Select(argument => ArgumentOf(scope, node, argument, repeat)).ToEquatableArray(),
            wait.KeyArgument < 0 ? null : ArgumentOf(scope, node, wait.KeyArgument, repeat),
            wait.KeyArgument < 0 ? "int" : node.Arguments[wait.KeyArgument].Type.Annotated,
            wait.IsTransient));

    private PlanCall PredicateCall(ScopeDraft scope, BoundPredicate predicate, int latest = -1)
    {
        bool isHidden = predicate.Kind == PredicateKind.ConstructorParameter || predicate.IsHidden || (scope.Index != 0 && predicate.IsPrivate);
        return new PlanCall(
            predicate.Kind == PredicateKind.Method ? CallKind.PredicateMethod : CallKind.PredicateMember,
            scope.Index,
            isHidden ? FlowNames.Accessor(predicate.Name) : Emission.Known.Escape(predicate.Name),
            "",
            predicate.IsStatic && !isHidden,
            ReturnShape.Value,
            predicate.Arguments.Select(argument => argument.Kind == ArgumentKind.Latest
                ? LatestArgument(latest, argument, scope)
                : Argument("", argument.Kind, argument.Value, argument.Type, scope)).ToEquatableArray(),
            predicate.Name);
    }

    private PlanEach EachOf(ScopeDraft scope, BoundNode node, BoundEach each)
    {
        BoundArgument element = node.Arguments[each.ArgumentIndex];
        BoundValue source = element.Value!;
        PlanChild? child = node.ChildTarget is null ? null : ChildOf(scope, node, repeat: null);
        PlanArgument? degree = each.MaxParallelismArgument >= 0
            ? Argument("", ArgumentKind.Value, node.Arguments[each.MaxParallelismArgument].Value, node.Arguments[each.MaxParallelismArgument].Type, scope)
            : null;
        return new PlanEach(
            Qualify(scope, node.Name),
            Argument("", ArgumentKind.Value, source, source.Type, scope),
            each.Shape,
            each.ElementType,
            child is null ? node.Result : child.Result,
            each.MaxParallelism,
            degree,
            node.RunOn == RunOn.ThreadPool,
            child,
            child is null ? Instances.OfElement(scope.Workflow, node) : null,
            each.OnError,
            CheckOf(each.Until, scope),
            each.Rest,
            each.Grows);
    }

    private PlanArgument TargetArgument(ScopeDraft scope, BoundNode node, TargetParameter parameter, string name, PlanRepeat? repeat) => parameter.Argument < 0
        ? parameter.Kind == ArgumentKind.Emitter
            ? Emitter(Argument(name, parameter.Kind, null, parameter.Type, scope), parameter.Name, scope)
            : Argument(name, parameter.Kind, null, parameter.Type, scope)
        : ArgumentOf(scope, node, parameter.Argument, repeat) with { Name = name };

    /// <summary>What a parameter of a node receives: its value, or what the iteration before has left.</summary>
    private PlanArgument ArgumentOf(ScopeDraft scope, BoundNode node, int index, PlanRepeat? repeat)
    {
        BoundArgument argument = node.Arguments[index];
        if (repeat is { Carry: >= 0 } && node.Policies.Repeat!.CarryArgument == index)
        {
            return ValueArgument(repeat.Carry, argument.Type, scope);
        }

        PlanArgument planned = Argument("", argument.Kind, argument.Value, argument.Type, scope);
        return argument.Kind switch
        {
            ArgumentKind.Exception when node.Catch is { } handler => planned with { Failures = FailuresOf(handler, scope) },
            ArgumentKind.Emitter => Emitter(planned, argument.Parameter, scope),
            _ => planned,
        };
    }

    private static PlanArgument Emitter(PlanArgument argument, string name, ScopeDraft scope) =>
        argument with { DefaultText = name, ElementType = StreamCollector.TypeOf(scope.Workflow, name) };

    /// <summary>A value as it is.</summary>
    private static PlanArgument ValueArgument(int value, TypeRef type, ScopeDraft scope) => new(
        "",
        ArgumentKind.Value,
        Strength.Required,
        Combination.Single,
        EquatableArray.Of(new PlanSource(value, -1, "", false, false)),
        type,
        null,
        scope.Index,
        false,
        "");

    /// <summary>What the condition of a loop sees of the iteration that has just ended.</summary>
    private PlanArgument LatestArgument(int value, BoundArgument argument, ScopeDraft scope)
    {
        BoundSource source = argument.Value!.Sources[0];
        PlanSource latest = new(value, -1, source.Access, Values[value].MayBeNull, source.AccessMayBeNull, source.IsVouchedFor);
        return ValueArgument(value, argument.Type, scope) with { Strength = argument.Value.Strength, Sources = EquatableArray.Of(latest), Type = argument.Value.Type };
    }

    private PlanArgument Argument(string name, ArgumentKind kind, BoundValue? value, TypeRef type, ScopeDraft scope)
    {
        // The element of an [Each] is what the loop hands over, not the collection that the value describes.
        bool isValue = kind == ArgumentKind.Value && value is not null;
        bool isRace = isValue && value!.Combination == Combination.First;
        return new PlanArgument(
            name,
            kind,
            isValue ? value!.Strength : Strength.Required,
            isValue && !isRace ? value!.Combination : Combination.Single,
            isRace ? EquatableArray.Of(WinnerOf(value!, scope))
                : isValue ? value!.Sources.Select(source => SourceOf(source, scope)).ToEquatableArray()
                : EquatableArray<PlanSource>.Empty,
            isValue ? value!.Type : type,
            isValue ? value!.ElementType : null,
            scope.Index,
            kind == ArgumentKind.State && Instances.IsRunScoped(scope.Workflow, type),
            "");
    }

    private PlanSource WinnerOf(BoundValue race, ScopeDraft scope)
    {
        (int step, int value) = scope.Locals!.Race(scope.Races.IndexOf(race));
        return new PlanSource(value, step, "", Values[value].MayBeNull, false);
    }

    private PlanSource SourceOf(BoundSource source, ScopeDraft scope)
    {
        if (source.Kind == SourceKind.Input)
        {
            PlanSource input = scope.Inputs[source.Index];
            return input with { Access = source.Access, MayBeNull = input.MayBeNull, AccessMayBeNull = source.AccessMayBeNull, IsVouchedFor = source.IsVouchedFor };
        }

        int step = scope.Locals!.StepOf(source.Index);
        int value = scope.Locals.ValueOf(source.Index);
        return new PlanSource(value, Steps[step].HasFlag ? step : -1, source.Access, value >= 0 && Values[value].MayBeNull, source.AccessMayBeNull, source.IsVouchedFor);
    }
}
