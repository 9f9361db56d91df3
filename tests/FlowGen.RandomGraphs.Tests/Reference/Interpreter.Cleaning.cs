namespace RandomGraphs.Reference;

/// <summary>Objects of node classes and state classes: runtime.md 4.</summary>
internal sealed partial class Interpreter
{
    private readonly List<(Element Element, Action GoOn)> _postponed = [];

    /// <summary>One object of a class for each activation and element, and where it cannot be cleaned, for one only.</summary>
    private void OnUsed(TraceEvent used)
    {
        object? owner = _activations.FindLast(a => a.Path == used.Path) ?? (object?)Find(used.Path);
        if (owner is null)
        {
            return;
        }

        if (!_used.TryAdd((owner, used.Text!), used.Object!) && _used[(owner, used.Text!)] != used.Object)
        {
            Differ($"instances: '{used.Path}' was given two objects of {used.Text}");
        }
    }

    private void OnTaken(TraceEvent taken)
    {
        if (_activations.FindLast(a => a.Path == taken.Path) is { IsFailing: true, LetsFinish: false, Call: not null })
        {
            // It is another try that takes it: the one before has ended.
            RestAround(taken.Path, () => _activations.FindLast(a => a.Path == taken.Path) is { IsFailing: false });
        }

        _taken.Add((taken.Path, taken.Text!));
    }

    /// <summary>"Given back when the child finishes, whatever the outcome": not while anything in it runs.</summary>
    private void OnCleaned(TraceEvent cleaned)
    {
        if (!_taken.Remove((cleaned.Path, cleaned.Text!)))
        {
            Differ($"cleanup: {cleaned.Text} of '{cleaned.Path}' was cleaned though nobody had used it");
        }

        if (_activations.Find(a => a.Path == cleaned.Path) is { HasSettled: false })
        {
            // That it is cleaned shows that what was due has happened.
            Rest();
        }

        // What is cleaned later may be that of an earlier try or iteration.
        bool isRepeated = _activations.Exists(a => Paths.IsWithin(cleaned.Path, a.Path) && _activations.Exists(other => other != a && other.Path == a.Path));
        if (!isRepeated && Running.FirstOrDefault(path => Paths.IsWithin(path, cleaned.Path)) is { } running)
        {
            Differ($"cleanup: {cleaned.Text} of '{cleaned.Path}' was cleaned while {running} was running");
        }
        else if (_activations.Find(a => a.Path == cleaned.Path) is { HasSettled: false } activation && !IsCancelled && !activation.IsFailing && !MayBeFailing(activation))
        {
            Differ($"cleanup: {cleaned.Text} of '{cleaned.Path}' was cleaned before everything in it had settled");
        }

        foreach ((Element element, Action goOn) in _postponed.Where(one => !IsBeingCleaned(one.Element.Path)).ToList())
        {
            _postponed.RemoveAll(one => one.Element == element);
            goOn();
        }
    }

    /// <summary>"Immediate: before the parent goes on." What an element of a node has used is cleaned before the next, whatever the mode.</summary>
    private bool IsBeingCleaned(string path)
        => _taken.Exists(taken => Paths.IsWithin(taken.Owner, path)
            && (_activations.FindLast(a => a.Path == taken.Owner) is { } activation ? activation.Flow.Cleanup == CleanupMode.Immediate : Find(taken.Owner) is Element or { Within.Flow.Cleanup: CleanupMode.Immediate }));

    /// <summary>An element has ended when what it used is as good as new.</summary>
    private bool IsPostponed(Element element, Action goOn)
    {
        bool isPostponed = IsBeingCleaned(element.Path);
        if (isPostponed)
        {
            _postponed.Add((element, goOn));
        }

        return isPostponed;
    }

    /// <summary>"Immediate: before the parent goes on."</summary>
    private void CheckCleaned(Item starting)
    {
        foreach (Item call in starting.Node.Predecessors.Select(name => starting.Within.At(name)).Where(i => i.Progress == Progress.Completed && !i.IsDropped && i.Node.Child is { } child && child.SelfAndDescendants.All(f => f.Cleanup == CleanupMode.Immediate)))
        {
            // What belongs to the run as a whole has no place of its own.
            if (_taken.FirstOrDefault(t => Paths.IsWithin(t.Owner, call.Path)) is { Type: { } type })
            {
                Differ($"cleanup: {starting.Path} started before {type} of '{call.Path}' had been cleaned");
            }
        }
    }
}
