using System.Globalization;
using FlowGen.Generator.Emission;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FlowGen.Generator.Parsing;

/// <summary>A parameter's default value as a C# expression that can stand anywhere.</summary>
internal static class DefaultValues
{
    /// <summary>Empty when the parameter has none.</summary>
    public static string TextOf(IParameterSymbol parameter)
    {
        if (!parameter.HasExplicitDefaultValue)
        {
            return "";
        }

        ITypeSymbol type = parameter.Type;
        return parameter.ExplicitDefaultValue switch
        {
            null => "default(" + TypeNames.Full(type) + ")",
            bool flag => flag ? "true" : "false",
            string text => Known.Literal(text),
            char character => SymbolDisplay.FormatLiteral(character, quote: true),
            decimal number => number.ToString(CultureInfo.InvariantCulture) + "m",
            double number => Real(number, "double", "d"),
            float number => Real(number, "float", "f"),
            object number => "unchecked((" + TypeNames.Full(type).TrimEnd('?') + ")" + SymbolDisplay.FormatPrimitive(number, quoteStrings: true, useHexadecimalNumbers: false) + ")",
        };
    }

    private static string Real(double number, string type, string suffix) =>
        double.IsNaN(number) ? type + ".NaN"
        : double.IsPositiveInfinity(number) ? type + ".PositiveInfinity"
        : double.IsNegativeInfinity(number) ? type + ".NegativeInfinity"
        : number.ToString("R", CultureInfo.InvariantCulture) + suffix;
}
