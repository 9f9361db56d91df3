namespace FlowGen.Generator.Model;

internal enum CallKind
{
    Method,
    Class,
    PredicateMethod,
    PredicateMember,

    /// <summary>Asks the outside; see <see cref="PlanCall.Wait"/>.</summary>
    Wait,
}

/// <param name="Scope">The activation whose workflow object or bundle is called.</param>
/// <param name="Member">Method, property, field or accessor; for a class the bundle's property.</param>
/// <param name="Method">For a class its Execute method.</param>
/// <param name="Cref">For the comment that names what is called.</param>
internal sealed record PlanCall(
    CallKind Kind,
    int Scope,
    string Member,
    string Method,
    bool IsStatic,
    ReturnShape Shape,
    EquatableArray<PlanArgument> Arguments,
    string Cref,
    PlanWait? Wait = null)
{
    /// <summary>Whether the callee is told of the run, so that there must be a frame.</summary>
    public bool AsksForRun => Arguments.Any(argument =>
        argument.Kind is ArgumentKind.FlowContext or ArgumentKind.Service or ArgumentKind.Emitter || argument.IsRunScoped);
}

/// <param name="Name">Parameter name, for named arguments; empty for positional.</param>
/// <param name="Sources">For values.</param>
/// <param name="Scope">For State: the bundle that holds it. For an emitter: the activation that names it.</param>
/// <param name="Failures">For the exception of a handler: which of them it is.</param>
internal sealed record PlanArgument(
    string Name,
    ArgumentKind Kind,
    Strength Strength,
    Combination Combination,
    EquatableArray<PlanSource> Sources,
    TypeRef Type,
    TypeRef? ElementType,
    int Scope,
    bool IsRunScoped,
    string DefaultText,
    EquatableArray<PlanFailure> Failures = default);

/// <param name="Value">What is read.</param>
/// <param name="Step">The step whose flag and error say whether it is there; -1 when it always is.</param>
/// <param name="MayBeNull">It can be null although it is there.</param>
/// <param name="AccessMayBeNull">What <paramref name="Access"/> reads can be.</param>
/// <param name="IsVouchedFor">What <paramref name="Access"/> reads cannot be null, and the C# compiler cannot see that.</param>
internal sealed record PlanSource(int Value, int Step, string Access, bool MayBeNull, bool AccessMayBeNull, bool IsVouchedFor = false);

/// <summary>An [Each] step: the loop class to emit and what it iterates.</summary>
/// <param name="Name">Class name part.</param>
/// <param name="Source">The collection.</param>
internal sealed record PlanEach(
    string Name,
    PlanArgument Source,
    SourceShape Shape,
    TypeRef ElementType,
    TypeRef? Result,
    int MaxParallelism,
    PlanArgument? MaxParallelismArgument,
    bool OnPool,
    PlanChild? Child,
    ElementScope? ElementScope,
    EachError OnError,
    PlanCall? Until,
    EachRest Rest,
    bool Grows);

/// <summary>A sub-workflow that runs in a frame of its own.</summary>
/// <param name="Receiver">As of a scope.</param>
/// <param name="Shared">As of a scope.</param>
/// <param name="Inputs">Of its entry, in order.</param>
/// <param name="Cleanup">The call's own mode.</param>
/// <param name="Result">What its entry returns, unwrapped; null for nothing.</param>
/// <param name="IsOutcome">It returns an outcome: its failure is a value.</param>
internal sealed record PlanChild(
    string FullName, string Receiver, string? Shared, EquatableArray<PlanArgument> Inputs, CleanupTiming? Cleanup, TypeRef? Result, bool IsOutcome);

/// <summary>The objects that one element in flight of an [Each] owns.</summary>
internal sealed record ElementScope(string Name, ClassTarget? Class, EquatableArray<StateClass> States, bool IsAsync);
