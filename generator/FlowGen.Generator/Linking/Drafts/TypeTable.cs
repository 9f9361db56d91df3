using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking.Drafts;

/// <summary>The facts about the types of one workflow, by key.</summary>
internal sealed class TypeTable
{
    private readonly Dictionary<string, TypeFacts> _facts = new(StringComparer.Ordinal);
    private readonly HashSet<(string From, string To)> _conversions = [];
    private readonly Dictionary<(string Owner, string Name), MemberFacts> _members = [];

    public TypeTable(WorkflowModel model)
    {
        foreach (TypeFacts facts in model.Types)
        {
            _facts.Add(facts.Key, facts);
            foreach (string target in facts.ConvertsTo)
            {
                _conversions.Add((facts.Key, target));
            }
        }

        foreach (MemberFacts member in model.Members)
        {
            _members.Add((member.OwnerKey, member.Name), member);
        }
    }

    public TypeFacts this[TypeRef type] => _facts[type.Key];

    /// <summary>Identity or implicit reference conversion (language.md B4); says nothing about null.</summary>
    public bool Converts(TypeRef from, TypeRef to) => from.Key == to.Key || _conversions.Contains((from.Key, to.Key));

    /// <summary>Whether <paramref name="from"/> can be passed where <paramref name="to"/> is declared, null included.</summary>
    public bool Fits(TypeRef from, TypeRef to) => Converts(from, to) && (to.IsNullable || !from.IsNullable);

    /// <summary>Whether <paramref name="collection"/> has elements that convert to <paramref name="element"/>.</summary>
    public bool HasElements(TypeRef collection, TypeRef element)
        => this[collection] is { Element: { } actual } && Converts(actual, element);

    public MemberFacts? Member(TypeRef owner, string name)
        => _members.TryGetValue((owner.Key, name), out MemberFacts? member) ? member : null;
}
