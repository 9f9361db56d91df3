using System.Text;
using FlowGen.Generator.Lowering;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Emission;

/// <summary>Prints the bundle of node instances and state that one activation, or one element in flight, owns.</summary>
internal static class ScopeEmitter
{
    /// <summary>The property of a bundle that holds a state object.</summary>
    public static string StateProperty(TypeRef type)
    {
        // One bundle may hold several of one simple name, so the whole name counts: a dot becomes an underscore and everything else that no name may hold an
        // underscore and a digit, which no segment begins with.
        StringBuilder name = new("State_");
        foreach (char character in type.Key.Replace("global::", ""))
        {
            _ = character switch
            {
                '.' => name.Append('_'),
                '_' => name.Append("_0"),
                '<' => name.Append("_1"),
                '>' => name.Append("_2"),
                ',' => name.Append("_3"),
                '[' => name.Append("_4"),
                ']' => name.Append("_5"),
                '?' => name.Append("_6"),
                _ when char.IsLetterOrDigit(character) => name.Append(character),
                _ => name,
            };
        }

        return name.ToString();
    }

    public static void EmitActivation(CodeWriter writer, ExecutionPlan plan)
    {
        BoundWorkflow workflow = plan.Bound;
        if (!Instances.Any(workflow))
        {
            return;
        }

        List<Owned> owned = Instances.ClassNodes(workflow)
            .Select(node => Owned.Of(node.Name, node.ClassTarget!, NodeIndex(plan, node)))
            .Concat(Instances.States(workflow).Select(state => Owned.Of(state, FirstTaker(plan, state))))
            .ToList();
        Emit(writer, workflow, "__Scope", owned, "What one activation of " + workflow.Surface.Name + " owns, created on first use.", plan.IsReached);
    }

    public static void EmitElements(CodeWriter writer, ExecutionPlan plan)
    {
        BoundWorkflow workflow = plan.Bound;
        foreach (BoundNode node in workflow.Nodes.Where(node => node.Each is not null && node.ChildTarget is null))
        {
            if (Instances.OfElement(workflow, node) is not { } element)
            {
                continue;
            }

            var owned = new List<Owned>();
            if (element.Class is { } target)
            {
                owned.Add(Owned.Of(node.Name, target, NodeIndex(plan, node)));
            }

            owned.AddRange(element.States.Select(state => Owned.Of(state, NodeIndex(plan, node))));
            Emit(writer, workflow, ElementName(node.Name), owned, "What one element of " + node.Name + " in flight owns.", plan.IsReached);
        }
    }

    public static string ElementName(string node) => "__" + node + "Element";

    private static void Emit(CodeWriter writer, BoundWorkflow workflow, string name, List<Owned> owned, string summary, bool isReached)
    {
        string type = workflow.Surface.FullName;
        bool perObject = owned.Any(item => item.ConstructorMembers.Count > 0);
        int max = owned.Min(item => item.PoolMax);
        ScopePoolEmitter pool = new(writer, workflow.Surface, name, max, perObject);

        writer.Line();
        pool.EmitMembersOfWorkflow();
        writer.Line("/// <summary>" + Known.XmlText(summary) + "</summary>");
        writer.Line(Known.Hidden);
        writer.Line(Known.Generated);
        writer.Open((isReached ? "internal" : "private") + " sealed class " + name + " : " + Known.Services + "FlowScope");
        pool.EmitFields();
        foreach (Owned item in owned)
        {
            writer.Line("private " + item.Type + "? " + item.Field + ";");
            writer.Line("private bool " + item.Flag + ";");
        }

        writer.Line();
        EmitConstructor(writer, name, type, perObject);
        pool.EmitRent();
        foreach (Owned item in owned)
        {
            EmitProperty(writer, item);
        }

        if (!owned.Any(item => item.Cleanup == CleanupKind.Async))
        {
            pool.EmitClose();
        }

        EmitClean(writer, owned);
        pool.EmitReturn();
        EmitAccounting(writer, owned);
        writer.Close();
    }

    private static void EmitConstructor(CodeWriter writer, string name, string type, bool perObject)
    {
        writer.Line(perObject
            ? "private " + name + "(" + type + " workflow) => _workflow = workflow;"
            : "private " + name + "()");
        if (!perObject)
        {
            writer.Open();
            writer.Close();
        }

        writer.Line();
    }

    private static void EmitProperty(CodeWriter writer, Owned item)
    {
        writer.Line();
        writer.Open("internal " + item.Type + " " + item.Property);
        writer.Open("get");
        writer.Line(item.Flag + " = true;");
        string arguments = string.Join(", ", item.ConstructorMembers.Select(member => "_workflow." + FlowNames.Accessor(member.Name)));
        writer.Line("return " + item.Field + " ?? " + item.Create + "();");
        writer.Close();
        writer.Close();
        writer.Line();
        writer.Line(Known.NotInlined);
        writer.Line("private " + item.Type + " " + item.Create + "() => " + item.Field + " = new " + item.Type + "(" + arguments + ");");
    }

