using FlowGen.Generator.Model;

namespace FlowGen.Generator.Emission;

/// <summary>Prints the implementing parts of body-less nodes: they run the target on its own, for tests.</summary>
internal static class BodylessEmitter
{
    public static void Emit(CodeWriter writer, ExecutionPlan plan)
    {
        Dictionary<string, MethodDeclaration> declared = plan.Bound.Surface.Bodyless
            .GroupBy(method => method.Name, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        foreach (BoundNode node in plan.Bound.Nodes.Where(node => node is { Kind: not NodeKind.Method, IsInherited: false }))
        {
            MethodDeclaration method = declared[node.MethodName.TrimStart('@')];
            writer.Line();
            if (node.ChildTarget is null && node.ClassTarget is null)
            {
                EmitRefusal(writer, plan, node, method);
                continue;
            }

            writer.Line("/// <summary>Runs the target of this node on its own, outside of any run.</summary>");
            string call = node.ChildTarget is { } child ? ChildCall(plan, node, child) : ClassCall(node, node.ClassTarget!);
            ReturnShape target = node.ChildTarget is { } called ? called.Entry.Method.Shape : node.ClassTarget!.Shape;
            EmitBody(writer, method, target, call);
        }
    }

    /// <summary>What a run does for the node, nobody does outside of one.</summary>
    private static void EmitRefusal(CodeWriter writer, ExecutionPlan plan, BoundNode node, MethodDeclaration method)
    {
        string what = node.Kind == NodeKind.Wait ? "answered" : "run";
        writer.Line("/// <summary>Outside of a run this node cannot be " + what + ".</summary>");
        writer.Line(SurfaceEmitter.Signature(method) + " => throw " + Known.Services + "FlowEntry.OutsideOfRun(" + Known.Literal(plan.Bound.Surface.Id) + ", " + Known.Literal(node.Id) + ", "
            + Known.Literal(what) + ");");
    }

    private static void EmitBody(CodeWriter writer, MethodDeclaration method, ReturnShape target, string call)
    {
        bool isTargetAsync = target is not (ReturnShape.Void or ReturnShape.Value);
        bool isAsync = method.Shape is not (ReturnShape.Void or ReturnShape.Value);
        if (isTargetAsync && isAsync)
        {
            writer.Line(SurfaceEmitter.Signature(method, isAsync: true) + " => await " + call + ".ConfigureAwait(false);");
            return;
        }

        if (!isTargetAsync && isAsync)
        {
            writer.Open(SurfaceEmitter.Signature(method));
            bool hasResult = method.Shape is ReturnShape.TaskOfT or ReturnShape.ValueTaskOfT;
            if (!hasResult)
            {
                writer.Line(call + ";");
            }

            writer.Line(method.Shape switch
            {
                ReturnShape.Task => "return " + Known.Tasks + "Task.CompletedTask;",
                ReturnShape.ValueTask => "return default;",
                ReturnShape.TaskOfT => "return " + Known.Tasks + "Task.FromResult(" + call + ");",
                _ => "return new " + method.ReturnText + "(" + call + ");",
            });
            writer.Close();
            return;
        }

        writer.Line(SurfaceEmitter.Signature(method) + " => " + call + (isTargetAsync ? ".GetAwaiter().GetResult()" : "") + ";");
    }

    private static string ChildCall(ExecutionPlan plan, BoundNode node, ChildTarget child)
    {
        EntryDeclaration entry = child.Entry;
        string receiver = child.Member is { } member ? "this." + Lowering.FlowNames.Accessor(member.Name) : plan.Bound.Surface.FullName + "." + Lowering.PlanBuilder.SharedName(node);
        IEnumerable<string> arguments = child.Inputs
            .Where(input => input.Argument >= 0)
            .Select(input => Known.Escape(input.Name) + ": " + Known.Escape(node.Arguments[input.Argument].Parameter));
        if (entry.TokenParameter is { } token && TokenOf(node) is { } own)
        {
            arguments = arguments.Append(Known.Escape(token) + ": " + own);
        }
        else if (entry.TokenParameter is { } required)
        {
            arguments = arguments.Append(Known.Escape(required) + ": default(" + Known.CancellationToken + ")");
        }

        return receiver + "." + entry.Method.Name + "(" + string.Join(", ", arguments) + ")";
    }

    private static string ClassCall(BoundNode node, ClassTarget target)
    {
        string constructor = string.Join(", ", target.ConstructorMembers.Select(member => "this." + Lowering.FlowNames.Accessor(member.Name)));
        IEnumerable<string> arguments = target.Parameters
            .Where(parameter => parameter.Kind != ArgumentKind.Default || parameter.Argument >= 0)
            .Select(parameter => Known.Escape(parameter.Name) + ": " + Passed(node, parameter));
        return "new " + target.Type.Name + "(" + constructor + ")." + target.MethodName + "(" + string.Join(", ", arguments) + ")";
    }

    private static string Passed(BoundNode node, TargetParameter parameter)
    {
        if (parameter.Argument >= 0)
        {
            return Known.Escape(node.Arguments[parameter.Argument].Parameter);
        }

        return parameter.Kind switch
        {
            ArgumentKind.State => "new " + parameter.Type.Name + "()",
            ArgumentKind.CancellationToken => TokenOf(node) ?? "default(" + Known.CancellationToken + ")",
            _ => "default!",
        };
    }

    private static string? TokenOf(BoundNode node) =>
        node.Arguments.FirstOrDefault(argument => argument.Kind == ArgumentKind.CancellationToken) is { } argument
            ? Known.Escape(argument.Parameter)
            : null;
}
