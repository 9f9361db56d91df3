using System.Reflection;
using FlowGen.Generator.Linking;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Tests.Models;

/// <summary>
/// What passes from one incremental step to the next is plain and comparable. A symbol in it would keep whole compilations alive; a
/// value that compares by reference would re-run everything on each key stroke.
/// </summary>
public class ModelPurityTests
{
    private static readonly Dictionary<Type, string> s_types = ModelWalk.From(
        typeof(WorkflowModel), typeof(BindResult), typeof(LinkedResult), typeof(LoweredWorkflow), typeof(EmittedFile), typeof(CatalogEntry), typeof(LinkResult));

    public static TheoryData<string> Steps => [nameof(WorkflowModel), nameof(BindResult), nameof(LinkedResult), nameof(LoweredWorkflow), nameof(EmittedFile), nameof(CatalogEntry)];

    [Fact]
    public void Everything_is_reached_from_the_outputs_of_the_steps()
    {
        Assert.Contains(typeof(ExecutionPlan), s_types.Keys);
        Assert.Contains(typeof(BoundWorkflow), s_types.Keys);
        Assert.Contains(typeof(PlanStep), s_types.Keys);
        Assert.True(s_types.Count > 50);
    }

    [Fact]
    public void No_model_holds_anything_of_Roslyn()
        => Assert.Empty(s_types.Where(found => found.Key.FullName!.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal)).Select(found => found.Value));

    [Fact]
    public void Every_model_compares_by_value()
        => Assert.Empty(s_types.Where(found => !ComparesByValue(found.Key)).Select(found => found.Value));

    [Fact]
    public void Every_model_is_immutable()
        => Assert.Empty(s_types.Where(found => IsOurs(found.Key))
            .SelectMany(found => found.Key.GetProperties(BindingFlags.Instance | BindingFlags.Public))
            .Where(property => property.SetMethod is { } setter
                && !setter.ReturnParameter.GetRequiredCustomModifiers().Any(modifier => modifier.Name == "IsExternalInit"))
            .Select(property => $"{property.DeclaringType!.Name}.{property.Name}"));

    /// <summary>The step outputs themselves, as the pipeline declares them: a new step has to be added to this test.</summary>
    [Fact]
    public void Every_tracked_step_is_looked_at()
        => Assert.Equal(
            Steps.Count,
            typeof(TrackingNames).GetFields(BindingFlags.Static | BindingFlags.Public).Length);

    private static bool ComparesByValue(Type type)
    {
        if (type.IsPrimitive || type.IsEnum || type == typeof(string))
        {
            return true;
        }

        if (Nullable.GetUnderlyingType(type) is not null || ModelWalk.IsArray(type))
        {
            return true;
        }

        // Records, whose equality the compiler writes over all fields.
        return IsOurs(type) && type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic) is not null
            && !type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
                .Any(method => method.Name == "Equals"
                    && !method.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute)));
    }

    private static bool IsOurs(Type type) => type.Assembly == typeof(WorkflowModel).Assembly;
}
