using RandomGraphs.Reference;

namespace RandomGraphs.Running;

/// <summary>
/// What the observer was told, against what happened: the run first and last, boundaries once each and around what is in them, and the states
/// that each node went through.
/// </summary>
internal sealed class ObservedComparer(Interpreter reference, Stage stage)
{
    private readonly IReadOnlyList<TraceEvent> _trace = stage.Trace;

    public void Compare(string ending, List<string> differences)
    {
        List<TraceEvent> told = [.. _trace.Where(e => e.Kind == TraceKind.Observed)];
        CompareRun(told, ending, differences);
        CompareBoundaries(told, differences);
        CompareStates(told, differences);
        int failedCleanups = told.Count(e => e.Text == "cleanup failed");
        if (failedCleanups != stage.FailedCleanups && stage.Script.Flow.SelfAndDescendants.All(f => f.Cleanup == CleanupMode.Immediate))
        {
            differences.Add($"observer: told of {failedCleanups} failed cleanups, {stage.FailedCleanups} there were");
        }
    }

    /// <summary>Whatever happens in which order, what is entered is left.</summary>
    public static void CompareBalance(IEnumerable<TraceEvent> trace, List<string> differences)
    {
        foreach (IGrouping<(string Path, int Item), TraceEvent> boundary in trace.Where(e => e.Kind == TraceKind.Observed && IsBoundary(e)).GroupBy(e => (e.Path, e.Item)))
        {
            int entered = boundary.Count(e => e.Text == "entered");
            if (entered != boundary.Count() - entered)
            {
                differences.Add($"boundary: {boundary.Key} was entered {entered} times and left {boundary.Count() - entered} times");
            }
        }
    }

    private static void CompareRun(List<TraceEvent> told, string ending, List<string> differences)
    {
        List<string> run = [.. told.Where(e => e.Path.Length == 0).Select(e => e.Text!)];
        if (!run.SequenceEqual([StageObserver.RunStart, $"run {ending}"]) || told.First(e => e.Text != "cleanup failed").Path.Length > 0)
        {
            differences.Add($"observer: the run was told as {string.Join(", ", run)} instead of {ending}");
        }
    }

    /// <summary>"Exactly once each per activation, properly nested; a skipped sub-workflow fires neither."</summary>
    private void CompareBoundaries(List<TraceEvent> told, List<string> differences)
    {
        CompareBalance(told, differences);
        // What a race drops or an end cuts short before anything in it has started may have been entered or not.
        bool isCertain = reference.Failures.Count == 0 && !reference.IsCancelled && !reference.Activations.Any(a => (a is { Call.IsDropped: true } || a.Outwards.Any(outer => outer.End is not null)) && !HasStarted(a));
        foreach (Activation activation in reference.Activations.Where(a => a.Parent is not null))
        {
            string path = Paths.Flat(activation.Path);
            int item = Paths.Item(activation.Path);
            List<TraceEvent> own = [.. told.Where(e => IsBoundary(e) && e.Path == path && (Paths.Elements(activation.Path) == 0 || e.Item == item || activation.Call is not Element))];
            bool isElement = activation.Call is Element;
            bool isUnique = Paths.Elements(activation.Path) < 2 && (Paths.Elements(activation.Path) == 0 || isElement) && reference.Activations.Count(a => a.Path == activation.Path) == 1;
            if (isUnique && own.Count != 2 && (isCertain || own.Count != 0 || HasStarted(activation)))
            {
                differences.Add($"boundary: {activation.Path} was told {own.Count} times");
            }
            else if (isUnique && own.Count == 2)
            {
                CompareBoundary(activation, own, differences);
            }
        }

        int expected = reference.Activations.Count(a => a.Parent is not null);
        int counted = told.Count(e => e.Text == "entered");
        if (isCertain && counted != expected)
        {
            differences.Add($"boundary: {counted} activations were told, {expected} there were");
        }
    }

    private bool HasStarted(Activation activation) => _trace.Any(e => e.Kind == TraceKind.Started && Paths.IsWithin(e.Path, activation.Path));

