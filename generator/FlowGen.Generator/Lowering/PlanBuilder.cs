using FlowGen.Generator.Model;

namespace FlowGen.Generator.Lowering;

/// <summary>Flattens a workflow and everything it contains into one list of steps. <see cref="WorkflowLowering"/> then decides how they are executed.</summary>
internal sealed partial class PlanBuilder
{
    private readonly Dictionary<string, BoundWorkflow> _workflows;
    private readonly GraphBuilder _graph;
    private readonly ChildNature _nature;
    private readonly FlowNames _valueNames = new();
    private readonly FlowNames _labels = new();

    public PlanBuilder(LinkedWorkflow linked)
    {
        _workflows = linked.Reachable.ToDictionary(workflow => workflow.Surface.Key, StringComparer.Ordinal);
        _graph = new GraphBuilder(_workflows);
        Root = linked.Root;
        _nature = new ChildNature(_workflows, _graph);

        // What a linked workflow takes is not known where it may be another than the declared one.
        HasRunStates = linked.Reachable.Any(workflow => workflow.States.Any(state => state.IsRunScoped)
            || workflow.Nodes.Any(node => node.Dynamic is not null
                || (node.ChildTarget is { Link: not ChildLink.None } child && (child.Link == ChildLink.External || child.Entry.IsOverridable))));
    }

    public BoundWorkflow Root { get; }

    public bool HasRunStates { get; }

    public List<StepDraft> Steps { get; } = [];

    public List<ValueDraft> Values { get; } = [];

    public List<ScopeDraft> Scopes { get; } = [];

    public List<PlanUndo> Undos { get; } = [];

    public List<PlanHandler> Handlers { get; } = [];

    public GraphPlan Graph { get; private set; } = null!;

    public EquatableArray<StreamPlan> Streams => _graph.Streams;

    public PlanLimit? TimeLimit => LimitOf(Root.Settings.Timeout, Scopes[0]);

    public void Build()
    {
        Graph = _graph.Build(Root);
        EntryDeclaration entry = Root.Surface.Entry!;
        _valueNames.Reserve(entry.TokenParameter);
        _valueNames.Reserve(entry.OptionsParameter);
        var scope = new ScopeDraft { Workflow = Root, Cleanup = Root.Cleanup };
        Scopes.Add(scope);
        scope.Inputs = entry.Inputs.Select((input, i) =>
        {
            ValueDraft value = AddValue(input.Name, input.Type, producer: -1);
            value.InputIndex = i;
            return new PlanSource(value.Index, -1, "", input.Type.IsNullable, false);
        }).ToArray();
        Flatten(scope, new Dictionary<int, WaitKind>());
        AddHandlers(scope);
        if (Undos.Count > 0 || Handlers.Count > 0 || ChildNature.Lingers(Root) || _nature.MayHoldCompensations(Root))
        {
            AddLast(StepKind.Unwind, "Unwind", "undoes and handles a failure", scope, 0);
        }

        StepDraft exit = AddExit(scope, "Exit", 0);
        if (Root.Result is { } result)
        {
            exit.Assignments.Add(new PlanAssignment(-1, Argument("", ArgumentKind.Value, result, result.Type, scope)));
        }
    }

