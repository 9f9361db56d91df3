using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking.Drafts;

/// <summary>A value that can be bound: an input, the result of a node, or an element of a tuple result.</summary>
/// <param name="Name">What a parameter must be called to bind by name.</param>
/// <param name="Display">For messages (<c>Split.One</c>).</param>
/// <param name="Producer">Null for an input.</param>
/// <param name="MayBeNull">It may be null although its producer completed.</param>
internal sealed record ScopeValue(
    SourceKind Kind, int Index, string Name, string Display, string Access, TypeRef Type, bool MayBeNull, NodeDraft? Producer)
{
    /// <summary>Generated code has to say that it is there: the compiler tracks what a value type holds, and takes what was initialised with default! for null.</summary>
    public bool IsVouchedFor { get; init; }

    /// <summary>Two names of one value, whatever type it is seen as.</summary>
    public bool IsSameAs(ScopeValue other) => Kind == other.Kind && Index == other.Index && Access == other.Access;

    /// <summary>A part of this value.</summary>
    public ScopeValue Part(string display, string access, TypeRef type) => this with
    {
        Display = display,
        Access = access,
        Type = type,
        MayBeNull = MayBeNull || type.IsNullable,
        IsVouchedFor = !Type.IsReference && type.IsReference && !type.IsNullable,
    };

    public BoundSource ToSource() => new(Kind, Index, Access, MayBeNull, IsVouchedFor);
}
