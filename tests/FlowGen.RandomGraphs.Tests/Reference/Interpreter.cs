namespace RandomGraphs.Reference;

/// <summary>
/// The reference: what language.md 4 and 5 and runtime.md 2 to 4 say that a run does, in as plain a way as can be. Slow: after everything that
/// happens it looks at every node of every activation again, until nothing changes.
/// <para>
/// The specification leaves open in which order independent nodes run, on which thread, and what a cancellation still catches. So the
/// reference predicts no trace: it replays the real one, event by event, and holds each against what may happen at that point; and whenever
/// the run is at rest, it says what has to have started by then.
/// </para>
/// <para>
/// One thread does everything, so that the moment at which a failure or cancellation takes effect is certain, and nothing may start after it.
/// </para>
/// <para>Readings of the text where it leaves room are marked with "Reading:".</para>
/// </summary>
internal sealed partial class Interpreter
{
    private readonly Script _script;
    private readonly List<Activation> _activations = [];
    private readonly List<Undo> _undoing = [];
    private readonly Dictionary<string, Execution> _running = new(StringComparer.Ordinal);
    private readonly HashSet<(Activation Activation, string Name)> _decided = [];
    private readonly Dictionary<(object Owner, string Type), Tracked> _used = [];
    private readonly List<(string Owner, string Type)> _taken = [];
    private readonly HashSet<Exception> _alternatives = [];
    private readonly List<string> _differences = [];
    private int _position;
    private bool _maySkip;
    private bool _isPaused;
    private bool _wasPaused;
    private long _now;

    public Interpreter(Script script)
    {
        _script = script;
        Root = Enter(script.Flow, "", null, _ => "in");
        Advance();
    }

    public Activation Root { get; }

    public IReadOnlyList<Activation> Activations => _activations;

    public IReadOnlyList<string> Differences => _differences;

    public bool IsPaused => _isPaused;

    /// <summary>A node has ended its workflow while a failure was on its way there, or a race was lost, and nobody outside can see when that arrives: whatever comes of it may be right.</summary>
    public bool IsAmbiguous { get; private set; }

    /// <summary>The caller has cancelled.</summary>
    public bool IsCancelled { get; private set; }

    /// <summary>Every failure and cancellation of a node, as they came, handled ones included, but not those after which it was tried again.</summary>
    public List<Exception> Failures { get; } = [];

    /// <summary>Those after which it was.</summary>
    public List<Exception> Retried { get; } = [];

    /// <summary>Failures that may have been the first where the reference took another: they were due, or known further in.</summary>
    public IReadOnlyCollection<Exception> Alternatives => _alternatives;

    public IReadOnlyCollection<string> Running => [.. _running.Keys];

    /// <summary>Something waits between two tries: an [Each] keeps the number of elements in flight that a limit left it when it began.</summary>
    public bool IsResting => Timed().Any(e => e.Progress == Progress.Delayed);

    /// <summary>What has to start without anything else happening; nothing once the run is cancelled or what it belongs to may be failing.</summary>
    public IReadOnlyList<string> MustStart
        => IsCancelled || _isPaused ? [] :
        [
            .. Live().Where(a => !a.IsFailing && !MayBeFailing(a)).SelectMany(a => a.Items.Values)
                .SelectMany(item => item.Elements.Count > 0
                    ? item.Elements.Where(e => e.Progress == Progress.Ready && !item.LoopFails && HasTurn(e)).Select(e => e.Path)
                    : item.Progress == Progress.Ready && item.Node.IsLeaf && HasTurn(item) ? [item.Path] : []),
            .. Live().Where(a => a.Failure is not null && !a.Outwards.Skip(1).Any(outer => outer.IsEnding)).SelectMany(MustRecover),
        ];

    public void Replay(TraceEvent happened)
    {
        _position++;
        switch (happened.Kind)
        {
            case TraceKind.Started:
                OnStarted(happened);
                break;
            case TraceKind.Ended:
                OnEnded(happened);
                break;
            case TraceKind.Decided:
                OnDecided(happened);
                break;
            case TraceKind.Taken:
                OnTaken(happened);
                break;
            case TraceKind.Used:
                OnUsed(happened);
                break;
            case TraceKind.Cleaned:
                OnCleaned(happened);
                break;
            case TraceKind.Cancelled:
                IsCancelled = true;
                break;
            case TraceKind.Ticked:
                Tick(long.Parse(happened.Text!, System.Globalization.CultureInfo.InvariantCulture));
                break;
            case TraceKind.Paused:
                _isPaused = _wasPaused = true;
                break;
            case TraceKind.Resumed:
                _isPaused = false;
                BeginPaused();
                break;
            case TraceKind.Answered:
                Answer(happened);
                break;
        }

        Advance();
    }

