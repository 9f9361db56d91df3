namespace FlowGen.Generator.Model;

/// <summary>What binding has to know about a type that occurs in a workflow, so that it needs no symbols.</summary>
/// <param name="ConvertsTo">Keys of the other types of this workflow that it converts to by an implicit reference conversion; ordinal.</param>
/// <param name="SaysNothing">A framework type: it binds by name (language.md B7).</param>
/// <param name="Shape">How to walk it, for a collection.</param>
/// <param name="Element">Element type, for a collection.</param>
/// <param name="IsGatherable">An array of <paramref name="Element"/> converts to it.</param>
/// <param name="TupleElements">Of a tuple, under their names.</param>
/// <param name="Choices">All its values (bool, and enums that are no flags); empty for an open set.</param>
internal sealed record TypeFacts(
    string Key,
    EquatableArray<string> ConvertsTo,
    bool SaysNothing,
    bool IsBool,
    SourceShape? Shape,
    TypeRef? Element,
    bool IsGatherable,
    EquatableArray<TupleElement> TupleElements,
    EquatableArray<Choice> Choices)
{
    /// <summary>What keeps code from naming it.</summary>
    public EquatableArray<Confine> Confines { get; init; } = EquatableArray<Confine>.Empty;
}

/// <param name="Access">How code reaches it (<c>.Item1</c>).</param>
internal sealed record TupleElement(string Name, string Access, TypeRef Type);

/// <summary>A value that a condition can ask for.</summary>
/// <param name="Text">Its identity, as in <see cref="ConstantModel.Text"/>.</param>
/// <param name="Display">For people.</param>
internal sealed record Choice(string Text, string Display);

/// <summary>What <c>Member = nameof(<paramref name="Name"/>)</c> means on a type; absent from the model when it means nothing.</summary>
internal sealed record MemberFacts(string OwnerKey, string Name, string Access, TypeRef Type);
