using FlowGen.Generator.Model;

namespace FlowGen.Generator.Emission;

/// <summary>Prints values, arguments and guards as they are reached from one place: the straight method, the frame, or one of its loops.</summary>
/// <param name="plan">The plan.</param>
/// <param name="isStraight">Everything is a local of one method.</param>
/// <param name="frame">What to put before the frame's fields: empty inside the frame, <c>_frame.</c> inside a loop.</param>
/// <param name="tokenOf">The token for a node of a scope.</param>
internal sealed class ValuePrinter(ExecutionPlan plan, bool isStraight, string frame, Func<int, string> tokenOf)
{
    private int _locals;

    /// <summary>Inside a loop: the element and the bundle that its worker owns.</summary>
    public string? ElementScope { get; set; }

    /// <summary>Inside a loop: the position of the element.</summary>
    public string? Item { get; set; }

    /// <summary>The token at hand, instead of that of the node's activation.</summary>
    public string? OwnToken { get; set; }

    /// <summary>The failure at hand, for who takes it.</summary>
    public string? Failure { get; set; }

    /// <summary>Which try it is, where that is known.</summary>
    public string? Attempt { get; set; }

    /// <summary>What to put before members of the frame.</summary>
    public string Frame => frame;

    public string Workflow => isStraight ? "this" : frame.Length == 0 ? "workflow" : frame + "_workflow";

    public string Value(int index)
    {
        PlanValue value = plan.Values[index];
        if (isStraight && value.InputIndex >= 0)
        {
            // There an input is a parameter of the entry, by the author's name.
            return Known.Escape(plan.Bound.Surface.Entry!.Inputs[value.InputIndex].Name);
        }

        return isStraight
            ? Known.Escape(value.Name)
            : value.IsField || value.InputIndex >= 0 ? frame + "_" + value.Name : Known.Escape(value.Name);
    }

    /// <summary>The error of a node that returned null where a task should be.</summary>
    public string NoTask(PlanCall call, int graphNode)
    {
        string workflow = graphNode >= 0 ? plan.Graph.Nodes[graphNode].Owner : plan.Bound.Surface.Id;
        string node = call.Kind == CallKind.Class ? call.Member : NodeName.Of(call.Cref.TrimStart('@'));
        return Known.Services + "FlowEntry.NoTask(" + Known.Literal(workflow) + ", " + Known.Literal(node) + ")";
    }

    /// <summary>A value as what the entry gives.</summary>
    public string ResultOf(int value)
    {
        EntryDeclaration entry = plan.Bound.Surface.Entry!;
        return entry.ResultStrength == Strength.Outcome ? FrameEmitter.ResultType(entry) + ".Completed(" + Value(value) + ")" : Value(value);
    }

    public string Flag(int step) => isStraight ? Local(plan, "has" + NameOf(step)) : frame + "_has" + NameOf(step);

    public string Error(int step) => isStraight ? Local(plan, "failureOf" + NameOf(step)) : frame + "_failureOf" + NameOf(step);

    /// <summary>A made-up local of the entry, whose parameters have the author's names.</summary>
    public static string Local(ExecutionPlan plan, string name) =>
        plan.Bound.Surface.Entry!.Method.Parameters.Any(parameter => parameter.Name == name) ? "__" + name : name;

    public string Receiver(int scope)
    {
        PlanScope target = plan.Scopes[scope];
        return target.Shared ?? (Workflow + target.Receiver);
    }

    public string TypeOf(int scope) => plan.Scopes[scope].FullName;

    public string ScopeField(int scope)
    {
        string name = plan.Scopes[scope].Name.Length == 0 ? "activation" : "activationOf" + plan.Scopes[scope].Name;
        return isStraight ? Local(plan, name) : frame + "_" + name;
    }

    public string Token(int scope) => OwnToken ?? tokenOf(scope);

    public string Guard(PlanStep step) => Guard(step.Guard);

    public string Guard(EquatableArray<PlanTerm> guard) => string.Join(" && ", guard.Select(Term));

    /// <summary>Whether a failure counts: it has happened, and nobody who handles it runs.</summary>
    public string Verdict(PlanVerdict verdict)
    {
        string failed = Error(verdict.Failing) + " is not null";
        return verdict.Handling.Count == 0
            ? failed
            : failed + " && !(" + string.Join(" || ", verdict.Handling.Select(handling => "(" + Guard(plan.Steps[handling]) + ")")) + ")";
    }

    /// <summary>Whether a failure has happened that somebody handles.</summary>
    private string Caught(PlanFailure failure)
    {
        string error = Error(failure.Step);
        string caught = failure.Exception is { } type ? error + " is " + type : error + " is not null";
        return caught + string.Concat(failure.Nearer.Select(nearer => " and not " + nearer));
    }

