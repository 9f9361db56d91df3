using FlowGen.Generator.Lowering;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Emission;

/// <summary>Prints the hidden members through which frames, and workflows that contain this one, reach what is private to it.</summary>
internal static class MembersEmitter
{
    public static void Emit(CodeWriter writer, ExecutionPlan plan)
    {
        BoundWorkflow workflow = plan.Bound;
        string access = plan.IsReached ? "internal" : "private";
        EmitAccessors(writer, workflow, access);
        EmitShared(writer, workflow, access);
        if (plan.IsReached)
        {
            EmitThunks(writer, workflow);
        }

        EmitRunWithin(writer, plan);
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

        foreach (HeldMember member in members.Values.Where(member => !member.IsHidden))
        {
            Hide(writer);
            writer.Line(access + " " + member.Type.Annotated + " " + FlowNames.Accessor(member.Name) + " => " + Known.Escape(member.Name) + ";");
        }

        foreach (BoundPredicate predicate in Asked(workflow).Where(predicate => predicate is { Kind: not PredicateKind.Method, IsHidden: false } && !members.ContainsKey(predicate.Name)))
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
        foreach (BoundNode node in workflow.Nodes.Concat(workflow.Compensations.Select(compensation => compensation.Body))
            .Where(node => node is { Kind: NodeKind.Method, IsPrivate: true, IsHidden: false }))
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

        foreach (BoundPredicate predicate in Asked(workflow).Where(predicate => predicate is { Kind: PredicateKind.Method, IsPrivate: true, IsHidden: false }))
        {
            Hide(writer);
            EmitThunk(writer, predicate.Type.Annotated, predicate.Name, predicate.Arguments);
        }

        foreach (BoundRule rule in workflow.Nodes.Select(node => node.Joins.ReadyWhen).OfType<BoundRule>().Where(rule => rule is { IsPrivate: true, IsHidden: false })
            .GroupBy(rule => rule.Method, StringComparer.Ordinal).Select(same => same.First()))
        {
            Hide(writer);
            writer.Line("internal " + Known.Flow + "Readiness " + FlowNames.Accessor(rule.Method)
                + "(global::System.ReadOnlySpan<" + Known.Flow + "NodeState> states) => " + rule.Method + "(states);");
        }
    }

    /// <summary>What conditions and policies ask, each member once.</summary>
    private static IEnumerable<BoundPredicate> Asked(BoundWorkflow workflow) => workflow.Predicates.Concat(workflow.Checks)
        .GroupBy(predicate => predicate.Name, StringComparer.Ordinal)
        .Select(same => same.First());

    private static void EmitThunk(CodeWriter writer, string returns, string method, EquatableArray<BoundArgument> arguments)
    {
        string parameters = string.Join(", ", arguments.Select(argument => argument.Type.Annotated + " " + Known.Escape(argument.Parameter)));
        string passed = string.Join(", ", arguments.Select(argument => Known.Escape(argument.Parameter)));
        writer.Line("internal " + returns + " " + FlowNames.Accessor(method) + "(" + parameters + ") => " + method + "(" + passed + ");");
    }

    /// <summary>The door for parents: the same entry, as a part of the parent's run.</summary>
    private static void EmitRunWithin(CodeWriter writer, ExecutionPlan plan)
    {
        WorkflowSurface surface = plan.Bound.Surface;
        EntryDeclaration entry = surface.Entry!;
        string? result = entry.Result is null ? null : FrameEmitter.ResultType(entry);
        PlanValue[] inputs = plan.Values.Where(value => value.InputIndex >= 0).ToArray();
        string parameters = string.Concat(inputs.Select(value => value.Type + " " + Known.Escape(value.Name) + ", "));
        string passed = string.Concat(inputs.Select(value => Known.Escape(value.Name) + ", "));
        writer.Line();
        writer.Line("/// <summary>Runs this workflow as a part of another run.</summary>");
        writer.Line(Known.Hidden);
        writer.Line(Known.Generated);
        writer.Line((surface.IsExposed ? "public " : "internal ") + Known.ValueTask(result) + " __RunWithin(" + Known.Services + "FlowFrame parent, int node, int item, "
            + Known.Flow + "CleanupMode? cleanup, int limit, " + parameters + Known.CancellationToken + " token)" + (entry.IsOverridable ? "" : " =>"));
        if (entry.IsOverridable)
        {
            EmitOffer(writer, entry, inputs);
            return;
        }

        writer.Line(surface.Enabled
            ? "    __Frame.RunWithin(parent, node, item, cleanup, limit, this, " + passed + "token);"
            : "    throw " + Known.Services + "FlowEntry.DisabledAt(" + Known.Literal(surface.Id) + ", parent, node);");
    }

    /// <summary>The object may be of a derived class: its entry is called, and finds its place in the run if FlowGen wrote it.</summary>
    private static void EmitOffer(CodeWriter writer, EntryDeclaration entry, PlanValue[] inputs)
    {
        IEnumerable<string> arguments = entry.Inputs.Select((input, i) => Known.Escape(input.Name) + ": " + Known.Escape(inputs[i].Name));
        if (entry.TokenParameter is { } token)
        {
            arguments = arguments.Append(Known.Escape(token) + ": token");
        }

        if (entry.OptionsParameter is { } options)
        {
            arguments = arguments.Append(Known.Escape(options) + ": null!");
        }

        string call = entry.Method.Name + "(" + string.Join(", ", arguments) + ")";
        string result = entry.Result is null ? "" : FrameEmitter.ResultType(entry);
        writer.Open();
        writer.Line(Known.Services + "FlowLink.Offer(this, parent, node, item, cleanup, limit, token);");
        writer.Open("try");
        switch (entry.Method.Shape)
        {
            case ReturnShape.Void:
                writer.Line(call + ";");
                writer.Line("return default;");
                break;
            case ReturnShape.Value or ReturnShape.Task or ReturnShape.TaskOfT:
                writer.Line("return new " + Known.ValueTask(result.Length == 0 ? null : result) + "(" + call + ");");
                break;
            default:
                writer.Line("return " + call + ";");
                break;
        }

        writer.Close();
        writer.Open("finally");
        writer.Line(Known.Services + "FlowLink.Withdraw();");
        writer.Close();
        writer.Close();
    }

    private static void Hide(CodeWriter writer)
    {
        writer.Line();
        writer.Line(Known.Hidden);
        writer.Line(Known.Generated);
    }
}
