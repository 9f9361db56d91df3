using FlowGen.Generator.Model;

namespace FlowGen.Generator.Emission;

/// <summary>
/// Locals of an emitted entry begin with two underscores. Where an author's parameter does so too, the entry only hands its parameters on
/// to a method in which they have other names.
/// </summary>
internal static class EntryForwarder
{
    public const string Name = "__Enter";

    public static bool Applies(ExecutionPlan plan) =>
        plan.Bound.Surface.Entry!.Method.Parameters.Any(parameter => parameter.Name.StartsWith("__", StringComparison.Ordinal));

    /// <summary>Prints the entry.</summary>
    /// <returns>The plan of the method that it calls.</returns>
    public static ExecutionPlan Emit(CodeWriter writer, ExecutionPlan plan)
    {
        WorkflowSurface surface = plan.Bound.Surface;
        EntryDeclaration entry = surface.Entry!;
        MethodDeclaration method = entry.Method;
        Dictionary<string, string> names = Rename(method);
        writer.Line(SurfaceEmitter.Signature(method) + " => " + Name + "(" + string.Join(", ", method.Parameters.Select(parameter => Known.Escape(parameter.Name))) + ");");
        writer.Line();
        EntryDeclaration renamed = entry with
        {
            Method = method with
            {
                Name = Name,
                Modifiers = "private",
                IsPartial = false,
                Parameters = method.Parameters.Select(parameter => parameter with { Name = names[parameter.Name], Modifiers = "" }).ToEquatableArray(),
            },
            Inputs = entry.Inputs.Select(input => input with { Name = names[input.Name] }).ToEquatableArray(),
            TokenParameter = entry.TokenParameter is { } token ? names[token] : null,
            OptionsParameter = entry.OptionsParameter is { } options ? names[options] : null,
        };
        return plan with { Bound = plan.Bound with { Surface = surface with { Entry = renamed } } };
    }

    private static Dictionary<string, string> Rename(MethodDeclaration method)
    {
        Lowering.FlowNames names = new();
        foreach (ParameterDeclaration parameter in method.Parameters)
        {
            names.Reserve(parameter.Name);
        }

        return method.Parameters.ToDictionary(
            parameter => parameter.Name,
            parameter => parameter.Name.StartsWith("__", StringComparison.Ordinal) ? names.Unique(parameter.Name) : parameter.Name,
            StringComparer.Ordinal);
    }
}
