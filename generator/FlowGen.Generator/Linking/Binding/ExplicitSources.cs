using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Linking.Drafts;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking.Binding;

/// <summary>[From], [Each(nameof)] and [Input] end the search for a value (language.md B3; FG3004 - FG3006, FG3014, FG6001).</summary>
internal static class ExplicitSources
{
    public static void Bind(WorkflowDraft draft)
    {
        foreach (ParameterDraft parameter in draft.Consumers.SelectMany(c => c.Parameters).Where(p => p.IsData))
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
    }

    /// <summary>The attribute that names nodes, if one does.</summary>
    public static AttributeModel? NamingAttribute(ParameterDraft parameter)
        => parameter.Model.Find(FlowAttribute.From) ?? (parameter.Each is { Arguments.Count: > 0 } each ? each : null);

    /// <summary>What a named node offers to somebody who wants <paramref name="need"/>, or null when that is an error.</summary>
    public static ScopeValue? Resolve(WorkflowDraft draft, Consumer? owner, Spot spot, AttributeModel attribute, int index, TypeRef need)
    {
        Spot argument = spot.AtArgument(attribute, index);
        string written = attribute.Arguments[index].Text ?? "";
        string name = NodeName.Of(written);
        if (owner is NodeDraft && name == owner.Name)
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

        ScopeValue value = Scope.Of(node);
        if (attribute.Text("Member") is not { } memberName)
        {
            return value;
        }

        if (draft.Types.Member(value.Type, memberName) is not { } member)
        {
            draft.Issues.Add(
                Rule.FromMember, spot.AtNamed(attribute, "Member"), value.Type.Display, memberName, need.Display);
            return null;
        }

        return value with
        {
            Display = node.Name + "." + memberName,
            Access = member.Access,
            Type = member.Type,
            MayBeNull = value.MayBeNull || member.Type.IsNullable,
        };
    }

    private static void BindNamed(WorkflowDraft draft, ParameterDraft parameter, AttributeModel attribute)
    {
        if (attribute.Arguments.Count == 0)
        {
            draft.Issues.Add(Rule.FromNotANode, parameter.Spot.At(attribute), "", draft.Name);
            parameter.Fail();
            return;
        }

        List<ScopeValue> sources = [];
        for (int i = 0; i < attribute.Arguments.Count; i++)
        {
            if (Resolve(draft, parameter.Owner, parameter.Spot, attribute, i, parameter.Model.Need) is { } value)
            {
                sources.Add(value);
            }
        }

        if (sources.Count < attribute.Arguments.Count || !CheckTypes(draft, parameter, attribute, sources, out bool isGather))
        {
            parameter.Fail();
            return;
        }

        parameter.Bind(sources, isGather ? Combination.Gather : null);
    }

    private static bool CheckTypes(
        WorkflowDraft draft, ParameterDraft parameter, AttributeModel attribute, List<ScopeValue> sources, out bool isGather)
    {
        TypeRef need = parameter.Model.Need;
        TypeFacts facts = draft.Types[need];
        isGather = !parameter.IsElement && sources.Count > 1 && facts is { IsGatherable: true, Element: not null }
            && sources.TrueForAll(s => draft.Types.Converts(s.Type, facts.Element));
        if (isGather)
        {
            return true;
        }

        for (int i = 0; i < sources.Count; i++)
        {
            ScopeValue source = sources[i];
            if (parameter.IsElement)
            {
                if (!draft.Types.HasElements(source.Type, need) || source.Type.Key != sources[0].Type.Key)
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
