using FlowGen.Generator.Model;

namespace FlowGen.Generator.Emission;

/// <summary>Prints the handle of a run, and the method that starts a run and returns one.</summary>
internal static partial class HandleEmitter
{
    public static void Emit(CodeWriter writer, ExecutionPlan plan)
    {
        WorkflowSurface surface = plan.Bound.Surface;
        EmitStart(writer, plan, surface, surface.Entry!);
        writer.Line();
        writer.Line("/// <summary>A run of " + Known.XmlText(surface.Name) + " that somebody holds: what its nodes do, and what can be done about it.</summary>");
        writer.Line(Known.Generated);
        writer.Open(Head(surface));
        EmitStates(writer, surface, plan.Graph.Nodes.Count);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        EmitSignals(writer, plan.Graph, taken);
        EmitStreams(writer, plan.Streams, taken);
        writer.Close();
    }

    /// <summary>How a workflow that was not compiled looks to code that starts it.</summary>
    public static void EmitFallback(CodeWriter writer, WorkflowSurface surface, DeclaredGraph declared, string error)
    {
        writer.Line();
        writer.Line("/// <summary>Not compiled: this workflow has errors.</summary>");
        writer.Line(StartSignature(surface) + " => throw " + error + ";");
        writer.Line();
        writer.Line("/// <summary>Not compiled: this workflow has errors.</summary>");
        writer.Line(Known.Generated);
        writer.Open(Head(surface));
        writer.Line("private Handle()");
        writer.Open();
        writer.Close();
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Line("public override " + Known.Flow + "FlowDescriptor Workflow => throw " + error + ";");
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Line("protected override global::System.Span<byte> NodeStates => throw " + error + ";");
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Line("protected override " + Known.Flow + "FlowGraph Graph => throw " + error + ";");
        writer.Line();
        writer.Line("/// <summary>Where a node stands.</summary>");
        writer.Line("public " + Known.Flow + "NodeState this[NodeId node] => throw " + error + ";");
        EmitDeclared(writer, declared, error);
        writer.Close();
    }

    private static string Head(WorkflowSurface surface) =>
        Access(surface) + SurfaceEmitter.New(surface) + "sealed class Handle : " + Known.Flow + "FlowRun<" + FrameEmitter.ResultType(surface.Entry!) + ">";

    /// <summary>What a run takes and gives may be no more accessible than the entry.</summary>
    private static string Access(WorkflowSurface surface)
    {
        string[] words = [.. surface.Entry!.Method.Modifiers.Split(' ').Where(word => word is "public" or "internal" or "protected" or "private")];
        return words.Length == 0 ? "private " : string.Join(" ", words) + " ";
    }

    private static string StartSignature(WorkflowSurface surface)
    {
        EntryDeclaration entry = surface.Entry!;
        (string options, string token) = OwnNames(entry);
        string inputs = string.Concat(entry.Inputs.Select(input => input.Type.Annotated + " " + Known.Escape(input.Name) + ", "));
        return Access(surface) + SurfaceEmitter.New(surface) + "Handle Start(" + inputs + Known.Flow + "RunOptions? " + options + " = null, " + Known.CancellationToken + " " + token + " = default)";
    }

    /// <summary>The author's names for what the author's entry takes, too.</summary>
    private static (string Options, string Token) OwnNames(EntryDeclaration entry)
    {
        string Free(string? own, string name)
        {
            string free = own ?? name;
            while (own is null && entry.Inputs.Any(input => input.Name == free))
            {
                free = "_" + free;
            }

            return Known.Escape(free);
        }

        return (Free(entry.OptionsParameter, "options"), Free(entry.TokenParameter, "cancellationToken"));
    }

    private static void EmitStart(CodeWriter writer, ExecutionPlan plan, WorkflowSurface surface, EntryDeclaration entry)
    {
        (string options, string token) = OwnNames(entry);
        string handle = Local(entry, "handle");
        writer.Line();
        writer.Line("/// <summary>Starts a run and returns a handle for it. The run goes on whether or not somebody holds the handle; disposing of it ends the run.</summary>");
        writer.Open(StartSignature(surface));
        writer.Line("Handle " + handle + " = new Handle(" + (IsIdentified(surface) ? "this" : "") + ");");
        string inputs = string.Concat(entry.Inputs.Select(input => Known.Escape(input.Name) + ", "));
        if (entry.IsOverridable)
        {
            EmitOverridable(writer, entry, handle, options, token);
        }
        else if (!surface.Enabled)
        {
            writer.Line(Known.Services + "FlowEntry.Refuse(" + handle + ", " + Known.Services + "FlowEntry.Disabled(" + Known.Literal(surface.Id) + "));");
        }
        else
        {
            writer.Line("__Frame.Run(" + handle + ", this, " + inputs + token + ", " + options + ");");
        }

        writer.Line("return " + handle + ";");
        writer.Close();
    }

