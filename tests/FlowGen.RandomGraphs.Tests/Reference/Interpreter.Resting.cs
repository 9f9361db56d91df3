namespace RandomGraphs.Reference;

/// <summary>
/// What leaves no trace - a thread that finds nothing to do, a turn that nobody takes, a loop that ends - is taken for done as far as what is seen shows, and no further: first around what
/// is seen, then in what it has waited for, then everywhere.
/// </summary>
internal sealed partial class Interpreter
{
    private readonly HashSet<string> _seenBefore = new(StringComparer.Ordinal);
    private bool _isAtRest;
    private string? _seen;
    private string _seenWithin = "";

    /// <summary>The run is at rest: what was due has happened.</summary>
    public void Rest()
    {
        RestEverywhere();
        if (_isPaused)
        {
            // The scheduler need not get to a failure that is due before the run goes on.
            return;
        }

        _isAtRest = true;
        while (Live().FirstOrDefault(a => a is { Failure: null, Due: not null }) is { } failing)
        {
            Fail(failing, failing.Due!.Error!, isCancellation: false);
            failing.Due = failing.Failure is null ? null : failing.Due;
            Advance();
        }

        _isAtRest = false;
    }

    /// <summary>Something is seen that can only be if what was due has happened.</summary>
    private void RestUntil(string path, Func<bool> isEnough)
    {
        if (!isEnough())
        {
            RestAround(path, isEnough);
        }

        if (!isEnough())
        {
            RestBefore(Find(path));
        }

        if (!isEnough())
        {
            RestEverywhere();
        }
    }

    /// <summary>What was due around it has happened, but no further out than it takes.</summary>
    private void RestAround(string path, Func<bool> isEnough)
    {
        _seen = _seenWithin = path;
        Advance();
        while (_seenWithin.Length > 0 && !isEnough())
        {
            _seenWithin = Paths.Parent(_seenWithin);
            Advance();
        }

        _seen = null;
    }

    /// <summary>The same in what it waits for, and what that has waited for, here and around it.</summary>
    private void RestBefore(Execution? seen)
    {
        for (Execution? execution = seen; execution is not null; execution = execution.Within.Call)
        {
            AddBefore(execution);
        }

        Advance();
        _seenBefore.Clear();
    }

    private void AddBefore(Execution execution)
    {
        // What is skipped may be so before what it waits for has settled.
        foreach (Item before in execution.Node.Predecessors.Select(name => execution.Within.Items[name]).Where(item => item.Progress is not (Progress.Skipped or Progress.Dropped)))
        {
            if (_seenBefore.Add(before.Path))
            {
                AddBefore(before);
            }
        }
    }

    /// <summary>The same wherever it is; failures that are due need not have been noticed yet.</summary>
    private void RestEverywhere()
    {
        _isAtRest = true;
        Advance();
        _isAtRest = false;
    }

    /// <summary>Whether what leaves no trace there has happened for certain.</summary>
    private bool IsSeen(string path) => _isAtRest || _seenBefore.Any(before => Paths.IsWithin(path, before)) || (_seen is { } seen && Paths.IsWithin(seen, path) && Paths.IsWithin(path, _seenWithin));
}
