using System.Collections.Immutable;
using System.Globalization;
using FlowGen.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowGen.Generator.Parsing;

/// <summary>Copies FlowGen attributes into the model as they are written.</summary>
internal static class AttributeReader
{
    public static EquatableArray<AttributeModel> Read(ImmutableArray<AttributeData> attributes, TypeReader types, bool onReturn = false)
    {
        List<AttributeModel> models = [];
        foreach (AttributeData attribute in Authored(attributes))
        {
            FlowAttribute kind = FlowNames.AttributeKind(attribute.AttributeClass)!.Value;
            models.Add(Read(attribute, kind, models.Count, onReturn, types));
        }

        return models.ToEquatableArray();
    }

    /// <summary>The FlowGen attributes that an author wrote, in source order: what an index in a spot counts.</summary>
    public static IEnumerable<AttributeData> Authored(ImmutableArray<AttributeData> attributes)
        => attributes.Where(a => FlowNames.AttributeKind(a.AttributeClass) is not null
            && a.ApplicationSyntaxReference is { } where && !GeneratedTrees.IsGenerated(where.SyntaxTree));

    private static AttributeModel Read(AttributeData attribute, FlowAttribute kind, int index, bool onReturn, TypeReader types)
    {
        AttributeSyntax? syntax = attribute.ApplicationSyntaxReference?.GetSyntax() as AttributeSyntax;
        List<ConstantModel> positional = [];
        foreach (TypedConstant argument in attribute.ConstructorArguments)
        {
            if (argument.Kind == TypedConstantKind.Array && !argument.IsNull)
            {
                foreach (TypedConstant element in argument.Values)
                {
                    positional.Add(ReadConstant(element, IsLiteral(Positional(syntax, positional.Count))));
                }
            }
            else
            {
                positional.Add(ReadConstant(argument, IsLiteral(Positional(syntax, positional.Count))));
            }
        }

        IEnumerable<NamedConstant> named = attribute.NamedArguments
            .Select(a => new NamedConstant(a.Key, ReadConstant(a.Value, IsLiteral(Named(syntax, a.Key)))));
        string written = attribute.AttributeClass!.Name;
        written = written.Substring(0, written.Length - nameof(Attribute).Length);
        TypeRef? typeArgument = kind is FlowAttribute.RetryOf or FlowAttribute.Exclusive ? types.Read(attribute.AttributeClass.TypeArguments[0]) : null;
        return new AttributeModel(kind, index, written, onReturn, positional.ToEquatableArray(), named.ToEquatableArray(), typeArgument)
        {
            Missing = typeArgument is not null && TypeReader.FindMissing(attribute.AttributeClass.TypeArguments[0]) is { Reason: MissingReason.FileLocal } missing ? missing : null,
        };
    }

    /// <summary>The expression of positional argument <paramref name="index"/>.</summary>
    public static ExpressionSyntax? Positional(AttributeSyntax? attribute, int index)
    {
        foreach (AttributeArgumentSyntax argument in attribute?.ArgumentList?.Arguments ?? default)
        {
            if (argument.NameEquals is null && index-- == 0)
            {
                return argument.Expression;
            }
        }

        return null;
    }

    /// <summary>The expression of named argument <paramref name="name"/>.</summary>
    public static ExpressionSyntax? Named(AttributeSyntax? attribute, string name)
    {
        foreach (AttributeArgumentSyntax argument in attribute?.ArgumentList?.Arguments ?? default)
        {
            if (argument.NameEquals?.Name.Identifier.ValueText == name)
            {
                return argument.Expression;
            }
        }

        return null;
    }

    private static bool IsLiteral(ExpressionSyntax? expression) => expression is LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression };

    private static ConstantModel ReadConstant(TypedConstant constant, bool isLiteral)
    {
        if (constant.IsNull || constant.Type is not { } type || constant.Kind == TypedConstantKind.Array)
        {
            return new ConstantModel(Text: null, TypeKey: "", TypeDisplay: "null", Code: "null", Display: "null", isLiteral);
        }

        string key = TypeNames.Key(type);
        string display = TypeNames.Display(type);
        string? text = Convert.ToString(constant.Value, CultureInfo.InvariantCulture);
        if (type.TypeKind == TypeKind.Enum)
        {
            string? member = EnumMember(type, constant.Value);
            string full = TypeNames.Full(type);
            string code = member is null ? $"({full})({text})" : full + "." + TypeNames.Escape(member);
            return new ConstantModel(text, key, display, code, member ?? text ?? "", isLiteral) { IsUnknownOption = IsUnknownOption(constant) };
        }

        return constant.Kind == TypedConstantKind.Primitive
            ? new ConstantModel(text, key, display, Literal(constant.Value), Literal(constant.Value), isLiteral)
            : new ConstantModel(text, key, display, constant.ToCSharpString(), constant.ToCSharpString(), isLiteral);
    }

    /// <summary>A number that has been cast to one of FlowGen's own enums and is none of its members.</summary>
    public static bool IsUnknownOption(TypedConstant constant)
        => constant is { Kind: TypedConstantKind.Enum, Type: { } type } && FlowNames.IsOwn(type) && EnumMember(type, constant.Value) is null;

    private static string? EnumMember(ITypeSymbol type, object? value)
    {
        foreach (ISymbol member in type.GetMembers())
        {
            if (member is IFieldSymbol { HasConstantValue: true } field && Equals(field.ConstantValue, value))
            {
                return field.Name;
            }
        }

        return null;
    }

    private static string Literal(object? value)
        => value switch
        {
            float number => number.ToString("R", CultureInfo.InvariantCulture) + "F",
            double number => number.ToString("R", CultureInfo.InvariantCulture) + "D",
            _ => SymbolDisplay.FormatPrimitive(value!, quoteStrings: true, useHexadecimalNumbers: false),
        };
}
