using FlowGen.Generator.Linking.Drafts;

namespace FlowGen.Generator.Linking.Binding;

/// <summary>Values that stand in for each other: that of a node, and those of its handlers (language.md B6).</summary>
internal static class Groups
{
    /// <summary>Those that stand in for none of the others.</summary>
    public static IReadOnlyList<ScopeValue> Roots(IReadOnlyList<ScopeValue> values)
        => values.Any(IsOfHandler) ? [.. values.Where(v => !IsOfHandler(v) || !values.Any(other => StandsInFor(v, other)))] : values;

    /// <summary>A value and those of <paramref name="values"/> that stand in for it.</summary>
    public static IReadOnlyList<ScopeValue> Of(ScopeValue root, IReadOnlyList<ScopeValue> values)
        => Ordered([root, .. values.Where(v => StandsInFor(v, root))]);

    /// <summary>As they are, but each followed by those that stand in for it, the nearest handler first.</summary>
    public static IReadOnlyList<ScopeValue> Ordered(IReadOnlyList<ScopeValue> values)
    {
        if (values.Count < 2 || !values.Any(IsOfHandler))
        {
            return values;
        }

        List<ScopeValue> ordered = [];
        foreach (ScopeValue root in Roots(values))
        {
            ordered.Add(root);
            foreach (NodeDraft handler in root.Producer?.Group.Skip(1) ?? [])
            {
                ordered.AddRange(values.Where(v => v.Producer == handler && !ordered.Contains(v)));
            }
        }

        // Handlers of each other, in a circle that is reported next.
        return [.. ordered, .. values.Where(v => !ordered.Contains(v))];
    }

    public static bool StandsInFor(ScopeValue value, ScopeValue other)
        => value.Producer is { } handler && other.Producer is { } producer && handler.StandsInFor(producer);

    private static bool IsOfHandler(ScopeValue value) => value.Producer?.Failure.Catches.Count > 0;
}
