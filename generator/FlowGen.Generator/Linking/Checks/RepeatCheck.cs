using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Linking.Drafts;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking.Checks;

/// <summary>[Repeat] and [Carry] (FG6004 - FG6008).</summary>
internal static class RepeatCheck
{
    public static void Run(WorkflowDraft draft, NodeDraft node)
    {
        List<ParameterDraft> carried = [.. node.Parameters.Where(p => p.Model.Find(FlowAttribute.Carry) is not null)];
        if (node.Model.Find(FlowAttribute.Repeat) is not { } repeat)
        {
            foreach (ParameterDraft parameter in carried)
            {
                draft.Issues.Add(Rule.CarryAlone, parameter.Spot, node.Name);
            }

            return;
        }

        PolicyCheck.CheckNegative(draft, node.Spot, repeat, "MaxIterations", "DelayMs");
        if (node.Each is not null)
        {
            draft.Issues.Add(Rule.RepeatEach, node.Spot.At(repeat), node.Name);
            return;
        }

        bool isWhile = repeat.Find("While") is not null;
        if (isWhile == repeat.Find("Until") is not null)
        {
            draft.Issues.Add(Rule.RepeatCondition, node.Spot.At(repeat), node.Name);
            return;
        }

        CheckDraft? check = CheckMembers.Condition(draft, node, repeat, isWhile ? "While" : "Until");
        if (FindCarry(draft, node, repeat, carried, out ParameterDraft? carry) && check is not null)
        {
            node.Policies.Repeat = new RepeatDraft(repeat, check, isWhile, carry);
        }
    }

    /// <summary>The parameter that says so, or the only one that has the type of the result.</summary>
    private static bool FindCarry(WorkflowDraft draft, NodeDraft node, AttributeModel repeat, List<ParameterDraft> carried, out ParameterDraft? carry)
    {
        carry = null;
        if (node.Model.Result is not { } result)
        {
            if (carried.Count > 0)
            {
                draft.Issues.Add(Rule.RepeatCarry, node.Spot.At(repeat), node.Name, "no [Carry] parameter, because it yields nothing");
            }

            return carried.Count == 0;
        }

        List<ParameterDraft> fitting = carried.Count > 0 ? carried : [.. node.Parameters.Where(p => p.IsData && p.Model.Need.Key == result.Key)];
        if (fitting is [{ IsData: true } only] && draft.Types.Fits(result, only.Model.Type))
        {
            carry = only;
            return true;
        }

        draft.Issues.Add(Rule.RepeatCarry, node.Spot.At(repeat), node.Name, $"exactly one [Carry] parameter of type '{result.Shown}'");
        return false;
    }
}
