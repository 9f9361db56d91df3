namespace FlowGen.Testing;

/// <summary>What happened, in order, from whatever thread.</summary>
public sealed class Journal
{
    private readonly Lock _lock = new();
    private readonly List<string> _entries = [];

    public IReadOnlyList<string> Entries
    {
        get
        {
            lock (_lock)
            {
                return [.. _entries];
            }
        }
    }

    public void Add(string entry)
    {
        lock (_lock)
        {
            _entries.Add(entry);
        }
    }

    /// <summary>Notes the entry and passes the value on, so that an expression-bodied node can do both.</summary>
    public T Add<T>(string entry, T value)
    {
        Add(entry);
        return value;
    }

    public int Count(string entry) => Entries.Count(e => string.Equals(e, entry, StringComparison.Ordinal));

    /// <summary>Whether both happened, the first one first.</summary>
    public bool InOrder(string first, string second)
    {
        List<string> entries = [.. Entries];
        int one = entries.IndexOf(first);
        int two = entries.IndexOf(second);
        return one >= 0 && two > one;
    }

    public override string ToString() => string.Join(' ', Entries);
}
