using FlowGen.CompilerServices;

namespace RandomGraphs.Running;

/// <summary>
/// One thread does everything, one thing at a time: nodes go on where their gate is opened, and what would go to the thread pool waits here until the seed takes it.
/// So the reference knows exactly what has to follow from what, and the same seed does the same again.
/// </summary>
internal sealed partial class DrivenRun(Script script, Plan plan, TimeSpan patience) : GraphRun(script, plan)
{
    private const int MostMoves = 100_000;

    private readonly Random _random = new(plan.Seed);
    private readonly List<IThreadPoolWorkItem> _work = [];
    private readonly bool _isLimited = script.Flow.SelfAndDescendants.Any(flow => flow.MaxParallelism > 0);
    private int _opened;

    protected override Task<Task<string>> DriveAsync(Func<Task<string>> start)
    {
        PoolWork.Driver = _work.Add;
        try
        {
            Task<string> run = start();
            for (int i = 0; i < MostMoves && !(run.IsCompleted && _work.Count == 0); i++)
            {
                Move(run);
            }

            return run.IsCompleted ? Task.FromResult(run) : throw new TimeoutException();
        }
        finally
        {
            PoolWork.Driver = null;
        }
    }

    protected override void Compare(Task<string> run)
    {
        CatchUp();
        Reference.Rest();
        if (Reference.IsAmbiguous)
        {
            Differences.Clear();
            CompareCleanupIfImmediate();
            return;
        }

        string ending = new EndComparer(Reference, Stage).Compare(run, Differences);
        if (Plan.IsWatched)
        {
            new ObservedComparer(Reference, Stage).Compare(ending, Differences);
        }

        CompareCleanupIfImmediate();
        Differences.InsertRange(0, Reference.Differences);
    }

    private void Move(Task<string> run)
    {
        CatchUp();
        IReadOnlyList<StageGate> gates = Stage.Gates;
        if (_work.Count > 0 && (gates.Count == 0 || _random.Next(4) > 0))
        {
            Execute(_work[_random.Next(_work.Count)]);
            return;
        }

        if (_work.Count == 0)
        {
            Reference.Rest();
            CheckRest();
            if (ActFromOutside(gates.Count == 0))
            {
                return;
            }
        }

        if (_opened > 0 && _opened == Plan.CancelAtGate && !Reference.IsCancelled)
        {
            Cancel();
        }
        else if (gates.Count > 0)
        {
            Open(gates[_random.Next(gates.Count)]);
        }
        else if (Task.WaitAny([run], patience) < 0)
        {
            // The completion of a handle is told on the thread pool; nothing else is left there.
            throw new TimeoutException();
        }
    }

    private void Execute(IThreadPoolWorkItem item)
    {
        _work.Remove(item);
        item.Execute();
    }

    private void Open(StageGate gate)
    {
        _opened++;
        Stage.Take(gate);
        gate.Open();
    }

    /// <summary>At rest, what must have started has, and tokens say what they must.</summary>
    private void CheckRest()
    {
        IReadOnlyList<string> missing = Reference.MustStart;
        if (missing.Count > 0 && (!_isLimited || (Reference.Running.Count == 0 && Reference.Pending.Count == 0 && !Reference.IsResting)))
        {
            Differences.Add($"not started: {string.Join(' ', missing)} (after {Stage.Trace.Count} events: {Stage.Trace.Last()})");
        }

        foreach (StageGate gate in Stage.Gates.Where(gate => gate.Token is not null))
        {
            if (Reference.TokenIsCancelled(gate.Path) is { } expected && gate.Token!.Value.IsCancellationRequested != expected)
            {
                Differences.Add($"token: that of {gate.Path} is{(expected ? " not" : "")} cancelled");
            }
        }
    }
}
