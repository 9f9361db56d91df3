using System.Collections.Immutable;
using FlowGen.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowGen.Generator.Parsing;

/// <summary>Reads what the generated parts of a workflow have to repeat: headers, modifiers and signatures.</summary>
internal static class SurfaceReader
{
    /// <summary>Names of what is added to every workflow.</summary>
    public static readonly ImmutableArray<string> GeneratedMembers = ["NodeId", "Graph", "Descriptor", "Runtime", "Handle", "Start"];

    public static WorkflowSurface Read(
        INamedTypeSymbol type,
        AttributeModel settings,
        Lineage lineage,
        List<MethodModel> entries,
        List<MethodModel> methods,
        List<ReservedName> hidden,
        Compilation compilation)
    {
        ImmutableArray<ISymbol> members = lineage.Own;
        List<string> containers = [];
        for (INamedTypeSymbol? container = type.ContainingType; container is not null; container = container.ContainingType)
        {
            containers.Insert(0, Header(container));
        }

        string id = settings.Text("Id") ?? type.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat);
        Dictionary<(string, int), IMethodSymbol> symbols = Index(members);
        MethodModel? entry = entries.FirstOrDefault();
        IEnumerable<MethodModel> bodyless = methods
            .Where(m => m is { IsBodyless: true, IsInherited: false } && m.Attributes.Any(a => a.IsNodeKind || a.Kind == FlowAttribute.Compensate))
            .Concat(entries.Skip(1));
        return new WorkflowSurface(
            TypeNames.Metadata(type),
            string.Join(".", TypeNames.Namespace(type).Split('.').Select(TypeNames.Escape)),
            containers.ToEquatableArray(),
            Header(type),
            TypeNames.Escape(type.Name),
            TypeNames.Full(type),
            id,
            settings.Number("Version", 1),
            settings.Flag("Enabled", true),
            type.IsSealed,
            entry is null ? null : Entry(entry, symbols[(entry.Name, entry.Spot.Overload)], compilation),
            bodyless.Select(m => DeclarationReader.Read(m, symbols[(m.Name, m.Spot.Overload)], compilation)).ToEquatableArray(),
            methods.Where(m => m.Attributes.Any(a => a.IsNodeKind)).Select(m => m.NodeName).Distinct().ToEquatableArray(),
            IsVisible(type),
            IsExposed: entry is not null && IsExposed(type, symbols[(entry.Name, entry.Spot.Overload)]),
            IsGeneric(type),
            PrimaryParameters(type).ToEquatableArray(),
            Taken(type, members, entry is null ? null : symbols[(entry.Name, entry.Spot.Overload)]).Concat(GeneratedMembers.Where(name => name == "Runtime" && HasNoObjects(type)))
                .Concat(hidden.Select(taken => taken.Name)).Distinct().ToEquatableArray(),
            lineage.BaseWorkflow is { } ancestor ? TypeNames.Full(ancestor) : null,
            CanCreate(type))
        {
            IsBare = HasNoObjects(type) || type.IsRefLikeType
                || (entry is not null && CannotBeKept(symbols[(entry.Name, entry.Spot.Overload)])),
            IsUnsafe = DeclarationReader.AllowsPointers(compilation) && lineage.Own.OfType<IMethodSymbol>().Any(m => GeneratedTrees.IsPartialDefinition(m) && DeclarationReader.HasPointers(m)),
            HandleConfines = ConfineReader.OfHandle(type, entry is null ? null : symbols[(entry.Name, entry.Spot.Overload)]),
            HidesInherited = lineage.Levels.Take(lineage.Levels.Count - 1)
                .Any(level => !Lineage.IsWorkflow(level) && GeneratedMembers.Any(name => level.GetMembers(name).Any(member => member.DeclaredAccessibility != Accessibility.Private))),
        };
    }

    private static bool CannotBeKept(IMethodSymbol entry)
        => DeclarationReader.Missing(entry) is not null
            || entry.Parameters.Select(p => p.Type).Append(TypeReader.Unwrap(entry.ReturnType, out _)).Any(t => t is not null && TypeReader.IsFleeting(t));

    private static bool HasNoObjects(INamedTypeSymbol type) => type.IsStatic || type.TypeKind == TypeKind.Interface;

    /// <summary>Whether <c>new()</c> is all that it takes.</summary>
    private static bool CanCreate(INamedTypeSymbol type)
        => !type.IsAbstract && type.InstanceConstructors.Any(constructor => constructor.Parameters.All(parameter => parameter.HasExplicitDefaultValue) && Construction.IsComplete(constructor));

    /// <summary>Names of generated members that are taken: by a member, by the class itself or by a type parameter of it.</summary>
    public static IEnumerable<string> Taken(INamedTypeSymbol type, ImmutableArray<ISymbol> members, IMethodSymbol? entry)
        => GeneratedMembers.Where(name => type.Name == name
            || type.TypeParameters.Any(parameter => parameter.Name == name)
            || members.Any(member => member.Name == name && !(name == "Start" && member is IMethodSymbol method && !StartsARun(method, entry))));

    /// <summary>Whether a method of the name Start takes what the generated one takes; any other is an overload of it.</summary>
    private static bool StartsARun(IMethodSymbol method, IMethodSymbol? entry)
    {
        if (entry is null || method.IsGenericMethod || SignatureReader.HasFlowAttributes(method))
        {
            return entry is not null && !method.IsGenericMethod;
        }

        List<ITypeSymbol> types = [.. entry.Parameters.Select(p => p.Type).Where(t => !FlowNames.IsCancellationToken(t) && !FlowNames.IsFlowGen(TypeReader.Bare(t, out _), "RunOptions"))];
        return method.Parameters.Length == types.Count + 2
            && FlowNames.IsFlowGen(TypeReader.Bare(method.Parameters[types.Count].Type, out _), "RunOptions")
            && FlowNames.IsCancellationToken(method.Parameters[types.Count + 1].Type)
            && method.Parameters.Take(types.Count).Select(p => p.Type).SequenceEqual(types, SymbolEqualityComparer.Default);
    }

    private static IEnumerable<string> PrimaryParameters(INamedTypeSymbol type) => type.InstanceConstructors
        .Where(constructor => DeclarationOrder.FirstAuthored(constructor)?.GetSyntax() is TypeDeclarationSyntax)
        .SelectMany(constructor => constructor.Parameters)
        .Select(parameter => parameter.Name)
        .Except(Initialising(type));

    /// <summary>Names that the class uses while it is constructed: initialisers read them, and capturing them as well would be a warning.</summary>
    private static IEnumerable<string> Initialising(INamedTypeSymbol type) => type.DeclaringSyntaxReferences
        .Where(reference => !GeneratedTrees.IsGenerated(reference.SyntaxTree))
        .Select(reference => reference.GetSyntax())
        .OfType<TypeDeclarationSyntax>()
        .SelectMany(declaration => (declaration.BaseList?.DescendantNodes() ?? [])
            .Concat(declaration.Members.OfType<FieldDeclarationSyntax>().SelectMany(field => field.DescendantNodes()))
            .Concat(declaration.Members.OfType<PropertyDeclarationSyntax>().SelectMany(property => property.Initializer?.DescendantNodesAndSelf() ?? [])))
        .OfType<IdentifierNameSyntax>()
        .Select(name => name.Identifier.ValueText);

    private static bool IsVisible(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.ContainingType)
        {
            if (current.DeclaredAccessibility is Accessibility.Private or Accessibility.Protected or Accessibility.ProtectedAndInternal)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Other assemblies see it, and what its entry takes and gives.</summary>
    public static bool IsExposed(INamedTypeSymbol type, IMethodSymbol entry)
    {
        bool isPublic = entry.DeclaredAccessibility == Accessibility.Public;
        for (INamedTypeSymbol? current = type; current is not null; current = current.ContainingType)
        {
            isPublic &= current.DeclaredAccessibility == Accessibility.Public;
        }

        return isPublic;
    }

    public static bool IsGeneric(INamedTypeSymbol type) => type.IsGenericType || (type.ContainingType is { } container && IsGeneric(container));

    /// <summary>What speaks against the class, in the order of language.md FG1001 and FG1011.</summary>
    public static ClassShape Shape(INamedTypeSymbol type, Lineage lineage)
    {
        ImmutableArray<ISymbol> members = lineage.Own;
        INamedTypeSymbol? ancestor = lineage.BaseWorkflow;
        bool inPartialContainers = true;
        for (INamedTypeSymbol? container = type.ContainingType; container is not null; container = container.ContainingType)
        {
            inPartialContainers &= IsPartial(container) && !container.IsFileLocal;
        }

        bool isPartial = IsPartial(type);
        bool isClass = type is { TypeKind: TypeKind.Class, IsStatic: false, IsFileLocal: false };
        IMethodSymbol? entry = members.OfType<IMethodSymbol>().FirstOrDefault(m => m is { Name: "RunAsync" or "Run", IsPartialDefinition: true });
        string? refusal = 0 switch
        {
            _ when !isClass || !inPartialContainers => "",
            _ when entry is { IsStatic: true } => "; its entry cannot be static",
            _ when entry is { IsGenericMethod: true } => "; its entry cannot be generic",
            _ when entry is not null && ancestor is not null && !SymbolEqualityComparer.Default.Equals(ancestor.ContainingAssembly, type.ContainingAssembly)
                => $"; '{TypeNames.Display(ancestor)}' comes from another assembly, so that only its nodes can be overridden and not its entry",
            _ => null,
        };
        bool canEmit = isPartial && inPartialContainers && !type.IsFileLocal;
        return new ClassShape(TypeNames.Display(type), isPartial, refusal, canEmit)
        {
            BreaksDeclaration = type.TypeKind != TypeKind.Class || (!canEmit && members.OfType<IMethodSymbol>().Any(LacksBody)),
        };
    }

    /// <summary>A partial method that C# wants to have a body.</summary>
    private static bool LacksBody(IMethodSymbol method)
        => GeneratedTrees.IsPartialDefinition(method) && !GeneratedTrees.HasAuthoredBody(method)
            && (!method.ReturnsVoid || method.DeclaredAccessibility != Accessibility.Private || DeclarationOrder.FirstAuthored(method)?.GetSyntax().ChildTokens().Any(t => t.IsKind(SyntaxKind.PrivateKeyword)) == true);

    private static EntryDeclaration Entry(MethodModel entry, IMethodSymbol symbol, Compilation compilation) => Entry(
        symbol,
        entry.Parameters,
        entry.Result,
        DeclarationReader.Read(entry, symbol, compilation),
        Documentation.Inner(symbol),
        isOverridable: (symbol.IsVirtual || symbol.IsAbstract || (symbol.IsOverride && !symbol.IsSealed)) && !symbol.ContainingType.IsSealed);

    /// <summary>The entry of a sub-workflow as its parent calls it.</summary>
    public static EntryDeclaration ChildEntry(IMethodSymbol symbol, EquatableArray<ParameterModel> parameters, ReturnShape shape, TypeRef? result, bool isOverridable) => Entry(
        symbol,
        parameters,
        result,
        new MethodDeclaration(symbol.Name, Modifiers: "", TypeNames.Full(symbol.ReturnType), shape, EquatableArray<ParameterDeclaration>.Empty),
        documentation: "",
        isOverridable);

    private static EntryDeclaration Entry(
        IMethodSymbol symbol, EquatableArray<ParameterModel> parameters, TypeRef? resultRef, MethodDeclaration method, string documentation, bool isOverridable)
    {
        ITypeSymbol? result = TypeReader.Unwrap(symbol.ReturnType, out _);
        Strength strength = Strength.Required;
        if (result is not null && TypeReader.Strip(result, out strength) is var bare && strength != Strength.Required)
        {
            resultRef = new TypeRef(TypeNames.Full(bare), TypeNames.Key(bare), TypeNames.Display(bare), bare.IsReferenceType, IsNullable: false, bare.IsValueType);
        }

        IReadOnlyList<string> names = DeclarationReader.ParameterNames(symbol.Parameters);
        return new EntryDeclaration(
            method,
            parameters.Select((p, i) => (Model: p, Index: i))
                .Where(p => p.Model.Role == ParameterRole.Data)
                .Select(p => new InputDeclaration(names[p.Index], p.Model.Type, DefaultValues.TextOf(symbol.Parameters[p.Index]))).ToEquatableArray(),
            parameters.FirstOrDefault(p => p.Role == ParameterRole.CancellationToken)?.Name,
            parameters.FirstOrDefault(p => p.Role == ParameterRole.RunOptions)?.Name,
            resultRef,
            strength,
            documentation,
            isOverridable,
            symbol.IsVirtual || symbol.IsOverride);
    }

    private static Dictionary<(string, int), IMethodSymbol> Index(ImmutableArray<ISymbol> members)
    {
        Dictionary<(string, int), IMethodSymbol> index = [];
        foreach (IGrouping<string, ISymbol> named in members.GroupBy(m => m.Name, StringComparer.Ordinal))
        {
            int overload = 0;
            foreach (ISymbol member in named)
            {
                if (member is IMethodSymbol method)
                {
                    index.Add((member.Name, overload), method);
                }

                overload++;
            }
        }

        return index;
    }

    private static bool IsPartial(INamedTypeSymbol type)
        => type.DeclaringSyntaxReferences.Any(r => !GeneratedTrees.IsGenerated(r.SyntaxTree)
            && r.GetSyntax() is TypeDeclarationSyntax declaration && declaration.Modifiers.Any(SyntaxKind.PartialKeyword));

    /// <summary><c>partial record Checkout</c>; modifiers and constraints need not be repeated.</summary>
    private static string Header(INamedTypeSymbol type)
    {
        string keyword = type switch
        {
            { IsRecord: true, TypeKind: TypeKind.Struct } => "record struct",
            { IsRecord: true } => "record",
            { TypeKind: TypeKind.Struct } => "struct",
            { TypeKind: TypeKind.Interface } => "interface",
            _ => "class",
        };
        string parameters = type.TypeParameters.IsEmpty
            ? ""
            : "<" + string.Join(", ", type.TypeParameters.Select(p => TypeNames.Escape(p.Name))) + ">";
        return $"partial {keyword} {TypeNames.Escape(type.Name)}{parameters}";
    }
}
