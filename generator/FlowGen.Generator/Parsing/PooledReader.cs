using FlowGen.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowGen.Generator.Parsing;

/// <summary>Whether an instance of a node or state class can serve another activation, and what makes it ready for that.</summary>
internal static class PooledReader
{
    public const int DefaultMax = 64;

    public static CleanupKind Cleanup(INamedTypeSymbol type)
    {
        CleanupKind found = CleanupKind.None;
        foreach (INamedTypeSymbol contract in type.AllInterfaces)
        {
            if (FlowNames.IsFlowGen(contract, "IAsyncCleanup"))
            {
                return CleanupKind.Async;
            }

            if (FlowNames.IsFlowGen(contract, "ICleanup"))
            {
                found = CleanupKind.Sync;
            }
        }

        return found;
    }

    public static (bool IsPooled, int Max) Pooling(INamedTypeSymbol type, CleanupKind cleanup)
    {
        bool isEnabled = true;
        int max = DefaultMax;
        if (FlowNames.Find(type, FlowAttribute.Pooled) is { } pooled)
        {
            isEnabled = pooled.ConstructorArguments is not [{ Value: false }];
            max = pooled.NamedArguments.Where(a => a.Key == "Max").Select(a => a.Value.Value as int?).FirstOrDefault() ?? DefaultMax;
        }

        return (isEnabled && (cleanup != CleanupKind.None || !HasMutableState(type)), max);
    }

    /// <summary>Fields that outlive one execution. What cannot be seen (a base class of another assembly) counts.</summary>
    public static bool HasMutableState(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? level = type; level is not null && level.SpecialType != SpecialType.System_Object; level = level.BaseType)
        {
            if (level.DeclaringSyntaxReferences.IsEmpty || level.GetMembers().Any(IsMutable) || AssignsParameter(level))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A field, or the backing field of a property, that can change after construction.</summary>
    public static bool IsMutable(ISymbol member)
        => member is IFieldSymbol { IsStatic: false, IsConst: false, IsReadOnly: false } field
            && (!field.IsImplicitlyDeclared || field.AssociatedSymbol is not null);

    /// <summary>A primary-constructor parameter is a field as soon as a method uses it, and mutable state once one assigns it.</summary>
    private static bool AssignsParameter(INamedTypeSymbol type)
    {
        HashSet<string> parameters = new(HeldReader.PrimaryParameters(type).Select(p => p.Name), StringComparer.Ordinal);
        return parameters.Count > 0
            && type.DeclaringSyntaxReferences.Any(r => r.GetSyntax().DescendantNodes().Any(n => Assigned(n) is { } name && parameters.Contains(name)));
    }

    private static string? Assigned(SyntaxNode node)
    {
        ExpressionSyntax? target = node switch
        {
            AssignmentExpressionSyntax assignment => assignment.Left,
            PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression } unary => unary.Operand,
            PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression } unary => unary.Operand,
            ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.RefKeyword or (int)SyntaxKind.OutKeyword } argument => argument.Expression,
            _ => null,
        };
        return (target as IdentifierNameSyntax)?.Identifier.ValueText;
    }

    public static StateModel? State(ITypeSymbol type, TypeReader types)
    {
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Class } named
            || FlowNames.IsFramework(named)
            || FlowNames.Find(named, FlowAttribute.State) is not { } state)
        {
            return null;
        }

        bool isRunScoped = state.NamedArguments.Any(a => a.Key == "Scope" && a.Value.Value is 1);
        CleanupKind cleanup = Cleanup(named);
        (bool isPooled, int max) = Pooling(named, cleanup);
        bool hasConstructor = !named.IsAbstract && named.InstanceConstructors
            .Any(c => c.Parameters.Length == 0 && Construction.CanCall(c, types.Compilation, types.Within));
        Spot? spot = DeclarationOrder.FirstAuthored(named) is null ? null : new Spot(TypeNames.Metadata(named));
        return new StateModel(new StateClass(types.Read(named), isRunScoped, cleanup, isPooled, max), hasConstructor, spot);
    }
}
