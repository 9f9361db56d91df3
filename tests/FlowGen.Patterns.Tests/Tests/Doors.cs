using System.Collections.Concurrent;

namespace Patterns;

/// <summary>A gate for each name, made when first asked for: whoever works on something waits at the gate of that name.</summary>
internal sealed class Doors
{
    private readonly ConcurrentDictionary<string, Gate> _gates = new(StringComparer.Ordinal);

    public Gate this[string name] => _gates.GetOrAdd(name, static _ => new Gate());

    public void Open(params string[] names)
    {
        foreach (string name in names)
        {
            this[name].Open();
        }
    }
}
