using System.Reflection;
using System.Runtime.CompilerServices;

namespace FlowGen.Runtime.Tests.Api;

/// <summary>Members as C# declares them, in one fixed form.</summary>
internal static class ApiSignature
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(double)] = "double",
    };

    internal static string Of(Type type)
    {
        if (type.IsEnum)
        {
            Type underlying = Enum.GetUnderlyingType(type);
            return underlying == typeof(int) ? $"enum {Name(type)}" : $"enum {Name(type)} : {Name(underlying)}";
        }

        string[] bases = [.. Bases(type).Select(Name)];
        return $"{Kind(type)} {Name(type)}{(bases.Length == 0 ? string.Empty : " : " + string.Join(", ", bases))}";
    }

    internal static string Of(MemberInfo member) => member switch
    {
        ConstructorInfo constructor => $"{Access(constructor)}{Name(constructor.DeclaringType!).Split('<')[0]}({Parameters(constructor)})",
        PropertyInfo property => Property(property),
        MethodInfo method => Method(method),
        FieldInfo field => $"{(field.IsLiteral ? "const " : field.IsStatic ? "static readonly " : string.Empty)}{Field(field)} {field.Name}",
        EventInfo @event => $"event {Name(@event.EventHandlerType!)} {@event.Name}",
        _ => throw new ArgumentOutOfRangeException(nameof(member)),
    };

    internal static string Name(Type type)
    {
        if (Keywords.TryGetValue(type, out string? keyword))
        {
            return keyword;
        }

        if (type.IsArray)
        {
            return Name(type.GetElementType()!) + "[]";
        }

        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            return Name(value) + "?";
        }

        string name = type.IsNested && !type.IsGenericParameter ? $"{Name(type.DeclaringType!)}.{type.Name}" : type.Name;
        return type.IsGenericType
            ? $"{name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
            : name;
    }

    private static string Kind(Type type)
    {
        bool isRecord = type.GetMethods(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public).Any(m => m.Name is "PrintMembers");
        if (type.IsInterface)
        {
            return "interface";
        }

        if (type.IsValueType)
        {
            string modifiers = (type.IsDefined(typeof(IsReadOnlyAttribute), inherit: false) ? "readonly " : string.Empty) + (type.IsByRefLike ? "ref " : string.Empty);
            return $"{modifiers}{(isRecord ? "record " : string.Empty)}struct";
        }

        string inheritance = type switch
        {
            { IsAbstract: true, IsSealed: true } => "static ",
            { IsAbstract: true } => "abstract ",
            { IsSealed: true } => "sealed ",
            _ => string.Empty,
        };
        return inheritance + (isRecord ? "record" : "class");
    }

    /// <summary>The base class if it says anything, and the interfaces that it or another of them does not bring; equality goes without saying.</summary>
    private static IEnumerable<Type> Bases(Type type)
    {
        Type? baseType = type.BaseType is { } b && b != typeof(object) && b != typeof(ValueType) ? b : null;
        Type[] interfaces = type.GetInterfaces();
        IEnumerable<Type> direct = interfaces
            .Where(i => !(i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEquatable<>)))
            .Where(i => baseType?.GetInterfaces().Contains(i) != true && !interfaces.Any(other => other.GetInterfaces().Contains(i)))
            .OrderBy(i => i.Name, StringComparer.Ordinal);
        return baseType is null ? direct : direct.Prepend(baseType);
    }

    private static string Property(PropertyInfo property)
    {
        MethodInfo first = property.GetMethod ?? property.SetMethod!;
        bool isInit = property.SetMethod?.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) == true;
        string setter = property.SetMethod is { } set && (set.IsPublic || set.IsFamily) ? Access(set) + (isInit ? "init; " : "set; ") : string.Empty;
        string getter = property.GetMethod is { } get && (get.IsPublic || get.IsFamily) ? "get; " : string.Empty;
        string index = string.Join(", ", property.GetIndexParameters().Select(Parameter));
        NullabilityInfo nullability = new NullabilityInfoContext().Create(property);
        string name = index.Length == 0 ? property.Name : $"this[{index}]";
        string type = Annotated(nullability, property.PropertyType) + Mark(property.PropertyType, property, property.GetMethod);
        return $"{Access(first)}{Static(first)}{type} {name} {{ {getter}{setter}}}";
    }

    private static string Method(MethodInfo method)
    {
        string returns = Annotated(new NullabilityInfoContext().Create(method.ReturnParameter), method.ReturnType)
            + Mark(method.ReturnType, method.ReturnParameter, method);
        if (method.Name is "op_Implicit" or "op_Explicit")
        {
            return $"static {method.Name[3..].ToLowerInvariant()} operator {returns}({Parameters(method)})";
        }

        string generics = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : string.Empty;
        return $"{Access(method)}{Static(method)}{returns} {method.Name}{generics}({Parameters(method)})";
    }

    private static string Field(FieldInfo field) => Annotated(new NullabilityInfoContext().Create(field), field.FieldType);

    private static string Access(MethodBase method) => method.IsPublic ? string.Empty : "protected ";

    private static string Static(MethodBase method) => method switch
    {
        { IsStatic: true } => "static ",
        { IsAbstract: true, DeclaringType.IsInterface: false } => "abstract ",
        { IsVirtual: true, IsFinal: false, DeclaringType: { IsInterface: false, IsSealed: false } } => "virtual ",
        _ => string.Empty,
    };

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        Type type = parameter.ParameterType;
        string modifier = parameter switch
        {
            { IsIn: true } => "in ",
            { IsOut: true } => "out ",
            { ParameterType.IsByRef: true } => "ref ",
            _ when parameter.IsDefined(typeof(ParamArrayAttribute), inherit: false) => "params ",
            _ => string.Empty,
        };
        string annotated = type.IsByRef
            ? Name(type.GetElementType()!)
            : Annotated(new NullabilityInfoContext().Create(parameter), type) + Mark(type, parameter, parameter.Member);
        string value = parameter.HasDefaultValue ? " = " + Literal(parameter.DefaultValue, type) : string.Empty;
        return $"{modifier}{annotated} {parameter.Name}{value}";
    }

    private static string Literal(object? value, Type type) => value switch
    {
        null => type.IsValueType && Nullable.GetUnderlyingType(type) is null ? "default" : "null",
        bool flag => flag ? "true" : "false",
        string text => $"\"{text}\"",
        _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!,
    };

    /// <summary>The type's name with the question marks that its declaration has, those of type arguments and elements included.</summary>
    private static string Annotated(NullabilityInfo nullability, Type type)
    {
        if (type.IsValueType && !type.IsGenericType)
        {
            return Name(type);
        }

        string name = Name(type);
        if (type.IsArray && nullability.ElementType is { } element)
        {
            name = Annotated(element, type.GetElementType()!) + "[]";
        }
        else if (type.IsGenericType && Nullable.GetUnderlyingType(type) is null && nullability.GenericTypeArguments.Length > 0)
        {
            IEnumerable<string> arguments = nullability.GenericTypeArguments.Select(argument => Annotated(argument, argument.Type));
            name = $"{name.Split('<')[0]}<{string.Join(", ", arguments)}>";
        }

        bool marked = !type.IsValueType && !type.IsGenericParameter && nullability.ReadState == NullabilityState.Nullable;
        return marked ? name + "?" : name;
    }

    /// <summary>
    /// To reflection an unconstrained T may be null either way; only the compiler's own attribute on the declaration, or on what encloses it,
    /// tells T? from T.
    /// </summary>
    private static string Mark(Type type, ICustomAttributeProvider declaration, MemberInfo? enclosing)
    {
        if (!type.IsGenericParameter)
        {
            return string.Empty;
        }

        object? flag = FirstArgument(declaration, "NullableAttribute");
        for (MemberInfo? scope = enclosing; flag is null && scope is not null; scope = scope.DeclaringType)
        {
            flag = FirstArgument(scope, "NullableContextAttribute");
        }

        return flag is byte and 2 ? "?" : string.Empty;
    }

    private static object? FirstArgument(ICustomAttributeProvider provider, string attribute)
    {
        IEnumerable<CustomAttributeData> all = provider switch
        {
            ParameterInfo parameter => parameter.CustomAttributes,
            MemberInfo member => member.CustomAttributes,
            _ => [],
        };
        object? value = all.FirstOrDefault(data => string.Equals(data.AttributeType.Name, attribute, StringComparison.Ordinal))?.ConstructorArguments[0].Value;
        return value is IReadOnlyList<CustomAttributeTypedArgument> flags ? flags[0].Value : value;
    }
}