    private void Flatten(ScopeDraft scope, Dictionary<int, WaitKind> entered)
    {
        BoundWorkflow workflow = scope.Workflow;
        scope.Handlers = new Handlers(workflow);
        scope.Races = new Races(workflow);
        scope.Withdrawable = WithdrawableIn(workflow, scope.Races);
        scope.Joined = JoinedIn(workflow);
        var order = new LocalOrder(workflow, scope.Handlers, scope.Races);
        scope.Locals = new LocalSteps(workflow.Nodes.Count, workflow.Predicates.Count, scope.Races.All.Count);
        int[] graphNodes = GraphNodes(scope);
        var observation = new Observation(workflow, scope.Races);
        HashSet<int> late = [.. workflow.Handlers.Select(handler => handler.Node)];
        foreach (LocalItem item in order.Items.Where(item => item.Kind != LocalKind.Node || !late.Contains(item.Index)))
        {
            Dictionary<int, WaitKind> waits = StepsOf(order.Waits(item), scope);
            if (waits.Count == 0)
            {
                foreach (KeyValuePair<int, WaitKind> wait in entered)
                {
                    waits[wait.Key] = wait.Value;
                }
            }

            if (item.Kind == LocalKind.Predicate)
            {
                AddPredicate(scope, item.Index, waits);
                continue;
            }

            if (item.Kind == LocalKind.Race)
            {
                AddRace(scope, item.Index, waits);
                continue;
            }

            AddAnyNode(scope, item.Index, graphNodes[item.Index], waits, observation);
            foreach (int failing in observation.DecidedAfter(item.Index))
            {
                AddVerdict(scope, failing, observation);
            }
        }

        foreach (int failing in observation.DecidedAtExit())
        {
            AddVerdict(scope, failing, observation);
        }

        AddWithdrawals(scope);
        AddUndos(scope, graphNodes);
    }

    private void AddAnyNode(ScopeDraft scope, int index, int graphNode, Dictionary<int, WaitKind> waits, Observation observation)
    {
        BoundNode node = scope.Workflow.Nodes[index];
        bool isCall = node.Each is null && (node.ChildTarget is not null || node.Dynamic is not null);
        if (isCall && IsLinked(scope, index, observation))
        {
            AddLinked(scope, index, graphNode, waits, observation);
        }
        else if (isCall)
        {
            AddSubWorkflow(scope, index, graphNode, waits, observation);
        }
        else
        {
            AddNode(scope, index, graphNode, waits, observation);
        }
    }

    private void AddNode(ScopeDraft scope, int index, int graphNode, Dictionary<int, WaitKind> waits, Observation observation)
    {
        BoundNode node = scope.Workflow.Nodes[index];
        StepDraft step = AddStep(node.Each is null ? StepKind.Node : StepKind.Each, Qualify(scope, node.Name), scope, waits);
        step.GraphNode = graphNode;
        step.Description = Describe(graphNode, node.Presence);
        AddGuard(step, node, scope);
        step.OnPool = node.RunOn == RunOn.ThreadPool && node.Each is null;
        SetHandling(step, scope, index, observation);
        if (node.Each is null)
        {
            AddPolicies(step, node, scope);
        }

        step.MaySuspend = node.Each is not null || step.OnPool || step.Policy is not null || IsAsync(node);
        if (node.Each is { } each)
        {
            step.Each = EachOf(scope, node, each);
            if (node.Dynamic is { } choice)
            {
                step.Choice = ChoiceOf(scope, node, choice, repeat: null);
            }
            else if (node.ChildTarget is null)
            {
                step.Call = CallOf(scope, node, repeat: null);
            }

            AddPolicies(step, node, scope);
            step.Value = step.Each.Result is { } result ? AddValue(ValueName(step), ArrayOf(step.Each.OnError == EachError.Collect ? OutcomeOf(result) : result), step.Index).Index : -1;
        }
        else
        {
            step.Value = node.Result is { } result ? AddValue(ValueName(step), result, step.Index).Index : -1;
            AddRepeat(step, node, scope);
            step.Call = CallOf(scope, node, step.Repeat);
        }

        scope.Locals!.Set(index, step.Index, step.Value);
        AddJoins(step, scope, node);
    }

