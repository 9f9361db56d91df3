using FlowGen.Generator.Model;

namespace FlowGen.Generator.Emission;

/// <summary>Prints how a bundle is rented and given back.</summary>
/// <param name="writer">Where to.</param>
/// <param name="surface">The workflow whose bundle it is.</param>
/// <param name="name">The class of the bundle.</param>
/// <param name="max">How many wait in the pool at most.</param>
/// <param name="isPerObject">Its instances hold what the workflow object was given, so they must not outlive it in a process-wide pool.</param>
internal sealed class ScopePoolEmitter(CodeWriter writer, WorkflowSurface surface, string name, int max, bool isPerObject)
{
    private readonly string _pool = Known.Services + "FlowPool<" + name + ">";

    private string Create => _pool + "(" + Known.Literal(surface.Id) + ", " + Known.Flow + "FlowPoolKind.Scope, " + Known.Number(max) + ")";

    private bool IsRecord => surface.Header.StartsWith("partial record ", StringComparison.Ordinal);

    private string Table => "global::System.Runtime.CompilerServices.ConditionalWeakTable<" + surface.FullName + ", " + _pool + ">";

    private string PoolOfObject => "workflow." + name + "Pool";

    /// <summary>What stands beside the bundle in the workflow.</summary>
    public void EmitMembersOfWorkflow()
    {
        if (!isPerObject)
        {
            return;
        }

        // A field of a record takes part in its equality, and a copy of the record would have it.
        writer.Line(IsRecord
            ? "private static readonly " + Table + " " + name + "Pools = new " + Table + "();"
            : "private " + _pool + "? " + name + "Pool;");
        writer.Line();
    }

    public void EmitFields()
    {
        if (isPerObject)
        {
            writer.Line("private readonly " + surface.FullName + " _workflow;");
            return;
        }

        writer.Line("private static readonly " + _pool + " s_pool = new " + Create + ";");
        writer.Line(Known.ThreadStatic);
        writer.Line("internal static " + name + "? t_spare;");
    }

    public void EmitRent()
    {
        if (isPerObject)
        {
            writer.Open("internal static " + name + " Rent(" + surface.FullName + " workflow)");
            writer.Line(IsRecord
                ? "var pool = " + name + "Pools.GetValue(workflow, static _ => new " + Create + ");"
                : "var pool = " + PoolOfObject + " ?? global::System.Threading.Interlocked.CompareExchange(ref " + PoolOfObject + ", new " + Create
                + ", null) ?? " + PoolOfObject + "!;");
            writer.Line(name + " scope = pool.Take() ?? pool.Register(new " + name + "(workflow));");
            writer.Line("scope.MarkRented();");
            writer.Line("return scope;");
            writer.Close();
            return;
        }

        // Calls that stay on their thread look the slot up once, for both ways.
        writer.Line("internal static " + name + " Rent(" + surface.FullName + " workflow) => Rent(ref t_spare);");
        writer.Line();
        writer.Line(Known.Inlined);
        writer.Open("internal static " + name + " Rent(ref " + name + "? slot)");
        writer.Line(name + "? scope = slot;");
        writer.Open("if (scope is null)");
        writer.Line("return RentShared();");
        writer.Close();
        writer.Line();
        writer.Line("slot = null;");
        writer.Line("scope.MarkRented();");
        writer.Line("return scope;");
        writer.Close();
        writer.Line();
        writer.Line(Known.NotInlined);
        writer.Open("private static " + name + " RentShared()");
        writer.Line(name + " scope = s_pool.Take() ?? s_pool.Register(new " + name + "());");
        writer.Line("scope.MarkRented();");
        writer.Line("return scope;");
        writer.Close();
    }

    /// <summary>For bundles that are cleaned synchronously.</summary>
    public void EmitClose()
    {
        writer.Line();
        if (!isPerObject)
        {
            writer.Line("internal void Close() => Close(ref t_spare);");
            writer.Line();
            writer.Line(Known.Inlined);
        }

        writer.Open("internal void Close(" + (isPerObject ? "" : "ref " + name + "? slot") + ")");
        writer.Line("Clean();");
        writer.Line("ForgetOrigin();");
        writer.Line(isPerObject ? "Return();" : "Return(ref slot);");
        writer.Close();
    }

    public void EmitReturn()
    {
        writer.Line();
        if (isPerObject)
        {
            writer.Open("protected override void Return()");
            writer.Line("MarkReturned();");
            writer.Line(IsRecord
                ? name + "Pools.GetValue(_workflow, static _ => new " + Create + ").Put(this);"
                : "_workflow." + name + "Pool!.Put(this);");
            writer.Close();
            return;
        }

        writer.Line("protected override void Return() => Return(ref t_spare);");
        writer.Line();
        writer.Line(Known.Inlined);
        writer.Open("private void Return(ref " + name + "? slot)");
        writer.Line("MarkReturned();");
        SlotEmitter.EmitReturn(writer, "slot");
        writer.Close();
    }
}
