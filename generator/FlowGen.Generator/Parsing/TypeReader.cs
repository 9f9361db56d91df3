using FlowGen.Generator.Model;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Parsing;

/// <summary>
/// Turns symbols into <see cref="TypeRef"/> and remembers every type that a workflow mentions, so that the facts about them and the
/// conversions between them can be written down in the end.
/// </summary>
internal sealed class TypeReader(Compilation compilation, INamedTypeSymbol within)
{
    private readonly Dictionary<ITypeSymbol, TypeRef> _refs = new(SymbolEqualityComparer.IncludeNullability);
    private readonly SortedDictionary<string, ITypeSymbol> _mentioned = new(StringComparer.Ordinal);

    public Compilation Compilation => compilation;

    public INamedTypeSymbol Within => within;

    /// <summary>The types mentioned so far, by key. Reading facts may add to it.</summary>
    public SortedDictionary<string, ITypeSymbol> Mentioned => _mentioned;

    public TypeRef Read(ITypeSymbol type)
    {
        if (_refs.TryGetValue(type, out TypeRef? known))
        {
            return known;
        }

        ITypeSymbol bare = Bare(type, out bool isNullable);
        TypeRef read = new(
            TypeNames.Full(bare), TypeNames.Key(bare), TypeNames.Display(bare), bare.IsReferenceType, isNullable, bare.IsValueType);
        _refs.Add(type, read);
        if (!_mentioned.ContainsKey(read.Key))
        {
            _mentioned.Add(read.Key, bare);
        }

        return read;
    }

    /// <summary>Without its own <c>?</c>.</summary>
    public static ITypeSymbol Bare(ITypeSymbol type, out bool isNullable)
    {
        if (type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T)
        {
            isNullable = true;
            return ((INamedTypeSymbol)type).TypeArguments[0];
        }

        isNullable = type.NullableAnnotation == NullableAnnotation.Annotated;
        return isNullable ? type.WithNullableAnnotation(NullableAnnotation.NotAnnotated) : type;
    }

    /// <summary>Takes <c>Task</c> and <c>ValueTask</c> off; null for nothing.</summary>
    public static ITypeSymbol? Unwrap(ITypeSymbol type, out ReturnShape shape)
    {
        if (type.SpecialType == SpecialType.System_Void)
        {
            shape = ReturnShape.Void;
            return null;
        }

        if (!FlowNames.IsTask(type))
        {
            shape = ReturnShape.Value;
            return type;
        }

        INamedTypeSymbol task = (INamedTypeSymbol)type;
        bool isValueTask = task.Name == "ValueTask";
        if (task.Arity == 0)
        {
            shape = isValueTask ? ReturnShape.ValueTask : ReturnShape.Task;
            return null;
        }

        shape = isValueTask ? ReturnShape.ValueTaskOfT : ReturnShape.TaskOfT;
        return task.TypeArguments[0];
    }

    /// <summary>Takes <c>?</c>, <c>Optional</c> and <c>Outcome</c> off (language.md B2).</summary>
    public static ITypeSymbol Strip(ITypeSymbol type, out Strength strength)
    {
        if (FlowNames.IsFlowGen(type, "Outcome`1"))
        {
            strength = Strength.Outcome;
            return ((INamedTypeSymbol)type).TypeArguments[0];
        }

        if (FlowNames.IsFlowGen(type, "Optional`1"))
        {
            strength = Strength.Optional;
            return ((INamedTypeSymbol)type).TypeArguments[0];
        }

        ITypeSymbol bare = Bare(type, out bool isNullable);
        strength = isNullable ? Strength.Nullable : Strength.Required;
        return bare;
    }

    /// <summary>A type in <paramref name="type"/> that is not there, that only a generator declares, or that only its own file can name.</summary>
    public static MissingType? FindMissing(ITypeSymbol type)
    {
        switch (type)
        {
            case IErrorTypeSymbol:
                return new MissingType(type.Name, MissingReason.Unresolved);
            case IArrayTypeSymbol array:
                return FindMissing(array.ElementType);
            case INamedTypeSymbol named when GeneratedTrees.IsGeneratedOnly(named):
                return new MissingType(named.Name, MissingReason.Unresolved);
            case INamedTypeSymbol local when IsFileLocal(local):
                return new MissingType(local.Name, MissingReason.FileLocal);
            case INamedTypeSymbol { IsStatic: true }:
                return new MissingType(type.Name, MissingReason.NoValues);
            case INamedTypeSymbol { TypeArguments: { IsEmpty: false } arguments }:
                foreach (ITypeSymbol argument in arguments)
                {
                    if (argument.SpecialType == SpecialType.System_Void)
                    {
                        return new MissingType("void", MissingReason.NoValues);
                    }

                    if (FindMissing(argument) is { } missing)
                    {
                        return missing;
                    }
                }

                return null;
            default:
                return null;
        }
    }

    /// <summary>Of the stack: nobody can keep a value of it.</summary>
    public static bool IsFleeting(ITypeSymbol type) => type.IsRefLikeType || type is ITypeParameterSymbol { AllowsRefLikeType: true } || HasPointer(type);

    private static bool IsFileLocal(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? level = type; level is not null; level = level.ContainingType)
        {
            if (level.IsFileLocal)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>It is a pointer, or one is in it: <c>int*[]</c>.</summary>
    public static bool HasPointer(ITypeSymbol type)
        => type switch
        {
            IPointerTypeSymbol or IFunctionPointerTypeSymbol => true,
            IArrayTypeSymbol array => HasPointer(array.ElementType),
            INamedTypeSymbol named => named.TypeArguments.Any(HasPointer),
            _ => false,
        };

    /// <summary>A type in the signature of an entry that is too private for what is generated beside the entry.</summary>
    public static MissingType? FindHidden(ITypeSymbol type, IMethodSymbol entry)
    {
        if (type is IArrayTypeSymbol array)
        {
            return FindHidden(array.ElementType, entry);
        }

        if (type is not INamedTypeSymbol named)
        {
            return null;
        }

        bool isHidden = SurfaceReader.IsExposed(entry.ContainingType, entry) && named.TypeKind != TypeKind.Error && !IsPublic(named);
        for (INamedTypeSymbol? level = named; level?.ContainingType is { } container; level = container)
        {
            isHidden |= IsPrivate(level) && SymbolEqualityComparer.Default.Equals(container.OriginalDefinition, entry.ContainingType.OriginalDefinition);
        }

        return isHidden ? new MissingType(named.Name, MissingReason.Hidden)
            : named.TypeArguments.Select(argument => FindHidden(argument, entry)).FirstOrDefault(found => found is not null);
    }

    private static bool IsPublic(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? level = type; level is not null; level = level.ContainingType)
        {
            if (level.DeclaredAccessibility is not (Accessibility.Public or Accessibility.NotApplicable))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A type in <paramref name="type"/> that other classes of the assembly cannot name.</summary>
    public static INamedTypeSymbol? FindPrivate(ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol array)
        {
            return FindPrivate(array.ElementType);
        }

        if (type is not INamedTypeSymbol named)
        {
            return null;
        }

        for (INamedTypeSymbol? level = named; level is not null; level = level.ContainingType)
        {
            if (IsPrivate(level))
            {
                return named;
            }
        }

        return named.TypeArguments.Select(FindPrivate).FirstOrDefault(found => found is not null);
    }

    /// <summary>Out of reach for other classes of the assembly.</summary>
    public static bool IsPrivate(ISymbol member)
        => member.DeclaredAccessibility is Accessibility.Private or Accessibility.Protected or Accessibility.ProtectedAndInternal;
}