    private void AddSubWorkflow(ScopeDraft scope, int index, int graphNode, Dictionary<int, WaitKind> waits, Observation observation)
    {
        BoundNode node = scope.Workflow.Nodes[index];
        ChildTarget target = node.ChildTarget!;
        BoundWorkflow child = _workflows[target.Key];
        string name = Qualify(scope, node.Name);
        var inner = new ScopeDraft
        {
            Index = Scopes.Count,
            Parent = scope.Index,
            Name = name,
            Workflow = child,
            Receiver = target.Member is { } member ? scope.Receiver + "." + FlowNames.Accessor(member.Name) : "",
            Shared = target.Member is null ? scope.Workflow.Surface.FullName + "." + SharedName(node) : null,
            GraphNode = graphNode,
            FirstGraphNode = graphNode + 1,
            Cleanup = target.Cleanup ?? child.Cleanup,
        };
        if (scope.Shared is not null && inner.Shared is null)
        {
            inner.Shared = scope.Shared + inner.Receiver.Substring(scope.Receiver.Length);
        }

        Scopes.Add(inner);

        StepDraft enter = AddStep(StepKind.Enter, "Enter" + FlowNames.PascalCase(name), inner, waits);
        inner.Enter = enter.Index;
        enter.GraphNode = graphNode;
        enter.Description = Describe(graphNode, node.Presence);
        AddGuard(enter, node, scope);
        inner.Inputs = target.Inputs.Select((input, i) => InputOf(enter, scope, node, input, child.Surface.Entry!.Inputs[i], name)).ToArray();
        Flatten(inner, new Dictionary<int, WaitKind> { [enter.Index] = WaitKind.Required });

        StepDraft exit = AddExit(inner, "Exit" + FlowNames.PascalCase(name), enter.Index);
        exit.GraphNode = graphNode;
        SetHandling(exit, scope, index, observation);
        inner.ConvertsFailure = child.Surface.Entry!.ResultStrength == Strength.Outcome;
        exit.KeepsError |= inner.ConvertsFailure;
        exit.Handled |= inner.ConvertsFailure;
        exit.HasFlag |= exit.Handled || enter.Guard.Count > 0;
        enter.Handled = exit.Handled;
        enter.Patterns = [.. exit.Patterns];
        inner.IsHandled = exit.Handled;
        exit.MayLackByFailure |= enter.MayLackByFailure;
        if (node.Result is { } result)
        {
            ValueDraft value = AddValue(FlowNames.CamelCase(name), result, exit.Index);
            value.IsField = inner.ConvertsFailure;
            exit.Value = value.Index;
            exit.Assignments.Add(new PlanAssignment(exit.Value, Argument("", ArgumentKind.Value, child.Result!, child.Result!.Type, inner)));
        }

        scope.Locals!.Set(index, exit.Index, exit.Value);
        AddJoins(enter, scope, node);
        (exit.Withdraws, enter.Withdraws) = (enter.Withdraws, []);
        exit.KeepsFinished = enter.KeepsFinished;
    }

    /// <summary>An input that is one value of the parent is that value; anything else is computed when the boundary is crossed.</summary>
    private PlanSource InputOf(StepDraft enter, ScopeDraft scope, BoundNode node, TargetParameter input, InputDeclaration declared, string name)
    {
        PlanArgument argument = TargetArgument(scope, node, input, "", repeat: null) with { DefaultText = declared.DefaultText };
        if (argument is { Kind: ArgumentKind.Value, Strength: Strength.Required, Combination: Combination.Single }
            && argument.Sources[0] is { Access.Length: 0 } source)
        {
            return new PlanSource(source.Value, -1, "", declared.Type.IsNullable || source.MayBeNull, false);
        }

        ValueDraft value = AddValue(FlowNames.CamelCase(name) + "_" + input.Name, declared.Type, enter.Index);
        enter.Assignments.Add(new PlanAssignment(value.Index, argument));
        return new PlanSource(value.Index, -1, "", declared.Type.IsNullable, false);
    }

