namespace FlowGen.Generator.Model;

/// <summary>What implements a body-less node, as far as its declaration can be followed.</summary>
internal sealed record TargetModel(NodeClassModel? Class, ChildModel? Child);

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
    EquatableArray<ParameterModel> Parameters);