    /// <summary>Whether the token of a running node has to be cancelled, must not be, or may be (null).</summary>
    public bool? TokenIsCancelled(string path)
    {
        if (!_running.TryGetValue(path, out Execution? running))
        {
            return null;
        }

        Activation within = running.Within;
        if (running is Undo)
        {
            return false;
        }

        if (IsAsideOf(running))
        {
            return IsCancelled || within.Outwards.Skip(1).Any(a => a.IsFailing) ? null : false;
        }

        // "[WaitSiblings]: those that execute may finish undisturbed."
        return IsCancelled ? true
            : IsDisturbed(running) ? true
            : within.IsFailing || running.IsGivenUp || MayBeFailing(within) ? null
            : false;
    }

    /// <summary>Something that cancels has happened to it, or around it.</summary>
    private static bool IsDisturbed(Execution running)
        => running.IsGivenUp || running.Within.Outwards.Any(a => a.End is not null || (a.Failure is not null && a.Flow.OnError == ErrorMode.CancelSiblings) || a.Call is { IsGivenUp: true });

    private IEnumerable<string> MustRecover(Activation activation)
        => activation.Undoing?.Where(undo => undo.Progress == Progress.Ready && !_undoing.Exists(other => IsUndoneWith(other, activation))).Select(undo => undo.Path).Take(1)
            .Concat(activation.Handler is { Progress: Progress.Ready } handler ? [handler.Path] : []) ?? [];

    /// <summary>Some nodes came and went without a trace, so that it is not certain when: loops without elements, sub-workflows in which nothing ran.</summary>
    public bool HasSilentNodes
        => _activations.SelectMany(a => a.Items.Values).Any(item => item is { Node.IsEach: true, HasRun: true, Elements.Count: 0 })
            || _activations.Exists(a => a.Parent is not null && !a.Items.Values.Any(item => item.HasRun));

    /// <summary>Nothing would be left to start if nobody had cancelled.</summary>
    public bool OnlySkipsWereLeft()
    {
        IsCancelled = false;
        Advance();
        IsCancelled = true;
        return Root.IsOver;
    }

    /// <summary>Nothing would be left to start in it if nothing around it had failed: what is skipped or withdrawn does not start.</summary>
    public bool OnlySkipsWereLeft(Activation activation)
    {
        while (activation.Items.Values.Any(item => item.Progress == Progress.Waiting && (WithdrawByCompleted(item) || SkipOnly(activation, item))))
        {
        }

        return activation.Failure is null && activation.Items.Values.All(item => item is { IsSettled: true, WasCancelled: false });
    }

    public override string ToString()
        => string.Join(Environment.NewLine, _activations.Select(a =>
            $"  '{a.Path}' {a.Flow.Name}{(a.IsOver ? " over" : "")}{(a.Failure is null ? "" : $" fails with {a.Failure.Message}")}: "
            + string.Join(' ', a.Items.Values.Select(i => $"{i.Node.Name}:{i.Progress}{(i.Elements.Count == 0 ? "" : $"({string.Join(',', i.Elements.Select(e => e.Progress))})")}"))));

    private IEnumerable<Activation> Live() => _activations.Where(a => !a.IsOver).ToList();

    private Activation Enter(Flow flow, string path, Execution? call, Func<Node, string> input)
    {
        Activation entered = new(flow, path, call, input) { EndsAt = call is null ? _now + flow.TimeLimit : null };
        _activations.Add(entered);
        return entered;
    }

    private void Differ(string what) => _differences.Add(what);

    /// <summary>Does everything that follows without any node doing something.</summary>
    private void Advance()
    {
        bool changed;
        do
        {
            changed = false;
            foreach (Activation activation in Live())
            {
                foreach (Item item in activation.Items.Values)
                {
                    changed |= Advance(activation, item);
                }

                changed |= Judge(activation);
                changed |= Close(activation);
            }
        }
        while (changed);
    }

    private bool Advance(Activation activation, Item item)
    {
        // What has failed starts nothing more.
        bool isHeld = IsCancelled || (item.Node.IsEach && item.HasRun ? IsHeld(item) : activation.IsFailing);
        return item.Progress switch
        {
            Progress.Waiting when isHeld => (IsMoot(item) || _maySkip) && SkipOnly(activation, item),
            Progress.Waiting => Decide(activation, item),
            Progress.Ready when item.IsDropped && IsSeen(activation.Path) => DropUnseen(item),
            Progress.Running when item.Node.IsEach => AdvanceElements(activation, item, isHeld),
            _ => false,
        };
    }

    /// <summary>
    /// Something in it fails, and nobody between handles that: it will fail too, when what fails has awaited its own nodes.
    /// </summary>
    private bool MayBeFailing(Activation activation)
    {
        foreach (Activation failing in Live().Where(a => a.Failure is not null || a.Due is not null))
        {
            foreach (Activation outer in failing.Outwards)
            {
                if (activation.Outwards.Contains(outer))
                {
                    return true;
                }

                if (outer.Call is Element { Node.OnError: EachError.Stop } element && activation.Outwards.Any(a => a.Call?.Owner == element.Owner))
                {
                    return true;
                }

                if (outer.Parent is { IsHandled: true } && !failing.IsCancelled)
                {
                    break;
                }
            }
        }

        return Live().SelectMany(a => a.Items.Values).Any(i => i.LoopFails && !i.IsSettled && !i.IsHandled && activation.Outwards.Contains(i.Within));
    }
}
