namespace FlowGen.Generator.Model;

/// <summary>
/// What one [Workflow] class declares, read off its symbols and judged by nobody yet. It is everything that binding needs: the
/// targets of its body-less nodes and the conversions between its types are in it, so a workflow binds without looking at others.
/// </summary>
/// <remarks>
/// Holds no Roslyn object and no position. It is equal to its successor unless a signature or an attribute changed, so typing inside a
/// method ends the incremental pipeline here.
/// </remarks>
/// <param name="Workflow">The [Workflow] attribute itself.</param>
/// <param name="Entries">Body-less <c>RunAsync</c>/<c>Run</c> declarations that are not nodes; a sound workflow has one.</param>
/// <param name="Methods">Methods with FlowGen attributes, in declaration order.</param>
/// <param name="Predicates">Members that conditions name and that are not nodes, by name.</param>
/// <param name="Checks">Members that policies and joins name, by name.</param>
/// <param name="Timeouts">Of the class.</param>
/// <param name="Held">What the workflow object holds, in declaration order.</param>
/// <param name="MutableFields">Instance fields that can be assigned after construction.</param>
/// <param name="Reserved">Members that are not nodes and have a name that the generated surface needs.</param>
/// <param name="Types">By key, ordinal.</param>
/// <param name="Members">What <c>Member = nameof(...)</c> can mean, per type.</param>
/// <param name="Base">The workflow that it derives from.</param>
/// <param name="EntryOmission">What it does that takes an entry of its own, if it derives from a workflow and has none: <c>adds nodes to</c>.</param>
internal sealed record WorkflowModel(
    WorkflowSurface Surface,
    ClassShape Shape,
    AttributeModel Workflow,
    EquatableArray<MethodModel> Entries,
    EquatableArray<MethodModel> Methods,
    EquatableArray<PredicateModel> Predicates,
    EquatableArray<PredicateModel> Checks,
    EquatableArray<AttributeModel> Timeouts,
    EquatableArray<HeldModel> Held,
    EquatableArray<string> MutableFields,
    EquatableArray<string> Reserved,
    EquatableArray<TypeFacts> Types,
    EquatableArray<MemberFacts> Members,
    BaseModel? Base,
    string? EntryOmission)
{
    public Spot Spot => new(Surface.Key);

    /// <summary>It runs as its base workflow does.</summary>
    public bool InheritsEntry => Base is not null && Entries.Count == 0;
}

/// <param name="Display">The class's name in messages.</param>
/// <param name="IsPartial">Some part of it says <c>partial</c>.</param>
/// <param name="Refusal">Why it cannot be a workflow, to append to FG1011; null when it can. Empty: the rule's own words say it.</param>
/// <param name="CanEmit">A part may be added to it at all.</param>
internal sealed record ClassShape(string Display, bool IsPartial, string? Refusal, bool CanEmit);

/// <summary>An entry or a method with FlowGen attributes.</summary>
/// <param name="NodeName">Its name without <c>Async</c>.</param>
/// <param name="CodeName">Its name, escaped where it is a keyword.</param>
/// <param name="IsBodyless">A partial method whose body FlowGen would write.</param>
/// <param name="Result">Unwrapped; null for nothing.</param>
/// <param name="Value">What consumers see: the result, or where a parameter has [Each] an array of it or of its outcomes.</param>
/// <param name="Unresolved">Name of a type in the return type that does not exist; null if all do.</param>
/// <param name="Restrictions">Private types that it needs.</param>
/// <param name="Target">Of a body-less node.</param>
/// <param name="Documentation">One line: the author's summary, or empty.</param>
/// <param name="Level">Which class declares it, counted from the outermost base class.</param>
/// <param name="IsInherited">A base class declares it.</param>
/// <param name="IsHidden">It is private to a base class.</param>
internal sealed record MethodModel(
    Spot Spot,
    string Name,
    string NodeName,
    string CodeName,
    bool IsStatic,
    bool IsPrivate,
    bool IsGeneric,
    bool IsBodyless,
    bool IsAsyncVoid,
    bool IsVirtual,
    ReturnShape Shape,
    TypeRef? Result,
    TypeRef? Value,
    string? Unresolved,
    EquatableArray<Restriction> Restrictions,
    EquatableArray<ParameterModel> Parameters,
    EquatableArray<AttributeModel> Attributes,
    EquatableArray<AttributeModel> ReturnAttributes,
    TargetModel? Target,
    bool ResultIsState,
    string Documentation,
    int Level,
    bool IsInherited,
    bool IsHidden)
{
    public bool IsAsynchronous => Shape is not (ReturnShape.Void or ReturnShape.Value);

    public AttributeModel? Find(FlowAttribute kind)
    {
        foreach (AttributeModel attribute in Attributes)
        {
            if (attribute.Kind == kind)
            {
                return attribute;
            }
        }

        return null;
    }
}

