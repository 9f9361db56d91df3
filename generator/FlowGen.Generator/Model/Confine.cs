namespace FlowGen.Generator.Model;

/// <summary>What keeps code from naming a type: one of its levels, or of what it is made of, is not public, or is a type parameter. Nothing keeps code from a type without any.</summary>
/// <param name="Within">Metadata name of the class that a private or protected level is a member of, or of the generic class; empty for the assembly.</param>
internal sealed record Confine(ConfineKind Kind, string Within)
{
    public static readonly Confine Assembly = new(ConfineKind.Internal, "");

    /// <summary>The modifier of a member that everybody may be given who sees its class, or else everybody in the assembly; null where it would be nobody's.</summary>
    /// <param name="type">Of what the member is.</param>
    /// <param name="owner">Of the class that the member belongs to.</param>
    public static string? ModifierOf(EquatableArray<Confine> type, EquatableArray<Confine> owner)
        => type.All(confine => confine.Admits(owner)) ? "public"
            : type.All(confine => confine.Admits(owner.Append(Assembly))) ? "internal"
            : null;

    /// <summary>Whether everybody who sees the owner may name what is confined like this.</summary>
    private bool Admits(IEnumerable<Confine> owner) => owner.Any(other => Kind switch
    {
        ConfineKind.Internal or ConfineKind.ProtectedOrInternal => other.Kind is ConfineKind.Internal or ConfineKind.Private or ConfineKind.ProtectedAndInternal || other == this,
        ConfineKind.Private => other.Kind == ConfineKind.Private && IsAround(other),
        _ => other == this || (other.Kind == ConfineKind.Private && IsAround(other)),
    });

    private bool IsAround(Confine other) => other.Within == Within || other.Within.StartsWith(Within + "+", StringComparison.Ordinal);
}

/// <summary>Levels of access that are not public.</summary>
internal enum ConfineKind
{
    Internal,
    Private,
    Protected,
    ProtectedAndInternal,
    ProtectedOrInternal,

    /// <summary>Of a generic class, outside of which another type stands in its place.</summary>
    TypeParameter,
}