    /// <summary>The failure itself, as the type that its handler takes.</summary>
    private string CaughtFailure(PlanArgument argument)
    {
        string type = argument.Type.Name;
        string cast = type == Known.Exception ? "" : "(" + type + ")";
        string text = cast + Error(argument.Failures[argument.Failures.Count - 1].Step) + "!";
        for (int i = argument.Failures.Count - 2; i >= 0; i--)
        {
            text = Caught(argument.Failures[i]) + " ? " + cast + Error(argument.Failures[i].Step) + "! : " + text;
        }

        return argument.Failures.Count > 1 ? "(" + text + ")" : text;
    }

    /// <summary>Several values as one: a tuple, itself, or nothing.</summary>
    public string Packed(EquatableArray<PlanArgument> values, int graphNode) => values.Count switch
    {
        0 => "default(" + Known.Unit + ")",
        1 => Argument(values[0], graphNode),
        _ => "(" + Arguments(values, graphNode) + ")",
    };

    public string Term(PlanTerm term)
    {
        if (term.Failures.Count > 0)
        {
            string failures = string.Join(" || ", term.Failures.Select(Caught));
            return term.Failures.Count > 1 ? "(" + failures + ")" : failures;
        }

        string present = string.Join(" || ", term.Steps.Where(step => plan.Steps[step].HasFlag).Select(Flag));
        if (term.Value < 0)
        {
            return term.Steps.Count > 1 ? "(" + present + ")" : present;
        }

        string value = Value(term.Value);
        string comparison;
        if (term.IsTruth)
        {
            comparison = term.Negated ? "!" + value : value;
        }
        else
        {
            comparison = string.Join(
                term.Negated ? " && " : " || ",
                term.Values.Select(constant => value + (term.Negated ? " != " : " == ") + constant));
            if (term.Values.Count > 1 && !term.Negated)
            {
                comparison = "(" + comparison + ")";
            }
        }

        return present.Length == 0 ? comparison : present + " && " + comparison;
    }

    public string Arguments(EquatableArray<PlanArgument> arguments, int graphNode) =>
        string.Join(", ", arguments.Select(argument => Argument(argument, graphNode)));

    public string Argument(PlanArgument argument, int graphNode)
    {
        string text = argument.Kind switch
        {
            ArgumentKind.CancellationToken => Token(argument.Scope),
            ArgumentKind.FlowContext => Context(graphNode),
            ArgumentKind.Service => frame + "Service<" + argument.Type.Name + ">(" + Known.Number(graphNode) + ")",
            ArgumentKind.State => State(argument),
            ArgumentKind.Element => "item",
            ArgumentKind.Exception => argument.Failures.Count > 0 ? CaughtFailure(argument) : OwnFailure(argument),
            ArgumentKind.Progress => "progress",
            ArgumentKind.More => "More()",
            ArgumentKind.Emitter => frame + "EmitterOf<" + argument.ElementType!.Annotated + ">(" + Known.Number(plan.Scopes[argument.Scope].GraphNode) + ", " + Known.Literal(argument.DefaultText) + ")",
            ArgumentKind.Default => argument.DefaultText,
            _ => ValueOf(argument),
        };
        return argument.Name.Length == 0 ? text : Known.Escape(argument.Name) + ": " + text;
    }

    private string Context(int graphNode)
    {
        string node = Known.Number(graphNode);
        string item = Item ?? (Attempt is null ? "" : "-1");
        return frame + "ContextOf(" + node + (item.Length == 0 ? "" : ", " + item) + (Attempt is null ? "" : ", " + Attempt) + ")";
    }

    private string OwnFailure(PlanArgument argument) =>
        argument.Type.Name == Known.Exception ? Failure! : "(" + argument.Type.Name + ")" + Failure;

    public string Instance(int scope, string name) =>
        (ElementScope ?? ScopeField(scope) + (isStraight ? "" : "!")) + "." + name;

    /// <summary>A sub-workflow is there once it has been left.</summary>
    private string NameOf(int step) =>
        plan.Steps[step].Kind == StepKind.Exit ? plan.Scopes[plan.Steps[step].Scope].Name : plan.Steps[step].Label;

    private string State(PlanArgument argument) => argument.IsRunScoped
        ? frame + "StateOfRun<" + argument.Type.Name + ">()"
        : Instance(argument.Scope, ScopeEmitter.StateProperty(argument.Type));

    private string ValueOf(PlanArgument argument) => argument.Combination == Combination.Gather
        ? Gather(argument)
        : argument.Strength switch
        {
            Strength.Required => Required(argument),
            Strength.Nullable => Nullable(argument),
            Strength.Optional => Optional(argument),
            _ => Outcome(argument),
        };

