namespace FlowGen;

/// <summary>Guesses what somebody meant who asked for a name that does not exist.</summary>
internal static class NearMatches
{
    private const int Most = 3;

    /// <summary>A sentence with the closest names, or with some of the names there are.</summary>
    internal static string Cure(string wanted, IEnumerable<string> names)
    {
        string[] known = [.. names.Order(StringComparer.Ordinal)];
        if (known.Length == 0)
        {
            return "The catalog is empty.";
        }

        string[] near = [.. known
            .Select(name => (Name: name, Distance: Distance(wanted, name)))
            .Where(match => match.Distance <= Math.Max(1, Last(wanted).Length / 3) && match.Distance < wanted.Length)
            .OrderBy(match => match.Distance)
            .Take(Most)
            .Select(match => match.Name)];
        return near.Length > 0
            ? $"Did you mean {List(near, " or ")}?"
            : $"It has {List(known[..Math.Min(Most, known.Length)], ", ")}{(known.Length > Most ? $" and {known.Length - Most} more" : string.Empty)}.";
    }

    private static string List(string[] names, string separator) => string.Join(separator, names.Select(name => $"'{name}'"));

    /// <summary>How far the name is from what was wanted, namespaces apart where that brings them closer.</summary>
    private static int Distance(string wanted, string name) => Math.Min(Edits(wanted, name), Edits(Last(wanted), Last(name)));

    private static string Last(string name) => name[(name.LastIndexOf('.') + 1)..];

    /// <summary>How many letters to insert, remove or change, whatever their case.</summary>
    private static int Edits(string wanted, string name)
    {
        int[] above = [.. Enumerable.Range(0, name.Length + 1)];
        int[] row = new int[name.Length + 1];
        for (int i = 1; i <= wanted.Length; i++)
        {
            row[0] = i;
            for (int j = 1; j <= name.Length; j++)
            {
                bool same = char.ToUpperInvariant(wanted[i - 1]) == char.ToUpperInvariant(name[j - 1]);
                row[j] = Math.Min(above[j - 1] + (same ? 0 : 1), Math.Min(above[j], row[j - 1]) + 1);
            }

            (above, row) = (row, above);
        }

        return above[name.Length];
    }
}
