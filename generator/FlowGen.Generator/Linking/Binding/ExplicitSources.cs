using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Linking.Drafts;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking.Binding;

/// <summary>[From], [FromFirst], [Each(nameof)] and [Input] end the search for a value (language.md B3; FG3004 - FG3006, FG3008, FG3014, FG6001).</summary>
internal static class ExplicitSources
{
    public static void Bind(WorkflowDraft draft)
    {
        foreach (ParameterDraft parameter in draft.Consumers.SelectMany(c => c.Parameters).Where(p => p is { IsData: true, Decision: Decision.Open }))
        {
            AttributeModel? named = NamingAttribute(parameter);
            if (named is not null)
            {
                parameter.IsExplicit = true;
                BindNamed(draft, parameter, named);
            }
            else if (parameter.Model.Find(FlowAttribute.Input) is not null)
            {
                parameter.IsExplicit = true;
                BindInput(draft, parameter);
            }
        }

        MarkResultRace(draft);
    }

    /// <summary>The attribute that names nodes, if one does.</summary>
    public static AttributeModel? NamingAttribute(ParameterDraft parameter)
        => parameter.Model.Find(FlowAttribute.From) ?? parameter.Model.Find(FlowAttribute.FromFirst) ?? (parameter.Each is { Arguments.Count: > 0 } each ? each : null);

    /// <summary>What a named node, and after it whoever stands in for it, offers to somebody who wants <paramref name="need"/>; null when that is an error.</summary>
    public static IReadOnlyList<ScopeValue>? Resolve(WorkflowDraft draft, Consumer? owner, Spot spot, AttributeModel attribute, int index, TypeRef need)
    {
        Spot argument = spot.AtArgument(attribute, index);
        string written = attribute.Arguments[index].Text ?? "";
        string name = NodeName.Of(written);
        if (name == owner?.Self?.Name)
        {
            draft.Issues.Add(Rule.NamesItself, argument, name);
            return null;
        }

        if (draft.Find(name) is not { } node)
        {
            if (!draft.NodeNames.Contains(name))
            {
                draft.Issues.Add(Rule.FromNotANode, argument, written, draft.Name);
            }

            return null;
        }

        if (node.Model.Value is null)
        {
            draft.Issues.Add(Rule.FromType, argument, node.Name, "nothing", need.Display);
            return null;
        }

        string? memberName = attribute.Text("Member");
        if (memberName is not null && draft.Types.Member(node.Model.Value, memberName) is null)
        {
            draft.Issues.Add(
                Rule.FromMember, spot.AtNamed(attribute, "Member"), node.Model.Value.Display, memberName, need.Display);
            return null;
        }

        return [.. node.Group.Where(n => n.Model.Value is not null).Select(n => Value(draft, n, memberName)).OfType<ScopeValue>()];
    }

    /// <summary>The nodes that race for the entry's result.</summary>
    private static void MarkResultRace(WorkflowDraft draft)
    {
        foreach (ConstantModel argument in draft.ResultRace?.Arguments ?? EquatableArray<ConstantModel>.Empty)
        {
            foreach (NodeDraft contestant in draft.Find(NodeName.Of(argument.Text ?? ""))?.Group ?? [])
            {
                contestant.Joins.Withdrawers.Add(draft);
            }
        }
    }

    /// <summary>A race needs two.</summary>
    public static bool IsTooFew(AttributeModel attribute)
        => attribute.Kind == FlowAttribute.FromFirst
            && attribute.Arguments.Select(a => NodeName.Of(a.Text ?? "")).Distinct(StringComparer.Ordinal).Count() < 2;

    private static ScopeValue? Value(WorkflowDraft draft, NodeDraft node, string? memberName)
    {
        ScopeValue value = Scope.Of(node);
        return memberName is null ? value
            : draft.Types.Member(value.Type, memberName) is not { } member ? null
            : value.Part(node.Name + "." + memberName, member.Access, member.Type);
    }

