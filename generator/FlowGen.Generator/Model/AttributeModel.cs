namespace FlowGen.Generator.Model;

/// <summary>The attributes that an author writes; the names of the runtime's classes without <c>Attribute</c>.</summary>
internal enum FlowAttribute
{
    Workflow,
    Node,
    NodeOf,
    SubWorkflow,
    SubWorkflowOf,
    State,
    Pooled,
    After,
    Needs,
    NeedsAny,
    When,
    Unless,
    Otherwise,
    BestEffort,
    From,
    Input,
    Each,
    Service,
    Retry,
    RetryOf,
    Timeout,
    Repeat,
    Carry,
    Catch,
    Compensate,
    FromFirst,
    AfterAny,
    ReadyWhen,
    Cancels,
    Exclusive,
    MaxConcurrent,
    End,
    Wait,
    DynamicSubWorkflow,
}

/// <summary>One FlowGen attribute as written.</summary>
/// <param name="Index">Among the FlowGen attributes of its target, in source order.</param>
/// <param name="Written">Its name for messages (<c>SubWorkflow</c>).</param>
/// <param name="OnReturn">It stands on a return value.</param>
/// <param name="Arguments">Positional, with a <c>params</c> array laid out flat.</param>
/// <param name="Named">In source order.</param>
/// <param name="TypeArgument">Of [Retry&lt;T&gt;] and [Exclusive&lt;T&gt;].</param>
internal sealed record AttributeModel(
    FlowAttribute Kind,
    int Index,
    string Written,
    bool OnReturn,
    EquatableArray<ConstantModel> Arguments,
    EquatableArray<NamedConstant> Named,
    TypeRef? TypeArgument)
{
    /// <summary>A file-local type in the type argument, which generated code cannot name.</summary>
    public MissingType? Missing { get; init; }

    /// <summary>The node kinds: what makes a method a node.</summary>
    public bool IsNodeKind => IsBodyless || Kind is FlowAttribute.Node or FlowAttribute.Catch;

    /// <summary>A node implemented by something else: its method has no body.</summary>
    public bool IsBodyless => IsImplementedElsewhere(Kind);

    /// <summary>It makes a node or a compensation of a method.</summary>
    public static bool SaysKind(FlowAttribute kind) => IsImplementedElsewhere(kind) || kind is FlowAttribute.Node or FlowAttribute.Catch or FlowAttribute.Compensate;

    private static bool IsImplementedElsewhere(FlowAttribute kind)
        => kind is FlowAttribute.NodeOf or FlowAttribute.SubWorkflow or FlowAttribute.SubWorkflowOf or FlowAttribute.Wait or FlowAttribute.DynamicSubWorkflow;

    public ConstantModel? Find(string name)
    {
        foreach (NamedConstant named in Named)
        {
            if (named.Name == name)
            {
                return named.Value;
            }
        }

        return null;
    }

    public string? Text(string name) => Find(name)?.Text;

    public int Number(string name, int otherwise) => Find(name)?.Number ?? otherwise;

    public bool Flag(string name, bool otherwise) => Find(name) is { Text: { } text } ? text == "True" : otherwise;
}

internal sealed record NamedConstant(string Name, ConstantModel Value);

/// <summary>A constant of an attribute argument.</summary>
/// <param name="Text">Its value as invariant text (enum members as their number); null for null.</param>
/// <param name="TypeKey">Identity of its type; empty for null.</param>
/// <param name="TypeDisplay">Its type, for messages.</param>
/// <param name="Code">The expression in full (<c>global::Desk.Route.Billing</c>).</param>
/// <param name="Display">For people (<c>Billing</c>).</param>
/// <param name="IsLiteral">Written as a string literal where <c>nameof</c> would survive a rename.</param>
internal sealed record ConstantModel(string? Text, string TypeKey, string TypeDisplay, string Code, string Display, bool IsLiteral)
{
    /// <summary>One of FlowGen's own enums has no member of that value.</summary>
    public bool IsUnknownOption { get; init; }

    /// <summary>Its value as a number, if it is one.</summary>
    public int? Number
        => int.TryParse(Text, System.Globalization.NumberStyles.Integer, System.Globalization.CultureInfo.InvariantCulture, out int value)
            ? value
            : null;
}