    private void AddPredicate(ScopeDraft scope, int index, Dictionary<int, WaitKind> waits)
    {
        BoundPredicate predicate = scope.Workflow.Predicates[index];
        StepDraft step = AddStep(StepKind.Predicate, "If" + Qualify(scope, predicate.Name), scope, waits);
        step.Description = "decides conditions on " + predicate.Name;
        foreach (BoundArgument argument in predicate.Arguments)
        {
            AddPresence(step, argument.Value, scope);
        }

        step.HasFlag = step.Guard.Count > 0;
        step.Call = PredicateCall(scope, predicate);
        step.Value = AddValue(FlowNames.CamelCase(step.Label), predicate.Type, step.Index).Index;
        scope.Locals!.SetPredicate(index, step.Index, step.Value);
    }

    private void AddVerdict(ScopeDraft scope, int failing, Observation observation)
    {
        StepDraft judged = Steps[scope.Locals!.StepOf(failing)];
        List<int> observers = observation.ObserversOf(failing).Select(scope.Locals.StepOf).ToList();

        // Where somebody requires the value, only a handler that stands in for it will do.
        bool isRequired = observation.IsRequired(failing);
        List<int> handling = isRequired ? scope.Handlers.Of(failing).Select(scope.Locals.StepOf).ToList() : observers;
        bool isCertain = (!isRequired && observation.IsObservedForCertain(failing)) || handling.Any(step => GuardStep(step).Guard.Count == 0) || IsCaughtForCertain(judged, observers);
        if (isCertain)
        {
            return;
        }

        var waits = observers.ToDictionary(observer => observer, _ => WaitKind.Plain);
        waits[judged.Index] = WaitKind.Plain;
        StepDraft verdict = AddStep(StepKind.Verdict, "Judge" + FlowNames.PascalCase(judged.Label), scope, waits);
        verdict.Description = "the failure of " + judged.Label + " counts unless " + (isRequired ? "a handler stands in for it" : "an observer of its outcome has handled it");
        verdict.Verdict = new PlanVerdict(judged.Index, handling.Select(step => GuardStep(step).Index).ToEquatableArray());
    }

    /// <summary>The step whose guard says whether a node runs: for a sub-workflow, the one that enters it.</summary>
    private StepDraft GuardStep(int step) => Steps[step].Kind == StepKind.Exit ? Steps[Scopes[Steps[step].Scope].Enter] : Steps[step];

    private StepDraft AddExit(ScopeDraft scope, string label, int enter)
    {
        StepDraft exit = AddLast(StepKind.Exit, label, scope.Enter < 0 ? "the workflow ends" : "leaves " + scope.Name, scope, scope.Enter < 0 ? 0 : enter);

        // A call may ask for another mode than the workflow's own.
        bool mayBeImmediate = scope.Cleanup == CleanupTiming.Immediate || scope.Parent < 0;
        exit.MaySuspend = (mayBeImmediate && Instances.AreAsync(scope.Workflow)) || (scope.Parent < 0 && HasRunStates);
        scope.Exit = exit.Index;
        return exit;
    }

    /// <summary>A step that comes when every step of the scope has settled: that is, when those have that nothing else in it waits for.</summary>
    private StepDraft AddLast(StepKind kind, string label, string description, ScopeDraft scope, int first)
    {
        // A step that may be skipped early settles before what it required, and one of several alternatives may still be on its way.
        var waits = new Dictionary<int, WaitKind>();
        var awaited = new HashSet<int>();
        for (int i = first; i < Steps.Count; i++)
        {
            bool settlesLast = Steps[i].SettlesLast;
            awaited.UnionWith(Steps[i].Waits
                .Where(wait => !wait.Value.HasFlag(WaitKind.Any) && (settlesLast || (!Steps[i].IsWithdrawable && wait.Value.HasFlag(WaitKind.Order))))
                .Select(wait => wait.Key));
        }

        for (int i = first; i < Steps.Count; i++)
        {
            if (!awaited.Contains(i))
            {
                waits[i] = WaitKind.Plain;
            }
        }

        StepDraft last = AddStep(kind, label, scope, waits);
        last.Description = description;
        last.MaySuspend = kind == StepKind.Unwind;
        return last;
    }