    /// <summary>The object may be of a derived class: its entry is called, and takes over the handle if FlowGen wrote it.</summary>
    private static void EmitOverridable(CodeWriter writer, EntryDeclaration entry, string handle, string options, string token)
    {
        string type = Known.ValueTask(FrameEmitter.ResultType(entry));
        string run = Local(entry, "run");
        string error = Local(entry, "error");
        writer.Line(type + " " + run + ";");
        writer.Line(Known.Services + "FlowLink.Offer(this, " + handle + ", " + options + ", " + token + ");");
        writer.Open("try");
        IEnumerable<string> arguments = entry.Inputs.Select(input => Known.Escape(input.Name) + ": " + Known.Escape(input.Name));
        if (entry.TokenParameter is { } tokenParameter)
        {
            arguments = arguments.Append(Known.Escape(tokenParameter) + ": " + Known.Services + "FlowLink.TokenOf(" + handle + ", " + token + ")");
        }

        if (entry.OptionsParameter is { } optionsParameter)
        {
            arguments = arguments.Append(Known.Escape(optionsParameter) + ": " + options + "!");
        }

        EmitCall(writer, entry, entry.Method.Name + "(" + string.Join(", ", arguments) + ")", run);
        writer.Close();
        writer.Open("catch (" + Known.Exception + " " + error + ")");
        writer.Line(run + " = " + Known.Tasks + "ValueTask.FromException<" + FrameEmitter.ResultType(entry) + ">(" + error + ");");
        writer.Close();
        writer.Line();
        writer.Line(Known.Services + "FlowLink.Follow(" + handle + ", " + run + ");");
    }

    /// <summary>Keeps what a call returns as a ValueTask with a result.</summary>
    private static void EmitCall(CodeWriter writer, EntryDeclaration entry, string call, string target)
    {
        switch (entry.Method.Shape)
        {
            case ReturnShape.Void:
                writer.Line(call + ";");
                writer.Line(target + " = default;");
                break;
            case ReturnShape.Value or ReturnShape.TaskOfT:
                writer.Line(target + " = new " + Known.ValueTask(FrameEmitter.ResultType(entry)) + "(" + call + ");");
                break;
            case ReturnShape.Task:
                writer.Line(target + " = " + Known.Services + "FlowEntry.WithUnit(new " + Known.ValueTask(null) + "(" + call + "));");
                break;
            case ReturnShape.ValueTask:
                writer.Line(target + " = " + Known.Services + "FlowEntry.WithUnit(" + call + ");");
                break;
            default:
                writer.Line(target + " = " + call + ";");
                break;
        }
    }

    private static string Local(EntryDeclaration entry, string name)
    {
        string local = "__" + name;
        while (entry.Method.Parameters.Any(parameter => parameter.Name == local))
        {
            local = "_" + local;
        }

        return local;
    }

    /// <summary>Whether an object of a derived class may be started here, which has a descriptor of its own.</summary>
    private static bool IsIdentified(WorkflowSurface surface) => !surface.IsSealed || surface.BaseName is not null;

    private static void EmitStates(CodeWriter writer, WorkflowSurface surface, int nodes)
    {
        string size = Known.Number(Math.Max(nodes, 1));
        if (IsIdentified(surface))
        {
            writer.Line("private readonly " + surface.FullName + " _workflow;");
        }

        writer.Line("private States _states;");
        writer.Line();
        writer.Line(IsIdentified(surface)
            ? "internal Handle(" + surface.FullName + " workflow) => _workflow = workflow;"
            : "internal Handle()");
        if (!IsIdentified(surface))
        {
            writer.Open();
            writer.Close();
        }

        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Line("public override " + Known.Flow + "FlowDescriptor Workflow => " + (IsIdentified(surface) ? "_workflow.__Identity;" : surface.FullName + ".Descriptor;"));
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Line("protected override " + Known.Flow + "FlowGraph Graph => " + surface.FullName + ".Graph;");
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Line("protected override global::System.Span<byte> NodeStates => global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref global::System.Runtime.CompilerServices.Unsafe.As<States, byte>(ref _states), "
            + Known.Number(nodes) + ");");
        writer.Line();
        writer.Line("/// <summary>Where a node stands now.</summary>");
        writer.Line("public " + Known.Flow + "NodeState this[NodeId node] => StateOf((int)node);");
        writer.Line();
        writer.Line("[global::System.Runtime.InteropServices.StructLayout(global::System.Runtime.InteropServices.LayoutKind.Sequential, Size = " + size + ")]");
        writer.Open("private struct States");
        writer.Close();
    }
}