    private static void BindNamed(WorkflowDraft draft, ParameterDraft parameter, AttributeModel attribute)
    {
        if (IsTooFew(attribute))
        {
            draft.Issues.Add(Rule.RaceTooSmall, parameter.Spot.At(attribute));
            parameter.Fail();
            return;
        }

        if (attribute.Arguments.Count == 0)
        {
            draft.Issues.Add(Rule.FromNotANode, parameter.Spot.At(attribute), "", draft.Name);
            parameter.Fail();
            return;
        }

        List<IReadOnlyList<ScopeValue>> named = [];
        for (int i = 0; i < attribute.Arguments.Count; i++)
        {
            if (Resolve(draft, parameter.Owner, parameter.Spot, attribute, i, parameter.Model.Need) is { } values)
            {
                named.Add(values);
            }
        }

        bool isGather = IsGather(draft, parameter, attribute, named);
        if (named.Count < attribute.Arguments.Count || !(isGather || CheckTypes(draft, parameter, attribute, named)))
        {
            parameter.Fail();
            return;
        }

        List<ScopeValue> sources = Together(named);
        if (attribute.Kind != FlowAttribute.FromFirst)
        {
            parameter.Bind(isGather ? sources : Groups.Ordered(sources), isGather ? Combination.Gather : null);
            return;
        }

        parameter.CancelsLosers = attribute.Flag("CancelLosers", otherwise: true);
        sources.ForEach(s => s.Producer!.Joins.Withdrawers.Add(parameter));
        parameter.Bind(sources, Combination.First);
    }

    /// <summary>Each named value, followed by those of its handlers that are not there already.</summary>
    public static List<ScopeValue> Together(List<IReadOnlyList<ScopeValue>> named)
    {
        List<ScopeValue> sources = [];
        HashSet<NodeDraft> handlers = [];
        foreach (IReadOnlyList<ScopeValue> values in named)
        {
            if (!handlers.Contains(values[0].Producer!))
            {
                sources.Add(values[0]);
            }

            sources.AddRange(values.Skip(1).Where(v => handlers.Add(v.Producer!) && !sources.Exists(v.IsSameAs)));
        }

        return sources;
    }

    /// <summary>Several nodes and a list of what they yield.</summary>
    private static bool IsGather(WorkflowDraft draft, ParameterDraft parameter, AttributeModel attribute, List<IReadOnlyList<ScopeValue>> named)
        => attribute.Kind == FlowAttribute.From && named.Count > 1 && !parameter.IsElement
            && draft.Types[parameter.Model.Need] is { IsGatherable: true, Element: { } element }
            && named.TrueForAll(values => draft.Types.Converts(values[0].Type, element));

    private static bool CheckTypes(WorkflowDraft draft, ParameterDraft parameter, AttributeModel attribute, List<IReadOnlyList<ScopeValue>> named)
    {
        TypeRef need = parameter.Model.Need;
        for (int i = 0; i < named.Count; i++)
        {
            ScopeValue source = named[i][0];
            if (parameter.IsElement)
            {
                if (!draft.Types.HasElements(source.Type, need) || source.Type.Key != named[0][0].Type.Key)
                {
                    draft.Issues.Add(
                        Rule.EachSource, parameter.Spot.AtArgument(attribute, i), source.Display, source.Type.Display, need.Display);
                    return false;
                }
            }
            else if (!draft.Types.Converts(source.Type, need))
            {
                string? member = attribute.Text("Member");
                if (member is not null)
                {
                    draft.Issues.Add(
                        Rule.FromMember,
                        parameter.Spot.AtNamed(attribute, "Member"),
                        source.Producer!.Model.Value!.Display, member, need.Display);
                }
                else
                {
                    draft.Issues.Add(
                        Rule.FromType, parameter.Spot.AtArgument(attribute, i), source.Display, source.Type.Display, need.Display);
                }

                return false;
            }
        }

        return true;
    }

    /// <summary>The input of the parameter's name, or the only one of its type.</summary>
    private static void BindInput(WorkflowDraft draft, ParameterDraft parameter)
    {
        TypeRef need = parameter.Model.Need;
        List<ScopeValue> fitting = [.. draft.Values.Where(v => v.Producer is null && Candidates.Fits(draft, parameter, v))];
        ScopeValue? input = fitting.Find(v => string.Equals(v.Name, parameter.Model.Name, StringComparison.Ordinal))
            ?? fitting.Find(v => string.Equals(v.Name, parameter.Model.Name, StringComparison.OrdinalIgnoreCase))
            ?? (fitting is [var only] ? only : null);
        if (input is null)
        {
            draft.Issues.Add(Rule.NoInput, parameter.Spot, draft.Name, parameter.Model.Name, need.Display);
            parameter.Fail();
            return;
        }

        parameter.Bind([input]);
    }
}