    private void SetHandling(StepDraft step, ScopeDraft scope, int index, Observation observation)
    {
        BoundNode node = scope.Workflow.Nodes[index];
        bool isObserved = observation.IsObserved(index);
        step.KeepsError = isObserved && (!node.BestEffort || scope.Handlers.Has(index));
        step.IsBestEffort = node.BestEffort;
        step.Handled = node.BestEffort || isObserved;
        step.MayLackByFailure |= step.KeepsError;
        step.IsWithdrawable = scope.Withdrawable.Contains(index);
        step.MayLackByFailure |= step.IsWithdrawable;
        step.HasFlag = step.Handled || step.IsWithdrawable || step.Guard.Count > 0 || scope.Joined.Contains(index);
        step.Ends = node.Joins.Ends;
        if (!node.BestEffort)
        {
            AddPatterns(step, scope, index, observation);
        }
    }

    private static TypeRef OutcomeOf(TypeRef result) => new(
        "global::FlowGen.Outcome<" + result.Annotated + ">", "global::FlowGen.Outcome<" + result.Key + ">", "Outcome<" + result.Shown + ">", IsReference: false, IsNullable: false, IsValue: true);

    private static bool IsAsync(BoundNode node)
    {
        if (node.Kind is NodeKind.Wait)
        {
            return true;
        }

        ReturnShape shape = node.ClassTarget?.Shape ?? node.Shape;
        return shape is not (ReturnShape.Void or ReturnShape.Value);
    }

    private static TypeRef ArrayOf(TypeRef element) =>
        new(element.Annotated + "[]", element.Key + "[]", element.Display + "[]", IsReference: true, IsNullable: false);

    private int[] GraphNodes(ScopeDraft scope)
    {
        var nodes = new int[scope.Workflow.Nodes.Count];
        int next = scope.FirstGraphNode;
        for (int i = 0; i < nodes.Length; i++)
        {
            nodes[i] = next;
            next += 1 + _graph.DescendantsOf(scope.Workflow.Nodes[i]);
        }

        return nodes;
    }

    public int DescendantsOf(ScopeDraft scope) => _graph.SizeOf(scope.Workflow);

    private string Describe(int graphNode, string presence)
    {
        string path = Graph.Nodes[graphNode].Path;
        return presence.Length == 0 ? path : path + ", when " + presence;
    }

    /// <summary>Where a workflow keeps the shared instance of a child that it was not given.</summary>
    public static string SharedName(BoundNode node) => "__Shared" + node.Name;

    private static string Qualify(ScopeDraft scope, string name) => scope.Name.Length == 0 ? name : scope.Name + "_" + name;

    private static string ValueName(StepDraft step) => FlowNames.CamelCase(step.Label);

    private StepDraft AddStep(StepKind kind, string label, ScopeDraft scope, Dictionary<int, WaitKind> waits)
    {
        var step = new StepDraft
        {
            Index = Steps.Count,
            Kind = kind,
            Label = _labels.Unique(label),
            Scope = scope.Index,
            Waits = waits,
        };
        Steps.Add(step);
        return step;
    }

    private ValueDraft AddValue(string name, TypeRef type, int producer)
    {
        var value = new ValueDraft
        {
            Index = Values.Count,
            Name = _valueNames.Unique(name),
            Type = type,
            MayBeNull = type.IsNullable,
            Producer = producer,
        };
        Values.Add(value);
        return value;
    }

    private static Dictionary<int, WaitKind> StepsOf(IReadOnlyDictionary<LocalItem, WaitKind> waits, ScopeDraft scope)
    {
        var steps = new Dictionary<int, WaitKind>();
        foreach (KeyValuePair<LocalItem, WaitKind> wait in waits)
        {
            int step = scope.Locals!.StepOf(wait.Key);
            steps[step] = steps.TryGetValue(step, out WaitKind known) ? known | wait.Value : wait.Value;
        }

        return steps;
    }
}
