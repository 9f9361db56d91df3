namespace PackageAudit.Reading;

/// <summary>
/// Whether a text has the form of an SPDX licence expression: identifiers joined by AND and OR, exceptions after WITH, and
/// parentheses. It judges the form only; the list of identifiers changes with every release of SPDX.
/// </summary>
internal static class SpdxExpression
{
    public static bool IsWellFormed(string text)
    {
        string[] tokens = text
            .Replace("(", " ( ", StringComparison.Ordinal)
            .Replace(")", " ) ", StringComparison.Ordinal)
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        int depth = 0;
        bool operandExpected = true;

        for (int i = 0; i < tokens.Length; i++)
        {
            switch (tokens[i])
            {
                case "(" when operandExpected:
                    depth++;
                    break;
                case ")" when !operandExpected && depth > 0:
                    depth--;
                    break;
                case "AND" or "OR" when !operandExpected:
                    operandExpected = true;
                    break;
                case "WITH" when !operandExpected && tokens[i - 1] != ")" && i + 1 < tokens.Length && IsIdentifier(tokens[i + 1]):
                    i++;
                    break;
                case string token when operandExpected && IsIdentifier(token.EndsWith('+') ? token[..^1] : token):
                    operandExpected = false;
                    break;
                default:
                    return false;
            }
        }

        return !operandExpected && depth == 0;
    }

    private static bool IsIdentifier(string token)
        => token is not ("" or "AND" or "OR" or "WITH") && token.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.');
}
