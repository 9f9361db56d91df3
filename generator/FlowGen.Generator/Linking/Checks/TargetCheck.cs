using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Emission;
using FlowGen.Generator.Linking.Drafts;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking.Checks;

/// <summary>What implements the body-less nodes, and what they need for it (FG2010, FG2011, FG2016, FG5004 - FG5006).</summary>
internal static class TargetCheck
{
    public static void Run(WorkflowDraft draft)
    {
        foreach (NodeDraft node in draft.Nodes)
        {
            if (node.Model.Target?.Class is { } nodeClass)
            {
                CheckClass(draft, node, nodeClass);
            }
            else if (node.Model.Target?.Child is { } child)
            {
                CheckChild(draft, node, child);
            }
        }
    }

    private static void CheckClass(WorkflowDraft draft, NodeDraft node, NodeClassModel target)
    {
        Spot spot = node.Spot.AtTypeArgument(node.KindAttribute);
        string name = target.Type.Display;
        if (target.Problem == NodeClassProblem.NotUsable || (target.Problem == NodeClassProblem.None && target.Constructors.Count == 0))
        {
            draft.Issues.Add(Rule.NodeClass, spot, name);
            return;
        }

        if (target.Problem == NodeClassProblem.NotOneMethod)
        {
            draft.Issues.Add(Rule.ExecuteMethod, spot, name);
            return;
        }

        foreach (ParameterModel parameter in target.Parameters)
        {
            if (parameter.Missing is { } type)
            {
                draft.Issues.Add(Rule.UnresolvedType, spot, type.Name, $"parameter '{parameter.Name}' of '{name}'", type.Why);
            }
            else if (parameter.IsByRef)
            {
                draft.Issues.Add(Rule.NodeParameter, spot, parameter.Name);
            }
        }

        EquatableArray<HeldMember>? members = FindConstructor(draft, node, target, out ConstructorParameter? missing);
        if (members is null)
        {
            draft.Issues.Add(Rule.MissingDependency, spot, name, missing!.Type.Shown, draft.Name);
        }

        EquatableArray<TargetParameter> parameters = TargetMatch.Match(draft, node, name, target.Parameters, target.Shape, target.Result);
        node.ClassTarget = new ClassTarget(
            target.Type,
            target.MethodName,
            target.Shape,
            target.Result,
            parameters,
            members ?? EquatableArray<HeldMember>.Empty,
            target.Cleanup,
            target.IsPooled,
            target.PoolMax);
    }

    /// <summary>The largest constructor whose parameters the workflow holds; null with the first gap of the smallest one.</summary>
    private static EquatableArray<HeldMember>? FindConstructor(WorkflowDraft draft, NodeDraft node, NodeClassModel target, out ConstructorParameter? missing)
    {
        missing = null;
        foreach (ConstructorModel constructor in target.Constructors)
        {
            List<HeldMember> members = [];
            missing = null;
            foreach (ConstructorParameter parameter in constructor.Parameters)
            {
                if (FindHeld(draft, node, parameter) is { } member)
                {
                    members.Add(member);
                    continue;
                }

                // Everything after an omitted argument has to be omitted, too.
                missing = constructor.Parameters.Skip(members.Count).FirstOrDefault(p => !p.HasDefault);
                break;
            }

            if (missing is null)
            {
                return members.ToEquatableArray();
            }
        }

        return null;
    }

    /// <summary>By type; among several of one type, the one called like the parameter, or else the first.</summary>
    private static HeldMember? FindHeld(WorkflowDraft draft, NodeDraft node, ConstructorParameter parameter)
    {
        List<HeldModel> fitting = [.. draft.Model.Held.Where(h => h.IsSeenFrom(node.Model.Level) && draft.Types.Fits(h.Member.Type, parameter.Type))];
        HeldModel? named = fitting.Find(h => string.Equals(h.Name.TrimStart('_'), parameter.Name, StringComparison.OrdinalIgnoreCase));
        return (named ?? fitting.FirstOrDefault())?.Member;
    }

    private static void CheckChild(WorkflowDraft draft, NodeDraft node, ChildModel child)
    {
        bool isGeneric = node.KindAttribute.Kind == FlowAttribute.SubWorkflowOf;
        Spot spot = isGeneric ? node.Spot.AtTypeArgument(node.KindAttribute) : node.Spot.AtArgument(node.KindAttribute, 0);
        if (!child.IsWorkflow)
        {
            draft.Issues.Add(Rule.ChildNotAWorkflow, spot, child.Display);
            return;
        }

        if (isGeneric && child.Members.Count == 0 && !child.CanShare)
        {
            draft.Issues.Add(Rule.ChildNotHeld, spot, draft.Name, child.Display);
        }
        else if (isGeneric && child.Members.Count > 1)
        {
            draft.Issues.Add(Rule.ChildHeldTwice, spot, draft.Name, child.Display, string.Join(", ", child.Members));
        }

        if (child.IsExternal && !IsCompatible(child.Compiler))
        {
            draft.Issues.Add(Rule.ChildIncompatible, spot, child.Display, child.Compiler.Length > 0
                ? $"was compiled by FlowGen {child.Compiler}, this project by FlowGen {Known.Version}; build both with the same major version"
                : child.IsPublic ? "was compiled by no version of FlowGen that can be linked to"
                : "or its entry is not public, so that no other assembly can link it");
            return;
        }

        if (!child.HasEntry)
        {
            // Reported where the child is declared.
            return;
        }

        EquatableArray<TargetParameter> inputs = TargetMatch.Match(
            draft, node, child.Display, child.Parameters.Where(p => p.Role == ParameterRole.Data).ToEquatableArray(), child.Shape, child.Result);
        HeldMember? member = child.Members.Count == 0
            ? null
            : draft.Model.Held.First(h => h.Name == child.Members[0] && h.IsSeenFrom(node.Model.Level)).Member;
        CleanupTiming? cleanup = node.KindAttribute.Find("Cleanup")?.Number is { } mode ? (CleanupTiming)mode : null;
        ChildLink link = child.IsExternal ? ChildLink.External : child.IsLinked ? ChildLink.Known : ChildLink.None;
        node.ChildTarget = new ChildTarget(child.EntryKey, child.FullName, member, inputs, cleanup, child.Entry!, link);
        if (child.IsExternal)
        {
            draft.Issues.Add(Rule.ChildExternal, spot, child.Display);
        }
    }

    /// <summary>What generated code calls stays the same within one major version.</summary>
    private static bool IsCompatible(string compiler) => compiler.Split('.')[0] == Known.Version.Split('.')[0];
}