    /// <summary>One try for all: each is marked as clean before it is asked to clean itself, so after a failure the rest go on.</summary>
    private static void EmitClean(CodeWriter writer, List<Owned> owned)
    {
        bool isAsync = owned.Any(item => item.Cleanup == CleanupKind.Async);
        bool canFail = owned.Any(item => item.Cleanup != CleanupKind.None);
        writer.Line();
        if (isAsync)
        {
            writer.Open("protected override void Clean()");
            writer.Line("throw new global::System.NotSupportedException(\"These objects are cleaned asynchronously.\");");
            writer.Close();
            writer.Line();
        }

        writer.Open(isAsync
            ? "protected override async " + Known.Tasks + "ValueTask CleanAsync()"
            : "protected override void Clean()");
        if (!canFail)
        {
            EmitCleanAll(writer, owned);
            writer.Close();
            return;
        }

        writer.Line("int cleaning = -1;");
        writer.Label("Again");
        writer.Open("try");
        EmitCleanAll(writer, owned);
        writer.Close();
        writer.Open("catch (" + Known.Exception + " error)");
        writer.Line("Lose(cleaning, error);");
        writer.Line("goto Again;");
        writer.Close();
        writer.Close();
        EmitLose(writer, owned);
    }

    private static void EmitCleanAll(CodeWriter writer, List<Owned> owned)
    {
        for (int i = 0; i < owned.Count; i++)
        {
            Owned item = owned[i];
            writer.Open("if (" + item.Flag + ")");
            writer.Line(item.Flag + " = false;");
            if (item.Cleanup != CleanupKind.None)
            {
                writer.Line("cleaning = " + Known.Number(i) + ";");
                writer.Line(item.Cleanup == CleanupKind.Async
                    ? "await ((" + Known.Flow + "IAsyncCleanup)" + item.Field + "!).CleanupAsync().ConfigureAwait(false);"
                    : "((" + Known.Flow + "ICleanup)" + item.Field + "!).Cleanup();");
            }

            if (!item.IsPooled)
            {
                writer.Line("Drop(" + item.Field + ");");
                writer.Line(item.Field + " = null;");
            }

            writer.Close();
            writer.Line();
        }
    }

    private static void EmitLose(CodeWriter writer, List<Owned> owned)
    {
        writer.Line();
        writer.Open("private void Lose(int cleaning, " + Known.Exception + " error)");
        writer.Open("switch (cleaning)");
        for (int i = 0; i < owned.Count; i++)
        {
            if (owned[i].Cleanup == CleanupKind.None)
            {
                continue;
            }

            writer.Line("case " + Known.Number(i) + ":");
            writer.Line("    CleanupFailed(" + Known.Number(owned[i].Node) + ", " + owned[i].Field + "!, error);");
            writer.Line("    " + owned[i].Field + " = null;");
            writer.Line("    break;");
        }

        writer.Close();
        writer.Close();
    }

    private static void EmitAccounting(CodeWriter writer, List<Owned> owned)
    {
        writer.Line();
        writer.Line("protected override int NodeInstances => "
            + string.Join(" + ", owned.Select(item => "(" + item.Field + " is null ? 0 : 1)")) + ";");
        writer.Line();
        writer.Open("protected override void CollectInstanceTypes(global::System.Collections.Generic.ICollection<global::System.Type> types)");
        foreach (Owned item in owned)
        {
            writer.Open("if (" + item.Field + " is not null)");
            writer.Line("types.Add(typeof(" + item.Type + "));");
            writer.Close();
            writer.Line();
        }

        writer.Line("base.CollectInstanceTypes(types);");
        writer.Close();
        writer.Line();
        writer.Open("protected override void OnDropped()");
        foreach (Owned item in owned)
        {
            writer.Line("Drop(" + item.Field + ");");
        }

        writer.Close();
    }

    private static int FirstTaker(ExecutionPlan plan, StateClass state) =>
        NodeIndex(plan, plan.Bound.Nodes.First(node => Instances.Takes(node, state)));

    /// <summary>Where the node stands in the graph of its own workflow, for reports.</summary>
    private static int NodeIndex(ExecutionPlan plan, BoundNode node)
    {
        for (int i = 0; i < plan.Graph.Nodes.Count; i++)
        {
            if (plan.Graph.Nodes[i] is { Parent: -1 } found && string.Equals(found.Identifier, node.Name, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return 0;
    }

    /// <summary>One object of a bundle.</summary>
    private sealed record Owned(
        string Property,
        string Field,
        string Flag,
        string Type,
        EquatableArray<HeldMember> ConstructorMembers,
        CleanupKind Cleanup,
        bool IsPooled,
        int PoolMax,
        int Node)
    {
        /// <summary>Creating happens once per bundle and stays out of the way of using.</summary>
        public string Create => "Create" + Property.TrimStart('@');

        public static Owned Of(string name, ClassTarget target, int node) => new(
            Known.Escape(name),
            "_" + FlowNames.CamelCase(name),
            "_uses" + name,
            target.Type.Name,
            target.ConstructorMembers,
            target.Cleanup,
            target.IsPooled,
            target.PoolMax,
            node);

        public static Owned Of(StateClass state, int node) => new(
            StateProperty(state.Type),
            "_" + FlowNames.CamelCase(StateProperty(state.Type)),
            "_uses" + StateProperty(state.Type),
            state.Type.Name,
            EquatableArray<HeldMember>.Empty,
            state.Cleanup,
            state.IsPooled,
            state.PoolMax,
            node);
    }
}