    public string Read(PlanSource source) => Value(source.Value) + source.Access + (source.IsVouchedFor ? "!" : "");

    /// <summary>The first source that is there; the last needs no test, for one of them is.</summary>
    private string Required(PlanArgument argument)
    {
        string text = Read(argument.Sources[argument.Sources.Count - 1]);
        for (int i = argument.Sources.Count - 2; i >= 0; i--)
        {
            PlanSource source = argument.Sources[i];
            text = source.Step < 0 ? Read(source) : Flag(source.Step) + " ? " + Read(source) + " : " + text;
        }

        return argument.Sources.Count > 1 ? "(" + text + ")" : text;
    }

    private string Nullable(PlanArgument argument)
    {
        string type = argument.Type.Name + "?";
        string text = "default(" + type + ")";
        for (int i = argument.Sources.Count - 1; i >= 0; i--)
        {
            PlanSource source = argument.Sources[i];
            string read = source.Access.Length > 0 && source.MayBeNull
                ? Value(source.Value) + "?" + source.Access
                : Read(source);
            text = source.Step < 0 ? read : Flag(source.Step) + " ? " + read + " : " + text;
        }

        return text;
    }

    private string Optional(PlanArgument argument)
    {
        string type = Known.Flow + "Optional<" + argument.Type.Name + ">";
        string text = "default(" + type + ")";
        for (int i = argument.Sources.Count - 1; i >= 0; i--)
        {
            PlanSource source = argument.Sources[i];
            string read = Present(source, "new " + type + "(", "default(" + type + ")");
            text = source.Step < 0 ? read : Flag(source.Step) + " ? " + read + " : " + text;
        }

        return text;
    }

    /// <summary>What is there comes first: a handler's value stands in for the failure that it has handled.</summary>
    private string Outcome(PlanArgument argument)
    {
        string type = Known.Flow + "Outcome<" + argument.Type.Name + ">";
        string text = type + ".Skipped";
        for (int i = 0; i < argument.Sources.Count; i++)
        {
            // The failure of a handler, which comes after its node, replaces that of the node.
            PlanSource source = argument.Sources[i];
            if (source.Step >= 0 && plan.Steps[source.Step] is { KeepsError: true, IsBestEffort: false })
            {
                text = Error(source.Step) + " is not null ? " + type + ".Failed(" + Error(source.Step) + ") : " + text;
            }
        }

        for (int i = argument.Sources.Count - 1; i >= 0; i--)
        {
            PlanSource source = argument.Sources[i];
            string read = Present(source, type + ".Completed(", type + ".Skipped");
            text = source.Step < 0 ? read : Flag(source.Step) + " ? " + read + " : " + text;
        }

        return text;
    }

    /// <summary>Nullability is presence: a value that is null is not there.</summary>
    private string Present(PlanSource source, string open, string absent)
    {
        bool mayBeNull = source.Access.Length > 0 ? source.MayBeNull || source.AccessMayBeNull : source.MayBeNull;
        if (!mayBeNull)
        {
            return open + Read(source) + ")";
        }

        string read = source.Access.Length > 0 && source.MayBeNull ? Value(source.Value) + "?" + source.Access : Read(source);
        string local = Local(plan, "there" + Known.Number(_locals++));
        return "(" + read + " is { } " + local + " ? " + open + local + ") : " + absent + ")";
    }

    private string Gather(PlanArgument argument)
    {
        string element = argument.ElementType!.Annotated;
        string list = argument.Sources.All(source => source.Step < 0)
            ? "new " + element + "[] { " + string.Join(", ", argument.Sources.Select(Read)) + " }"
            : "new " + Known.Services + "Gathering<" + element + ">(" + Known.Number(argument.Sources.Count) + ")"
                + string.Concat(argument.Sources.Select(source => ".Add(" + (source.Step < 0 ? "true" : Flag(source.Step)) + ", " + Read(source) + ")"))
                + ".ToArray()";
        string type = argument.Type.Name;
        (string there, string absent) = argument.Strength switch
        {
            Strength.Outcome => (Known.Flow + "Outcome<" + type + ">.Completed(" + list + ")", Known.Flow + "Outcome<" + type + ">.Skipped"),
            Strength.Optional => ("new " + Known.Flow + "Optional<" + type + ">(" + list + ")", "default(" + Known.Flow + "Optional<" + type + ">)"),
            Strength.Nullable => (list, "default(" + type + "?)"),
            _ => (list, ""),
        };
        bool mayLack = absent.Length > 0 && argument.Sources.All(source => source.Step >= 0);
        return mayLack
            ? string.Join(" || ", argument.Sources.Select(source => Flag(source.Step))) + " ? " + there + " : " + absent
            : there;
    }
}
