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
/// <param name="Reserved">Names that the generated surface needs and that something else than a node has.</param>
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
    EquatableArray<ReservedName> Reserved,
    EquatableArray<TypeFacts> Types,
    EquatableArray<MemberFacts> Members,
    BaseModel? Base,
    string? EntryOmission)
{
    /// <summary>Its own members that stand in the way of what its base workflow declares.</summary>
    public EquatableArray<Displacement> Displacements { get; init; } = EquatableArray<Displacement>.Empty;

    public Spot Spot => new(Surface.Key);

    /// <summary>It runs as its base workflow does.</summary>
    public bool InheritsEntry => Base is not null && Entries.Count == 0;
}

internal enum MissingReason
{
    /// <summary>There is none, or only a generator declares it.</summary>
    Unresolved,

    /// <summary>Only its own file can name it.</summary>
    FileLocal,

    /// <summary>It is static, or void: there are no values of it.</summary>
    NoValues,

    /// <summary>Less accessible than the members that have it in their signature.</summary>
    Hidden,
}

/// <summary>A type that generated code cannot name, or not where it has to.</summary>
internal sealed record MissingType(string Name, MissingReason Reason)
{
    /// <summary>What is wrong, for FG1013.</summary>
    public string Why => Reason switch
    {
        MissingReason.FileLocal => "is file-local, and generated code is another file: make it internal",
        MissingReason.NoValues => "has no values",
        MissingReason.Hidden => "is less accessible than the members that FlowGen generates for the entry: make it as accessible as the workflow",
        _ => "cannot be resolved; if another generator produces it, declare it in source or in a referenced project",
    };
}

internal enum DisplacementKind
{
    /// <summary>An override with a body of an entry: nothing would be compiled.</summary>
    WritesEntry,

    /// <summary>An override with a body, and without an attribute, of a node that has none.</summary>
    WritesNode,

    /// <summary>A member of the name and the signature of a node, or no method at all.</summary>
    HidesNode,

    /// <summary>The same of a member that conditions or policies ask.</summary>
    HidesCondition,
}

/// <param name="Of">The workflow that declares what is displaced.</param>
internal sealed record Displacement(DisplacementKind Kind, Spot Spot, string Name, string Of);

/// <summary>A name that generated members need.</summary>
/// <param name="What">What has it, for messages: <c>Property</c>.</param>
/// <param name="Others">Where it stands, too.</param>
internal sealed record ReservedName(string What, string Name, Spot Spot, EquatableArray<Spot> Others);

/// <param name="Display">The class's name in messages.</param>
/// <param name="IsPartial">Some part of it says <c>partial</c>.</param>
/// <param name="Refusal">Why it cannot be a workflow, to append to FG1011; null when it can. Empty: the rule's own words say it.</param>
/// <param name="CanEmit">A part may be added to it at all.</param>
internal sealed record ClassShape(string Display, bool IsPartial, string? Refusal, bool CanEmit)
{
    /// <summary>For the C# compiler the declaration is wrong, too, so that it ends before analyzers can speak.</summary>
    public bool BreaksDeclaration { get; init; }
}

/// <summary>An entry or a method with FlowGen attributes.</summary>
/// <param name="NodeName">Its name without <c>Async</c>.</param>
/// <param name="CodeName">Its name, escaped where it is a keyword.</param>
/// <param name="IsBodyless">A partial method whose body FlowGen would write.</param>
/// <param name="Result">Unwrapped; null for nothing.</param>
/// <param name="Value">What consumers see: the result, or where a parameter has [Each] an array of it or of its outcomes.</param>
/// <param name="Missing">A type in the return type that generated code cannot name; null if it can name all.</param>
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
    MissingType? Missing,
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
    /// <summary>It returns by reference, or something of the stack, so that nobody can keep it.</summary>
    public bool IsFleeting { get; init; }

    /// <summary>A partial method without the access modifier that C# asks for.</summary>
    public bool LacksAccess { get; init; }

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
/// <param name="IsByRef">It is by reference, a ref struct or has pointers, so that nobody can keep it.</param>
/// <param name="Missing">A type in it that generated code cannot name; null if it can name all.</param>
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
    MissingType? Missing,
    StateModel? State,
    TypeRef? Item,
    EquatableArray<AttributeModel> Attributes)
{
    /// <summary>In a signature of the entry: a type that nodes get from the run, so that an input of it reaches nobody.</summary>
    public bool IsGivenByRun { get; init; }

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
