namespace FlowGen.Generator.Model;

/// <summary>What implements a body-less node, as far as its declaration can be followed.</summary>
internal sealed record TargetModel(NodeClassModel? Class, ChildModel? Child, WaitModel? Wait = null, ChoiceModel? Choice = null);

/// <summary>What a [Wait] publishes: its parameters.</summary>
/// <param name="Request">The only one's type, a named tuple of several, or <c>FlowUnit</c>.</param>
/// <param name="Parameters">Which of the method's parameters make it.</param>
/// <param name="CanSignal">Its types are there, and can be type arguments.</param>
internal sealed record WaitModel(TypeRef Request, EquatableArray<int> Parameters, bool CanSignal);

/// <summary>What a [DynamicSubWorkflow] may run.</summary>
/// <param name="References">Its parameters of type <c>FlowRef</c>; a sound one has one.</param>
/// <param name="Candidates">In the order named; null for anything.</param>
internal sealed record ChoiceModel(EquatableArray<FlowRefModel> References, EquatableArray<CandidateModel>? Candidates);

/// <param name="Parameter">Index among the method's parameters.</param>
/// <param name="Input">What the workflow takes.</param>
/// <param name="Output">What it gives.</param>
internal sealed record FlowRefModel(int Parameter, TypeRef Input, TypeRef Output);

/// <param name="Key">Full metadata name of the workflow whose nodes run; empty when it is none.</param>
/// <param name="IsWorkflow">It is a workflow that can be run: it has [Workflow] and one entry.</param>
/// <param name="Input">The <c>TIn</c> of its <c>IFlow</c>.</param>
/// <param name="Output">The <c>TOut</c>.</param>
internal sealed record CandidateModel(string Key, string FullName, string Display, bool IsWorkflow, bool IsExternal, TypeRef? Input, TypeRef? Output);

internal enum NodeClassProblem
{
    None,

    /// <summary>Not a concrete, accessible, closed class.</summary>
    NotUsable,

    /// <summary>Not exactly one public Execute or ExecuteAsync.</summary>
    NotOneMethod,
}

/// <summary>The class of a [Node&lt;T&gt;].</summary>
/// <param name="RunOn">What its own [Node] asks for.</param>
/// <param name="Constructors">Those that generated code could call; sorted by number of parameters, most first.</param>
internal sealed record NodeClassModel(
    NodeClassProblem Problem,
    TypeRef Type,
    string MethodName,
    ReturnShape Shape,
    TypeRef? Result,
    EquatableArray<ParameterModel> Parameters,
    EquatableArray<ConstructorModel> Constructors,
    CleanupKind Cleanup,
    bool IsPooled,
    int PoolMax,
    RunOn RunOn = RunOn.Inline);

internal sealed record ConstructorModel(EquatableArray<ConstructorParameter> Parameters);

internal sealed record ConstructorParameter(string Name, TypeRef Type, bool HasDefault);

/// <summary>The workflow of a [SubWorkflow].</summary>
/// <param name="Key">Full metadata name; empty when there is no such type.</param>
/// <param name="IsWorkflow">It has [Workflow].</param>
/// <param name="IsEnabled">Its [Workflow] says so.</param>
/// <param name="IsExternal">It comes from another assembly: its nodes cannot be seen.</param>
/// <param name="IsLinked">It runs in a frame of its own: it is generic, may be overridden, or comes from another assembly.</param>
/// <param name="EntryKey">Full metadata name of the workflow that declares its entry: itself, or a workflow that it derives from.</param>
/// <param name="Compiler">Version of FlowGen that compiled it, if it comes from another assembly; empty when none did.</param>
/// <param name="Entry">Its entry with the type arguments that it has here; null when it declares none or several.</param>
/// <param name="Members">Which members of <see cref="WorkflowModel.Held"/> hold one, by name.</param>
/// <param name="CanShare">It can be created without arguments.</param>
/// <param name="HasEntry">It declares exactly one entry.</param>
/// <param name="Result">Of its entry, unwrapped but with its strength.</param>
internal sealed record ChildModel(
    string Key,
    string FullName,
    string Display,
    bool IsWorkflow,
    bool IsEnabled,
    bool IsExternal,
    bool IsLinked,
    string EntryKey,
    string Compiler,
    EntryDeclaration? Entry,
    EquatableArray<string> Members,
    bool CanShare,
    bool HasEntry,
    ReturnShape Shape,
    TypeRef? Result,
    EquatableArray<ParameterModel> Parameters)
{
    /// <summary>It and its entry are: other assemblies can call it.</summary>
    public bool IsPublic { get; init; }
}
