using FlowGen.Generator.Model;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Parsing;

/// <summary>Recognises the types of the runtime package, and a few of the framework, by name and namespace.</summary>
internal static class FlowNames
{
    public const string Workflow = "FlowGen.WorkflowAttribute";

    private static readonly Dictionary<string, FlowAttribute> s_attributes = new()
    {
        ["WorkflowAttribute"] = FlowAttribute.Workflow,
        ["NodeAttribute"] = FlowAttribute.Node,
        ["NodeAttribute`1"] = FlowAttribute.NodeOf,
        ["SubWorkflowAttribute"] = FlowAttribute.SubWorkflow,
        ["SubWorkflowAttribute`1"] = FlowAttribute.SubWorkflowOf,
        ["StateAttribute"] = FlowAttribute.State,
        ["PooledAttribute"] = FlowAttribute.Pooled,
        ["AfterAttribute"] = FlowAttribute.After,
        ["NeedsAttribute"] = FlowAttribute.Needs,
        ["NeedsAnyAttribute"] = FlowAttribute.NeedsAny,
        ["WhenAttribute"] = FlowAttribute.When,
        ["UnlessAttribute"] = FlowAttribute.Unless,
        ["OtherwiseAttribute"] = FlowAttribute.Otherwise,
        ["BestEffortAttribute"] = FlowAttribute.BestEffort,
        ["FromAttribute"] = FlowAttribute.From,
        ["InputAttribute"] = FlowAttribute.Input,
        ["EachAttribute"] = FlowAttribute.Each,
        ["ServiceAttribute"] = FlowAttribute.Service,
        ["RetryAttribute"] = FlowAttribute.Retry,
        ["RetryAttribute`1"] = FlowAttribute.RetryOf,
        ["TimeoutAttribute"] = FlowAttribute.Timeout,
        ["RepeatAttribute"] = FlowAttribute.Repeat,
        ["CarryAttribute"] = FlowAttribute.Carry,
        ["CatchAttribute"] = FlowAttribute.Catch,
        ["CompensateAttribute"] = FlowAttribute.Compensate,
        ["FromFirstAttribute"] = FlowAttribute.FromFirst,
        ["AfterAnyAttribute"] = FlowAttribute.AfterAny,
        ["ReadyWhenAttribute"] = FlowAttribute.ReadyWhen,
        ["CancelsAttribute"] = FlowAttribute.Cancels,
        ["ExclusiveAttribute`1"] = FlowAttribute.Exclusive,
        ["MaxConcurrentAttribute"] = FlowAttribute.MaxConcurrent,
        ["EndAttribute"] = FlowAttribute.End,
        ["WaitAttribute"] = FlowAttribute.Wait,
        ["DynamicSubWorkflowAttribute"] = FlowAttribute.DynamicSubWorkflow,
    };

    public static FlowAttribute? AttributeKind(INamedTypeSymbol? attribute)
        => attribute is not null && IsFlowGen(attribute) && s_attributes.TryGetValue(attribute.MetadataName, out FlowAttribute kind)
            ? kind
            : null;

    public static AttributeData? Find(ISymbol symbol, FlowAttribute kind)
    {
        foreach (AttributeData attribute in symbol.GetAttributes())
        {
            if (AttributeKind(attribute.AttributeClass) == kind)
            {
                return attribute;
            }
        }

        return null;
    }

    public static bool Has(ISymbol symbol, FlowAttribute kind) => Find(symbol, kind) is not null;

    /// <summary>A type directly in namespace FlowGen: <c>FlowContext</c>, <c>Outcome`1</c>.</summary>
    public static bool IsFlowGen(ITypeSymbol type, string metadataName) => type.MetadataName == metadataName && IsFlowGen(type);

    /// <summary>A type directly in namespace FlowGen, whatever its name.</summary>
    public static bool IsOwn(ITypeSymbol type) => IsFlowGen(type);

    /// <summary>A type of namespace FlowGen.CompilerServices.</summary>
    public static bool IsCompilerService(INamedTypeSymbol type, string metadataName)
        => type.MetadataName == metadataName
            && type.ContainingNamespace is { Name: "CompilerServices", ContainingNamespace: { Name: "FlowGen", ContainingNamespace.IsGlobalNamespace: true } };

    public static bool IsCancellationToken(ITypeSymbol type)
        => type is { Name: "CancellationToken", ContainingNamespace: { Name: "Threading" } space } && IsSystem(space.ContainingNamespace);

    /// <summary><c>Task</c> and <c>ValueTask</c>, generic or not.</summary>
    public static bool IsTask(ITypeSymbol type)
        => type is INamedTypeSymbol { Name: "Task" or "ValueTask", Arity: < 2, ContainingNamespace: { Name: "Tasks" } space }
            && space.ContainingNamespace is { Name: "Threading" } threading && IsSystem(threading.ContainingNamespace);

    public static bool IsAsyncEnumerable(INamedTypeSymbol type)
        => type is { MetadataName: "IAsyncEnumerable`1", ContainingNamespace: { Name: "Generic" } space }
            && space.ContainingNamespace is { Name: "Collections" } collections && IsSystem(collections.ContainingNamespace);

    public static bool IsList(INamedTypeSymbol type)
        => type is { MetadataName: "List`1", ContainingNamespace: { Name: "Generic" } space }
            && space.ContainingNamespace is { Name: "Collections" } collections && IsSystem(collections.ContainingNamespace);

    /// <summary><c>System.Exception</c> itself.</summary>
    public static bool IsAnyException(ITypeSymbol type)
        => type is INamedTypeSymbol { Name: nameof(Exception), Arity: 0, ContainingType: null } && IsSystem(type.ContainingNamespace);

    /// <summary><c>System.Exception</c> or a class derived from it.</summary>
    public static bool IsException(ITypeSymbol type)
    {
        for (ITypeSymbol? level = type; level is not null; level = level.BaseType)
        {
            if (IsAnyException(level))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>In <c>System</c> or a namespace below it.</summary>
    public static bool IsFramework(ITypeSymbol type)
    {
        INamespaceSymbol? space = type.ContainingNamespace;
        while (space is { IsGlobalNamespace: false })
        {
            if (IsSystem(space))
            {
                return true;
            }

            space = space.ContainingNamespace;
        }

        return false;
    }

    private static bool IsSystem(INamespaceSymbol? space) => space is { Name: "System", ContainingNamespace.IsGlobalNamespace: true };

    private static bool IsFlowGen(ITypeSymbol type)
        => type.ContainingType is null && type.ContainingNamespace is { Name: "FlowGen", ContainingNamespace.IsGlobalNamespace: true };
}