    private void CompareBoundary(Activation activation, List<TraceEvent> own, List<string> differences)
    {
        List<TraceEvent> trace = [.. _trace];
        int entered = trace.IndexOf(own[0]);
        int left = trace.LastIndexOf(own[1]);
        for (int i = 0; i < trace.Count; i++)
        {
            bool isInside = trace[i].Kind is TraceKind.Started or TraceKind.Ended && Paths.IsWithin(trace[i].Path, activation.Path)
                // "Compensations run outside the pair."
                && stage.Script.NodeAt(trace[i].Path).Kind != NodeKind.Compensation;
            if (isInside && (i < entered || i > left))
            {
                differences.Add($"boundary: {trace[i]} happened outside of {activation.Path}");
            }
        }

        RunStatus[] expected = activation switch
        {
            { WasTimedOut: true } => [RunStatus.Failed],
            _ when activation.Outwards.Any(outer => outer.Call is { IsDropped: true }) => [RunStatus.Cancelled, RunStatus.Completed, RunStatus.Failed],
            { Failure: null, IsOver: true } when activation.Items.Values.All(i => i.IsSettled)
                => activation.Outwards.Any(outer => outer.IsEnding) ? [RunStatus.Completed, RunStatus.Cancelled] : [RunStatus.Completed],
            { Recovered: not null } => [RunStatus.Completed],
            // Whether an [End] still counts in what something around it has cancelled is left open.
            _ when activation.End is not null || activation.Items.Values.Any(i => i is { Node.IsEnd: true, Progress: Progress.Completed }) => [RunStatus.Completed, RunStatus.Cancelled],
            // Whether what a failure around it has cancelled has completed, where only skips were left in it, is left open.
            { Failure: null } => reference.OnlySkipsWereLeft(activation) ? [RunStatus.Completed, RunStatus.Cancelled] : [RunStatus.Cancelled],
            { IsCancelled: true } => [RunStatus.Cancelled],
            _ => [RunStatus.Failed],
        };
        if (reference.Failures.Count < 2 && !reference.IsCancelled && !expected.Any(status => own[1].Text == $"left {status}"))
        {
            differences.Add($"boundary: {activation.Path} was {own[1].Text} instead of {expected[0]}");
        }
    }

    /// <summary>The states that a node was said to be in, in order, are those that it went through.</summary>
    private void CompareStates(List<TraceEvent> told, List<string> differences)
    {
        bool hasFailed = reference.Failures.Count > 0 || reference.IsCancelled || reference.Activations.Any(a => a.End is not null);
        ILookup<string, TraceEvent> byPath = told.Where(e => !IsBoundary(e) && e.Text != "cleanup failed").ToLookup(e => e.Path, StringComparer.Ordinal);
        foreach (Item item in reference.Activations.SelectMany(a => a.Items.Values).Where(i => i.Node.IsLeaf && Paths.Elements(i.Path) == 0))
        {
            if (item.Within.Outwards.Any(outer => reference.Activations.Count(a => a.Path == outer.Path) > 1) || item.Progress is Progress.Aside or Progress.Dropped)
            {
                continue;
            }

            // Tries and iterations are told one by one, or not; what counts is the last.
            bool repeats = item.Node.Repeat is not null || item.Node.Retries.Count > 0;
            string states = string.Join(' ', byPath[item.Path].Where(e => e.Item < 0).Select(e => e.Text));
            states = repeats && byPath[item.Path].LastOrDefault(e => e.Item < 0 && e.Text != "Compensated")?.Text is { } last && states.StartsWith("Executing", StringComparison.Ordinal) ? $"Executing {last}" : states;
            states = item.Node.TakesTurns && states.StartsWith("Executing Waiting ", StringComparison.Ordinal) ? states[18..] : states;
            states = states.EndsWith(" Compensated", StringComparison.Ordinal) ? states[..^12] : states;
            string[] expected = item switch
            {
                { Node.IsEach: true, Progress: Progress.Completed } => hasFailed ? ["Completed", "Cancelled"] : ["Completed"],
                { Node.IsEach: true } => [],
                { Progress: Progress.Completed } => ["Executing Completed"],
                { Progress: Progress.Skipped, HasRun: false } => hasFailed || item.Within.Flow.IsWithdrawable(item.Node) ? ["Skipped", "Cancelled", ""] : ["Skipped"],
                // Over its limit, and something else has ended it too: which of the two counts is left open.
                { HasRun: true, Node.Limits: not null } when hasFailed => ["Executing Failed", "Executing Cancelled", "Executing Completed"],
                { Progress: Progress.Delayed } => ["Executing Cancelled"],
                { HasRun: false } when item.Node.OnPool || item.Node.TakesTurns => ["Executing Cancelled", "Cancelled", "", "Skipped"],
                { Progress: Progress.Failed, HasRun: true, Node.Retries.Count: > 0 } => ["Executing Cancelled", "Executing Failed"],
                { HasRun: true } => item.IsCancellation ? ["Executing Cancelled"] : ["Executing Failed"],
                _ => ["Cancelled", "", "Skipped"],
            };
            if (expected.Length > 0 && !expected.Contains(states))
            {
                differences.Add($"states: {item.Path} was told as '{states}' instead of '{string.Join("' or '", expected)}'");
            }
        }
    }

    private static bool IsBoundary(TraceEvent told) => told.Text == "entered" || told.Text!.StartsWith("left", StringComparison.Ordinal);
}