/// <summary>A type that a parent, which flattens the node, could not name.</summary>
/// <param name="Spot">Where the type stands; for a [State] class, the class.</param>
/// <param name="IsInheritable">Derived classes could.</param>
internal sealed record Restriction(Spot Spot, string Type, bool IsState, bool IsInheritable);

internal enum ParameterRole
{
    Data,
    CancellationToken,
    FlowContext,
    RunOptions,
    State,
    Service,

    /// <summary>The failure that a [Catch], a [Compensate] or the condition of a [Retry] is about.</summary>
    Exception,

    /// <summary><c>Emitter&lt;T&gt;</c>.</summary>
    Emitter,

    /// <summary><c>More&lt;T&gt;</c>.</summary>
    More,

    /// <summary><c>EachProgress</c> in the rule of an [Each].</summary>
    Progress,
}

/// <param name="Type">As declared.</param>
/// <param name="Need">What it takes once strength is taken off.</param>
/// <param name="IsByRef">It is by reference or a ref struct.</param>
/// <param name="Unresolved">Name of a type in it that does not exist; null if all do.</param>
/// <param name="State">For a [State] parameter.</param>
/// <param name="Item">The <c>T</c> of an emitter or of <c>More&lt;T&gt;</c>.</param>
internal sealed record ParameterModel(
    string Name,
    ParameterRole Role,
    TypeRef Type,
    Strength Strength,
    TypeRef Need,
    bool HasDefault,
    bool IsByRef,
    string? Unresolved,
    StateModel? State,
    TypeRef? Item,
    EquatableArray<AttributeModel> Attributes)
{
    public AttributeModel? Find(FlowAttribute kind)
    {
        foreach (AttributeModel attribute in Attributes)
        {
            if (attribute.Kind == kind)
            {
                return attribute;
            }
        }

        return null;
    }
}

/// <summary>A [State] class that a node takes.</summary>
/// <param name="HasConstructor">It can be created without arguments.</param>
/// <param name="Spot">Its declaration, if it is in this project.</param>
internal sealed record StateModel(StateClass Class, bool HasConstructor, Spot? Spot);

/// <summary>A member that conditions, policies or joins name and that is not a node.</summary>
/// <param name="Name">As they call it.</param>
/// <param name="MemberName">Of the member to read: a field may stand for the constructor parameter that initialises it.</param>
/// <param name="Type">Its value's type; null when it has none.</param>
/// <param name="IsAsynchronous">It returns a task.</param>
/// <param name="IsAmbiguous">An overloaded or generic method.</param>
/// <param name="IsHidden">It is private to a base class.</param>
internal sealed record PredicateModel(
    Spot Spot,
    string Name,
    string MemberName,
    PredicateKind Kind,
    bool IsStatic,
    bool IsPrivate,
    bool IsAsynchronous,
    bool IsAmbiguous,
    TypeRef? Type,
    EquatableArray<Restriction> Restrictions,
    EquatableArray<ParameterModel> Parameters,
    bool IsHidden);

/// <param name="Name">As the source calls it.</param>
/// <param name="Alias">The constructor parameter that initialises it and that it therefore stands for; null if none.</param>
/// <param name="Level">Of the class that declares it, as of a method.</param>
internal sealed record HeldModel(string Name, string? Alias, int Level, HeldMember Member)
{
    public bool IsSeenFrom(int level) => Level == level || (Level < level && !Member.IsHidden);
}

/// <summary>The workflow that a workflow derives from.</summary>
/// <param name="IsExternal">It comes from another assembly, so that its private nodes cannot be seen.</param>
internal sealed record BaseModel(string Key, string FullName, string Display, bool IsExternal);
