using FlowGen.Generator.Lowering;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Emission;

/// <summary>Prints the hidden members through which frames, and workflows that contain this one, reach what is private to it.</summary>
internal static class MembersEmitter
{
    public static void Emit(CodeWriter writer, ExecutionPlan plan)
    {
        BoundWorkflow workflow = plan.Bound;
        string access = plan.IsUsedAsChild ? "internal" : "private";
        EmitAccessors(writer, workflow, access);
        EmitShared(writer, workflow, access);
        if (plan.IsUsedAsChild)
        {
            EmitThunks(writer, workflow);
            EmitRunWithin(writer, plan);
        }
    }

    private static void EmitAccessors(CodeWriter writer, BoundWorkflow workflow, string access)
    {
        var members = new SortedDictionary<string, HeldMember>(StringComparer.Ordinal);
        foreach (BoundNode node in workflow.Nodes)
        {
            if (node.ChildTarget?.Member is { } child)
            {
                members[child.Name] = child;
            }

            foreach (HeldMember member in node.ClassTarget?.ConstructorMembers ?? EquatableArray<HeldMember>.Empty)
            {
                members[member.Name] = member;
            }
        }

        foreach (HeldMember member in members.Values)
        {
            Hide(writer);
            writer.Line(access + " " + member.Type.Annotated + " " + FlowNames.Accessor(member.Name) + " => " + Known.Escape(member.Name) + ";");
        }

        foreach (BoundPredicate predicate in workflow.Predicates.Where(predicate => predicate.Kind != PredicateKind.Method && !members.ContainsKey(predicate.Name)))
        {
            Hide(writer);
            writer.Line(access + " " + predicate.Type.Annotated + " " + FlowNames.Accessor(predicate.Name) + " => " + Known.Escape(predicate.Name) + ";");
        }
    }

    private static void EmitShared(CodeWriter writer, BoundWorkflow workflow, string access)
    {
        foreach (BoundNode node in workflow.Nodes.Where(node => node.ChildTarget is { Member: null }))
        {
            string type = node.ChildTarget!.FullName;
            Hide(writer);
            writer.Line(access + " static " + type + " " + PlanBuilder.SharedName(node) + " { get; } = new " + type + "();");
        }
    }

    private static void EmitThunks(CodeWriter writer, BoundWorkflow workflow)
    {
        foreach (BoundNode node in workflow.Nodes.Where(node => node.Kind == NodeKind.Method && node.IsPrivate))
        {
            Hide(writer);
            string result = node.Result?.Annotated ?? "";
            string returns = node.Shape switch
            {
                ReturnShape.Void => "void",
                ReturnShape.Value => result,
                ReturnShape.Task => Known.Tasks + "Task",
                ReturnShape.TaskOfT => Known.Tasks + "Task<" + result + ">",
                ReturnShape.ValueTask => Known.ValueTask(null),
                _ => Known.ValueTask(result),
            };
            EmitThunk(writer, returns, node.MethodName, node.Arguments);
        }

        foreach (BoundPredicate predicate in workflow.Predicates.Where(predicate => predicate.Kind == PredicateKind.Method && predicate.IsPrivate))
        {
            Hide(writer);
            EmitThunk(writer, predicate.Type.Annotated, predicate.Name, predicate.Arguments);
        }
    }

    private static void EmitThunk(CodeWriter writer, string returns, string method, EquatableArray<BoundArgument> arguments)
    {
        string parameters = string.Join(", ", arguments.Select(argument => argument.Type.Annotated + " " + Known.Escape(argument.Parameter)));
        string passed = string.Join(", ", arguments.Select(argument => Known.Escape(argument.Parameter)));
        writer.Line("internal " + returns + " " + FlowNames.Accessor(method) + "(" + parameters + ") => " + method + "(" + passed + ");");
    }

    private static void EmitRunWithin(CodeWriter writer, ExecutionPlan plan)
    {
        EntryDeclaration entry = plan.Bound.Surface.Entry!;
        string? result = entry.Result is null ? null : FrameEmitter.ResultType(entry);
        string parameters = string.Concat(plan.Values.Where(value => value.InputIndex >= 0).Select(value => value.Type + " " + Known.Escape(value.Name) + ", "));
        string passed = string.Concat(plan.Values.Where(value => value.InputIndex >= 0).Select(value => Known.Escape(value.Name) + ", "));
        Hide(writer);
        writer.Line("internal " + Known.ValueTask(result) + " __RunWithin(" + Known.Services + "FlowFrame parent, int node, int item, "
            + Known.Flow + "CleanupMode? cleanup, bool isLimited, " + parameters + Known.CancellationToken + " token) =>");
        writer.Line(plan.Bound.Surface.Enabled
            ? "    __Frame.RunWithin(parent, node, item, cleanup, isLimited, this, " + passed + "token);"
            : "    throw " + Known.Services + "FlowEntry.DisabledAt(" + Known.Literal(plan.Bound.Surface.Id) + ", parent, node);");
    }

    private static void Hide(CodeWriter writer)
    {
        writer.Line();
        writer.Line(Known.Hidden);
        writer.Line(Known.Generated);
    }
}
