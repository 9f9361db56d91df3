namespace FlowGen;

/// <summary>Finds a circle among things that point at each other; serves nodes and workflows alike.</summary>
internal static class Circle
{
    /// <summary>
    /// A circle, starting and ending with its smallest member; null if there is none. Walks depth first with a stack of its own, since a
    /// chain may be longer than a thread's stack.
    /// </summary>
    /// <param name="next">For each member, the members it points at.</param>
    internal static List<int>? Find(int[][] next)
    {
        bool[] done = new bool[next.Length];
        int[] placeOnPath = new int[next.Length];
        Array.Fill(placeOnPath, -1);
        var path = new List<int>();
        var tried = new List<int>();
        for (int start = 0; start < next.Length; start++)
        {
            if (!done[start])
            {
                Enter(start);
            }

            while (path.Count > 0)
            {
                int current = path[^1];
                if (tried[^1] == next[current].Length)
                {
                    done[current] = true;
                    placeOnPath[current] = -1;
                    path.RemoveAt(path.Count - 1);
                    tried.RemoveAt(tried.Count - 1);
                    continue;
                }

                int target = next[current][tried[^1]++];
                if (placeOnPath[target] >= 0)
                {
                    return Closed(path[placeOnPath[target]..]);
                }

                if (!done[target])
                {
                    Enter(target);
                }
            }
        }

        return null;

        void Enter(int member)
        {
            placeOnPath[member] = path.Count;
            path.Add(member);
            tried.Add(0);
        }
    }

    private static List<int> Closed(List<int> circle)
    {
        int first = circle.IndexOf(circle.Min());
        return [.. circle[first..], .. circle[..(first + 1)]];
    }
}
