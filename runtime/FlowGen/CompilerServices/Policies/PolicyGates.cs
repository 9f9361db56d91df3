using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace FlowGen.CompilerServices;

/// <summary>
/// What one execution of a node has to enter before its first try: critical sections of its run, always in the same order, and a place among the executions of the node in
/// all runs of its workflow object.
/// </summary>
internal sealed class PolicyGates(FlowPolicy policy, PolicyRules rules)
{
    private static readonly ConditionalWeakTable<object, ConcurrentDictionary<string, Places>> s_places = new();

    private readonly bool[] _isHeld = new bool[rules.Gates];
    private int _next;

    internal bool IsDone => _next == rules.Gates;

    /// <summary>The places that are to be entered next; null where the node is inside already.</summary>
    internal Places? Next(object? owner)
    {
        if (_next == rules.Sections.Length)
        {
            return PlacesOf(owner!);
        }

        Section section = policy.Frame.SectionOf(rules.Sections[_next]);
        return section.IsAround(policy) ? null : section.Places;
    }

    /// <summary>The next one is entered, or need not be.</summary>
    internal void Enter(bool isHeld)
    {
        _isHeld[_next] = isHeld;
        if (isHeld && _next < rules.Sections.Length)
        {
            policy.Frame.SectionOf(rules.Sections[_next]).Holder = policy;
        }

        _next++;
    }

    /// <summary>Leaves everything, the last first.</summary>
    /// <param name="owner">The workflow object.</param>
    /// <param name="granted">Takes those of the same run whose turn it is now, for the caller to tell. Other runs are told at once.</param>
    internal void Leave(object? owner, ref List<ISeeker>? granted)
    {
        while (_next > 0)
        {
            _next--;
            if (!_isHeld[_next])
            {
                continue;
            }

            if (_next == rules.Sections.Length)
            {
                PlacesOf(owner!).Leave();
                continue;
            }

            Section section = policy.Frame.SectionOf(rules.Sections[_next]);
            section.Holder = null;
            if (section.Places.Pass() is { } next)
            {
                (granted ??= []).Add(next);
            }
        }
    }

    private Places PlacesOf(object owner)
    {
        ConcurrentDictionary<string, Places> places = s_places.GetOrCreateValue(owner);
        return places.TryGetValue(rules.Counted, out Places? found) ? found : places.GetOrAdd(rules.Counted, new Places(rules.MaxConcurrent));
    }
}
