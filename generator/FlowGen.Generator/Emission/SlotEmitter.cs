namespace FlowGen.Generator.Emission;

/// <summary>Prints how a pooled object is taken from the slot of the thread, or else from the pool, and how it is given back.</summary>
internal static class SlotEmitter
{
    /// <param name="type">The pooled class, in which this is printed.</param>
    /// <param name="variable">The local that gets the object.</param>
    public static void EmitRent(CodeWriter writer, string type, string variable)
    {
        writer.Line(type + "? " + variable + " = t_spare;");
        writer.Open("if (" + variable + " is not null)");
        writer.Line("t_spare = null;");
        writer.Close();
        writer.Open("else");
        writer.Line(variable + " = s_pool.Take() ?? s_pool.Register(new " + type + "());");
        writer.Close();
        writer.Line();
        writer.Line(variable + ".MarkRented();");
    }

    /// <param name="slot">The slot of the thread.</param>
    public static void EmitReturn(CodeWriter writer, string slot = "t_spare")
    {
        writer.Open("if (" + slot + " is null)");
        writer.Line(slot + " = this;");
        writer.Close();
        writer.Open("else");
        writer.Line("s_pool.Put(this);");
        writer.Close();
    }
}
