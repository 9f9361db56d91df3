namespace FlowGen.Generator.Model;

/// <summary>Something FlowGen has to say about a workflow. It holds no position, so an edit that only moves lines changes nothing.</summary>
/// <param name="Arguments">Of the rule's message, in order.</param>
/// <param name="Additional">Other places that take part (the producers of an ambiguous value, the rest of a cycle).</param>
/// <param name="IsInformation">Milder than its rule: a warning that only informs here.</param>
internal sealed record Issue(
    string Id, Spot Spot, EquatableArray<string> Arguments, EquatableArray<Spot> Additional, bool IsInformation = false);

/// <summary>Which piece of a declaration a <see cref="Spot"/> means.</summary>
internal enum SpotPart
{
    /// <summary>The name of the type, member or parameter.</summary>
    Identifier,

    ReturnType,

    TypeParameters,

    /// <summary>The whole attribute, without its brackets.</summary>
    Attribute,

    /// <summary>The expression of a positional argument of the attribute.</summary>
    Argument,

    /// <summary>The expression of a named argument of the attribute.</summary>
    NamedArgument,

    /// <summary>The type argument of a generic attribute.</summary>
    TypeArgument,
}

/// <summary>
/// A place in the source that is described by names instead of positions. The analyzer looks it up in the live syntax; the
/// incremental models stay equal when code moves.
/// </summary>
/// <param name="Type">Full metadata name of the declaring type.</param>
/// <param name="Member">Name of the member; null for the type itself.</param>
/// <param name="Overload">Which of the members of that name, in declaration order.</param>
/// <param name="Parameter">Index of the member's parameter, or -1 for the member itself.</param>
/// <param name="OnReturn">The attribute stands on the return value.</param>
/// <param name="Attribute">Index among the FlowGen attributes of that type, member, parameter or return value.</param>
/// <param name="Argument">Index of a positional argument, or of an element of a named one; -1 for the whole of it.</param>
/// <param name="Name">Name of a named argument.</param>
internal sealed record Spot(
    string Type,
    string? Member = null,
    int Overload = 0,
    int Parameter = -1,
    bool OnReturn = false,
    SpotPart Part = SpotPart.Identifier,
    int Attribute = -1,
    int Argument = -1,
    string? Name = null)
{
    public Spot InParameter(int index) => this with { Parameter = index };

    public Spot AtReturnType() => this with { Part = SpotPart.ReturnType };

    public Spot AtTypeParameters() => this with { Part = SpotPart.TypeParameters };

    public Spot At(AttributeModel attribute)
        => this with { Part = SpotPart.Attribute, Attribute = attribute.Index, OnReturn = attribute.OnReturn };

    public Spot AtArgument(AttributeModel attribute, int argument)
        => At(attribute) with { Part = SpotPart.Argument, Argument = argument };

    public Spot AtNamed(AttributeModel attribute, string name) => At(attribute) with { Part = SpotPart.NamedArgument, Name = name };

    /// <summary>One element of an array.</summary>
    public Spot AtNamedElement(AttributeModel attribute, string name, int element) => AtNamed(attribute, name) with { Argument = element };

    public Spot AtTypeArgument(AttributeModel attribute) => At(attribute) with { Part = SpotPart.TypeArgument };
}
