using System.Text.RegularExpressions;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Emission;

/// <summary>Prints how a workflow is one that can be chosen at run time: an explicit implementation of <c>IFlow</c>.</summary>
internal static class FlowInterfaceEmitter
{
    /// <summary>The interface: several inputs are one named tuple.</summary>
    public static string Name(EntryDeclaration entry) => Known.Flow + "IFlow<" + Input(entry) + ", " + Plain(FrameEmitter.ResultType(entry)) + ">";

    public static void Emit(CodeWriter writer, WorkflowSurface surface)
    {
        EntryDeclaration entry = surface.Entry!;
        string self = Name(entry) + ".";
        string returns = Known.ValueTask(Plain(FrameEmitter.ResultType(entry)));
        bool isIdentified = !surface.IsSealed || surface.BaseName is not null;
        writer.Line();
        writer.Line(Known.Flow + "FlowDescriptor " + self + "Descriptor => " + (isIdentified ? "__Identity" : "Descriptor") + ";");
        writer.Line();
        writer.Open(returns + " " + self + "RunAsync(" + Input(entry) + " input, " + Known.CancellationToken + " cancellationToken)");
        EmitRun(writer, surface, entry);
        writer.Close();
        writer.Line();
        writer.Open(returns + " " + self + "RunWithinAsync(" + Known.Services + "FlowFrame parent, int node, int item, " + Input(entry) + " input, " + Known.CancellationToken + " cancellationToken)");
        string call = "__RunWithin(parent, node, item, null, 0, " + string.Concat(Parts(entry).Select(part => part + ", ")) + "cancellationToken)";
        writer.Line("return " + (entry.Result is null ? Known.Services + "FlowEntry.WithUnit(" + call + ")" : call) + ";");
        writer.Close();
    }

    public static void EmitFallback(CodeWriter writer, WorkflowSurface surface, string error)
    {
        string self = Name(surface.Entry!) + ".";
        string returns = Known.ValueTask(Plain(FrameEmitter.ResultType(surface.Entry!)));
        writer.Line();
        writer.Line(Known.Flow + "FlowDescriptor " + self + "Descriptor => throw " + error + ";");
        writer.Line();
        writer.Line(returns + " " + self + "RunAsync(" + Input(surface.Entry!) + " input, " + Known.CancellationToken + " cancellationToken) => throw " + error + ";");
    }

    private static void EmitRun(CodeWriter writer, WorkflowSurface surface, EntryDeclaration entry)
    {
        string[] parts = [.. Parts(entry)];
        if (entry.IsSynchronous || (entry.TokenParameter is null && !entry.IsVirtual && surface.Enabled))
        {
            EmitWithToken(writer, surface, entry, parts);
            return;
        }

        string call = entry.Method.Name + "(" + string.Join(", ", Arguments(entry, parts, "cancellationToken")) + ")";
        LoopEmitter.EmitReturn(writer, call, entry.Method.Shape, Plain(FrameEmitter.ResultType(entry)));
    }

    /// <summary>The entry takes no token, or throws instead of returning a task.</summary>
    private static void EmitWithToken(CodeWriter writer, WorkflowSurface surface, EntryDeclaration entry, string[] parts)
    {
        string result = Plain(FrameEmitter.ResultType(entry));
        if (!surface.Enabled)
        {
            writer.Line("return " + Known.Tasks + "ValueTask.FromException<" + result + ">(" + Known.Services + "FlowEntry.Disabled(" + Known.Literal(surface.Id) + "));");
            return;
        }

        if (!entry.IsVirtual)
        {
            string run = "__Frame.Run(this, " + string.Concat(parts.Select(part => part + ", ")) + "cancellationToken, null)";
            writer.Line("return " + (entry.Result is null ? Known.Services + "FlowEntry.WithUnit(" + run + ")" : run) + ";");
            return;
        }

        string call = entry.Method.Name + "(" + string.Join(", ", Arguments(entry, parts, "cancellationToken")) + ")";
        writer.Open("try");
        LoopEmitter.EmitReturn(writer, call, entry.Method.Shape, result);
        writer.Close();
        writer.Open("catch (" + Known.Exception + " error)");
        writer.Line("return " + Known.Services + "FlowEntry.Failed<" + result + ">(error, cancellationToken);");
        writer.Close();
    }

    private static IEnumerable<string> Arguments(EntryDeclaration entry, string[] parts, string token)
    {
        IEnumerable<string> arguments = entry.Inputs.Select((input, i) => Known.Escape(input.Name) + ": " + parts[i]);
        if (entry.TokenParameter is { } tokenParameter)
        {
            arguments = arguments.Append(Known.Escape(tokenParameter) + ": " + token);
        }

        return entry.OptionsParameter is { } options ? arguments.Append(Known.Escape(options) + ": null!") : arguments;
    }

    private static string Input(EntryDeclaration entry) => entry.Inputs.Count switch
    {
        0 => Known.Unit,
        1 => Plain(entry.Inputs[0].Type.Annotated),
        _ => "(" + string.Join(", ", entry.Inputs.Select(input => Plain(input.Type.Annotated) + " " + Known.Escape(input.Name))) + ")",
    };

    private static IEnumerable<string> Parts(EntryDeclaration entry) =>
        entry.Inputs.Count == 1 ? ["input"] : entry.Inputs.Select((_, i) => "input.Item" + Known.Number(i + 1));

    /// <summary>C# does not let a class implement an interface over <c>dynamic</c>; over <c>object</c> it is the same.</summary>
    private static string Plain(string type) => Regex.Replace(type, @"(?<![\w@.:])dynamic(?!\w)", "object", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
}
