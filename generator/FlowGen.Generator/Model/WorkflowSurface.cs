namespace FlowGen.Generator.Model;

/// <summary>
/// All that is needed to emit the public surface of a workflow, whether or not its graph makes sense: the broken workflow gets the
/// same members with throwing bodies.
/// </summary>
/// <param name="Key">Full metadata name (<c>Shop.Outer+Checkout</c>), unique in the assembly; children are found by it.</param>
/// <param name="Namespace">Empty for the global namespace.</param>
/// <param name="Containers">Containing types, outermost first, as headers to repeat (<c>partial class Outer</c>).</param>
/// <param name="Header">Its own header to repeat (<c>partial class Checkout</c>, <c>partial record Checkout</c>).</param>
/// <param name="Name">Its own name, escaped where it is a keyword.</param>
/// <param name="FullName"><c>global::Shop.Outer.Checkout</c>.</param>
/// <param name="Id">Workflow id: the attribute's, or the full type name.</param>
/// <param name="Entry">The partial entry method, or null when there is none.</param>
/// <param name="Bodyless">Partial methods without a body that a node class or a sub-workflow implements.</param>
/// <param name="NodeNames">Names of the nodes that are well enough declared to have one, in declaration order.</param>
/// <param name="PrimaryParameters">Names of the primary constructor's parameters, which only other members use.</param>
/// <param name="IsVisible">The whole assembly can name the type.</param>
/// <param name="IsExposed">Other assemblies can call it: it and its entry are public.</param>
/// <param name="IsGeneric">It, or a type around it, has type parameters.</param>
/// <param name="Impossible">Generated members that the class cannot have: it is static, or has one of that name already. Empty for a sound workflow.</param>
/// <param name="CanCreate">Generated code can make an object of it without arguments.</param>
/// <param name="BaseName">The workflow that it derives from (<c>global::Shop.Base</c>); null for none.</param>
internal sealed record WorkflowSurface(
    string Key,
    string Namespace,
    EquatableArray<string> Containers,
    string Header,
    string Name,
    string FullName,
    string Id,
    int Version,
    bool Enabled,
    bool IsSealed,
    EntryDeclaration? Entry,
    EquatableArray<MethodDeclaration> Bodyless,
    EquatableArray<string> NodeNames,
    bool IsVisible,
    bool IsExposed,
    bool IsGeneric,
    EquatableArray<string> PrimaryParameters,
    EquatableArray<string> Impossible,
    string? BaseName,
    bool CanCreate)
{
    /// <summary>It can have neither a handle nor an interface, which is an error: it has no objects, or its entry takes what nobody can keep.</summary>
    public bool IsBare { get; init; }

    /// <summary>A signature of it holds pointers, which is an error that its parts have to repeat.</summary>
    public bool IsUnsafe { get; init; }

    /// <summary>Who may see the handle of its runs.</summary>
    public EquatableArray<Confine> HandleConfines { get; init; } = EquatableArray<Confine>.Empty;

    /// <summary>What is added to it hides members of a base class that is no workflow.</summary>
    public bool HidesInherited { get; init; }
}

/// <summary>A partial method as its implementing part must repeat it.</summary>
/// <param name="Modifiers">In source order, without <c>partial</c>: <c>public</c>, <c>private</c>, <c>public virtual</c>; empty for none.</param>
/// <param name="ReturnText">The return type as written in full (<c>global::System.Threading.Tasks.ValueTask&lt;global::Shop.Receipt&gt;</c>).</param>
/// <param name="IsPartial">It implements what the author declared.</param>
internal sealed record MethodDeclaration(
    string Name,
    string Modifiers,
    string ReturnText,
    ReturnShape Shape,
    EquatableArray<ParameterDeclaration> Parameters,
    bool IsPartial = true)
{
    /// <summary><c>&lt;T&gt;</c>, which is an error that the implementing part has to repeat; empty for none.</summary>
    public string TypeParameters { get; init; } = "";

    /// <summary>What they must be, with a space in front: <c> where T : class</c>.</summary>
    public string Constraints { get; init; } = "";

    /// <summary>Its parameters have other names than their author gave them, two of which are equal.</summary>
    public bool IsRenamed { get; init; }

    /// <summary>The C# compiler would take no implementing part, and says so at the declaration.</summary>
    public bool IsRefused { get; init; }
}

/// <param name="Name">Without <c>@</c>.</param>
/// <param name="Type">Full text with annotations.</param>
/// <param name="Modifiers"><c>params</c>, <c>scoped</c> ... that the implementing part must repeat; empty for none.</param>
internal sealed record ParameterDeclaration(string Name, string Type, string Modifiers);

/// <param name="Method">The declaration.</param>
/// <param name="Inputs">Its data parameters, in order; sources of kind Input index into this.</param>
/// <param name="TokenParameter">Name of the CancellationToken parameter, if any.</param>
/// <param name="OptionsParameter">Name of the RunOptions parameter, if any.</param>
/// <param name="Result">What it returns once <c>Task</c>/<c>ValueTask</c> and strength are taken off; null for nothing.</param>
/// <param name="ResultStrength">Required, Nullable or Outcome.</param>
/// <param name="Documentation">The author's XML documentation comment of the entry (inner XML), or empty.</param>
/// <param name="IsOverridable">virtual, abstract or override and not sealed, in a class that is not sealed.</param>
/// <param name="IsVirtual">A call may come through a base class: virtual or override.</param>
internal sealed record EntryDeclaration(
    MethodDeclaration Method,
    EquatableArray<InputDeclaration> Inputs,
    string? TokenParameter,
    string? OptionsParameter,
    TypeRef? Result,
    Strength ResultStrength,
    string Documentation,
    bool IsOverridable,
    bool IsVirtual)
{
    /// <summary>What it returns once <c>Task</c>/<c>ValueTask</c> is taken off, strength included.</summary>
    public TypeRef? FullResult => Result is null ? null : ResultStrength switch
    {
        Strength.Outcome => new TypeRef(
            "global::FlowGen.Outcome<" + Result.Annotated + ">", "global::FlowGen.Outcome<" + Result.Key + ">", "Outcome<" + Result.Shown + ">",
            IsReference: false, IsNullable: false, IsValue: true),
        Strength.Nullable => Result with { IsNullable = true },
        _ => Result,
    };

    /// <summary><c>Run</c> rather than <c>RunAsync</c>: every node is synchronous.</summary>
    public bool IsSynchronous => Method.Shape is ReturnShape.Void or ReturnShape.Value;
}

/// <param name="DefaultText">Its default value as a C# expression; empty for none.</param>
internal sealed record InputDeclaration(string Name, TypeRef Type, string DefaultText);
