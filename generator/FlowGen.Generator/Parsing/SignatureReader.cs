using System.Collections.Immutable;
using FlowGen.Generator.Model;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Parsing;

/// <summary>Reads parameters and their roles (language.md B1, B2).</summary>
internal static class SignatureReader
{
    public static EquatableArray<ParameterModel> Parameters(IMethodSymbol method, TypeReader types, SignatureKind kind)
        => method.Parameters.Select(p => Parameter(p, types, kind)).ToEquatableArray();

    private static ParameterModel Parameter(IParameterSymbol parameter, TypeReader types, SignatureKind kind)
    {
        EquatableArray<AttributeModel> attributes = AttributeReader.Read(parameter.GetAttributes(), types);
        ITypeSymbol type = parameter.Type;
        ITypeSymbol need;
        Strength strength;
        if (kind == SignatureKind.Entry || attributes.Any(a => a.Kind == FlowAttribute.Each))
        {
            // An input is what it is. The parameter of [Each] takes an element as it is: Outcome<T> may be the element.
            need = TypeReader.Bare(type, out bool isNullable);
            strength = isNullable ? Strength.Nullable : Strength.Required;
        }
        else
        {
            need = TypeReader.Strip(type, out strength);
        }

        TypeRef typeRef = types.Read(type);
        (ParameterRole role, StateModel? state) = Role(type, attributes, types, kind);
        bool isByRef = parameter.RefKind != RefKind.None || TypeReader.IsFleeting(type);
        return new ParameterModel(
            parameter.Name,
            role,
            typeRef,
            strength,
            types.Read(need),
            parameter.HasExplicitDefaultValue,
            isByRef,
            TypeReader.FindMissing(type) ?? (kind == SignatureKind.Entry ? TypeReader.FindHidden(type, (IMethodSymbol)parameter.ContainingSymbol) : null),
            state,
            role is ParameterRole.Emitter or ParameterRole.More ? types.Read(((INamedTypeSymbol)type).TypeArguments[0]) : null,
            attributes)
        {
            IsGivenByRun = kind == SignatureKind.Entry && IsGivenByRun(TypeReader.Bare(type, out _), types),
        };
    }

    private static (ParameterRole Role, StateModel? State) Role(
        ITypeSymbol type, EquatableArray<AttributeModel> attributes, TypeReader types, SignatureKind kind)
    {
        if (FlowNames.IsCancellationToken(type))
        {
            return (ParameterRole.CancellationToken, null);
        }

        ITypeSymbol bare = TypeReader.Bare(type, out _);
        if (kind == SignatureKind.Entry)
        {
            return (FlowNames.IsFlowGen(bare, "RunOptions") ? ParameterRole.RunOptions : ParameterRole.Data, null);
        }

        if (FlowNames.IsFlowGen(type, "FlowContext"))
        {
            return (ParameterRole.FlowContext, null);
        }

        if (attributes.Any(a => a.Kind == FlowAttribute.Service))
        {
            return (ParameterRole.Service, null);
        }

        return Special(type, bare, attributes, kind) is { } special ? (special, null)
            : PooledReader.State(bare, types) is { } state ? (ParameterRole.State, state)
            : (ParameterRole.Data, null);
    }

    private static bool IsGivenByRun(ITypeSymbol type, TypeReader types)
        => FlowNames.IsFlowGen(type, "FlowContext") || FlowNames.IsFlowGen(type, "Emitter`1") || FlowNames.IsFlowGen(type, "More`1")
            || FlowNames.IsFlowGen(type, "EachProgress") || PooledReader.State(type, types) is not null;

    private static ParameterRole? Special(ITypeSymbol type, ITypeSymbol bare, EquatableArray<AttributeModel> attributes, SignatureKind kind)
    {
        if (FlowNames.IsFlowGen(type, "Emitter`1"))
        {
            return ParameterRole.Emitter;
        }

        if (FlowNames.IsFlowGen(type, "More`1"))
        {
            return ParameterRole.More;
        }

        if (kind == SignatureKind.Check && FlowNames.IsFlowGen(type, "EachProgress"))
        {
            return ParameterRole.Progress;
        }

        // An exception that somebody returned is data; whoever takes it in a handler says so.
        bool isData = attributes.Any(a => a.Kind is FlowAttribute.From or FlowAttribute.FromFirst or FlowAttribute.Input or FlowAttribute.Each);
        return kind is SignatureKind.Handler or SignatureKind.Check && !isData && FlowNames.IsException(bare) ? ParameterRole.Exception : null;
    }

    /// <summary>The private types of a signature, which no parent could name.</summary>
    public static EquatableArray<Restriction> Restrictions(IMethodSymbol method, Spot spot)
        => method.Parameters.Select((p, i) => (p.Type, Spot: spot.InParameter(i)))
            .Prepend((method.ReturnType, spot.AtReturnType()))
            .Select(t => Restriction(t.Item1, t.Item2))
            .OfType<Restriction>()
            .ToEquatableArray();

    public static Restriction? Restriction(ITypeSymbol type, Spot spot)
    {
        if (TypeReader.FindPrivate(type) is not { } hidden)
        {
            return null;
        }

        bool isState = FlowNames.Has(hidden, FlowAttribute.State);
        return new Restriction(isState ? new Spot(TypeNames.Metadata(hidden)) : spot, TypeNames.Display(hidden), isState, IsInheritable: hidden.DeclaredAccessibility != Accessibility.Private);
    }

    /// <summary>The author's words about a member in one line, or empty.</summary>
    public static string Summary(ISymbol symbol) => Documentation.Summary(symbol);

    /// <summary>Whether an attribute says what the method is in the graph.</summary>
    public static bool IsNode(IMethodSymbol method)
    {
        ImmutableArray<AttributeData> attributes = method.GetAttributes();
        return !attributes.IsEmpty && AttributeReader.Authored(attributes).Any(a => AttributeModel.SaysKind(FlowNames.AttributeKind(a.AttributeClass)!.Value));
    }

    /// <summary>Whether the attribute list of a method makes it FlowGen's business.</summary>
    public static bool HasFlowAttributes(IMethodSymbol method)
    {
        ImmutableArray<AttributeData> attributes = method.GetAttributes();
        return !attributes.IsEmpty && AttributeReader.Authored(attributes).Any();
    }
}
