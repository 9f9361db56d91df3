namespace FlowGen.Diagnostics.Tests.Refactoring;

/// <summary>Tells what changed between two graphs and should not have, given that one node was added or deleted.</summary>
internal static class GraphChange
{
    /// <param name="mayMerge">The new node can exclude others, so it may join a merge.</param>
    /// <param name="mayEnd">The new node can follow others, so it may become the result.</param>
    public static IEnumerable<string> OfAddition(Wiring before, Wiring after, string added, bool mayMerge, bool mayEnd)
    {
        foreach ((string owner, Slot slot) in before.Slots)
        {
            if (!after.Slots.TryGetValue(owner, out Slot? now))
            {
                yield return $"{owner}: {slot} is gone";
            }
            else if (now != slot && !(mayMerge && IsMerge(slot, now, added)) && !(mayEnd && owner == Wiring.Result && IsOnly(now, added)))
            {
                yield return $"{owner}: {slot} became {now}";
            }
        }

        // Where only nodes that end the run gave its result, the new one gives it where none of them runs.
        foreach ((string owner, Slot slot) in after.Slots.Where(s => !before.Slots.ContainsKey(s.Key) && !IsOwnedBy(s.Key, added)
            && !(s.Key == Wiring.Result && IsOnly(s.Value, added))))
        {
            yield return $"{owner}: {slot} is new";
        }

        foreach (string node in before.Nodes.Keys.Where(n => !after.Nodes.ContainsKey(n)))
        {
            yield return $"{node} is gone";
        }
    }

    /// <param name="otherwise">Nodes that stand for what no condition lists; deleting one that lists something changes what is left.</param>
    public static IEnumerable<string> OfDeletion(Wiring before, Wiring after, string deleted, IReadOnlySet<string> otherwise)
    {
        foreach ((string owner, Slot slot) in before.Slots.Where(s => !IsOwnedBy(s.Key, deleted)))
        {
            string[] left = [.. slot.Sources.Select(s => string.Join('|', s.Split('|').Where(part => Wiring.NodeOf(part) != deleted))).Where(s => s.Length > 0)];
            if (!after.Slots.TryGetValue(owner, out Slot? now))
            {
                // A predicate that decides for nobody any more takes nothing.
                if (before.Nodes.Keys.Any(n => IsOwnedBy(owner, n)) || Decides(after, owner))
                {
                    yield return $"{owner}: {slot} is gone";
                }
            }
            else if (!(now.Kind == slot.Kind && left.Length > 0 && left.SequenceEqual(now.Sources, StringComparer.Ordinal))
                && now != slot
                && !(owner == Wiring.Result && IsOnly(slot, deleted) && now.Sources.All(s => Precedes(before, Wiring.NodeOf(s), deleted)))
                && !otherwise.Any(o => owner == o + " when" && AreFewer(slot, now)))
            {
                yield return $"{owner}: {slot} became {now}";
            }
        }

        // Without its override, a node is what the base class makes of it.
        foreach ((string owner, Slot slot) in after.Slots.Where(s => !before.Slots.ContainsKey(s.Key) && !IsOwnedBy(s.Key, deleted)))
        {
            yield return $"{owner}: {slot} is new";
        }

        foreach (string node in before.Nodes.Keys.Where(n => n != deleted && !after.Nodes.ContainsKey(n)))
        {
            yield return $"{node} is gone";
        }
    }

    /// <summary>Whether the owner of a slot is a predicate that some condition still asks.</summary>
    private static bool Decides(Wiring graph, string owner)
        => owner.IndexOf('(', StringComparison.Ordinal) is var end && end < 0
            || graph.Slots.Any(s => s.Key.EndsWith(" when", StringComparison.Ordinal) && s.Value.Sources.Any(c => c.StartsWith($"!{owner[..end]} ", StringComparison.Ordinal)));

    private static bool Precedes(Wiring graph, string? first, string then)
    {
        HashSet<string> before = [then];
        Stack<string> open = new([then]);
        while (open.Count > 0)
        {
            string node = open.Pop();
            foreach (string source in graph.Slots.Where(s => IsOwnedBy(s.Key, node)).SelectMany(s => s.Value.Sources).SelectMany(s => s.Split('|')))
            {
                if (Wiring.NodeOf(source) is { } name && before.Add(name))
                {
                    open.Push(name);
                }
            }
        }

        return first is not null && first != then && before.Contains(first);
    }

    private static bool IsOwnedBy(string owner, string node)
        => owner.Length > node.Length && owner.StartsWith(node, StringComparison.Ordinal) && owner[node.Length] is '(' or ' ';

    private static bool IsMerge(Slot before, Slot after, string added)
        => before.Kind == after.Kind
            && after.Sources.Count == before.Sources.Count + 1
            && after.Sources.Where(s => Wiring.NodeOf(s) != added).SequenceEqual(before.Sources, StringComparer.Ordinal);

    private static bool IsOnly(Slot slot, string node) => slot.Sources is [var only] && Wiring.NodeOf(only) == node;

    /// <summary>The same deciders, compared with some of the same values.</summary>
    private static bool AreFewer(Slot before, Slot after)
    {
        string[][] were = [.. before.Sources.Select(s => s.Split(" = "))];
        string[][] are = [.. after.Sources.Select(s => s.Split(" = "))];
        return were.Length == are.Length
            && were.Zip(are).All(p => p.First[0] == p.Second[0] && p.Second[1].Split(" or ").All(p.First[1].Split(" or ").Contains));
    }
}
