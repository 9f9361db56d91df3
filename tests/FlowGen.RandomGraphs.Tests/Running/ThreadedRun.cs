using System.Diagnostics;

namespace RandomGraphs.Running;

/// <summary>
/// Everything happens at once: gates are opened, waits answered, the clock moved and the run paused and cancelled from several threads, as they come.
/// What must hold then is what does not depend on the order; and in a run in which nothing may depend on it, all that the reference says.
/// </summary>
internal sealed class ThreadedRun(Script script, Plan plan, TimeSpan patience) : GraphRun(script, plan)
{
    private readonly Random _random = new(plan.Seed);
    private int _opened;
    private bool _isCancelled;

    protected override async Task<Task<string>> DriveAsync(Func<Task<string>> start)
    {
        Task<string> run = start();
        long lastMove = Stopwatch.GetTimestamp();
        while (!run.IsCompleted)
        {
            Task pulse = Stage.NextPulse();
            if (Act())
            {
                lastMove = Stopwatch.GetTimestamp();
            }
            else if (Clock is null && Held is null)
            {
                await Task.WhenAny(run, pulse).WaitAsync(patience);
            }
            else if (Stopwatch.GetElapsedTime(lastMove) > patience)
            {
                throw new TimeoutException();
            }

            await Task.Yield();
        }

        return run;
    }

    protected override void Compare(Task<string> run)
    {
        if (Plan.IsWatched)
        {
            ObservedComparer.CompareBalance(Stage.Trace, Differences);
        }

        if (Script.IsOrderFree && !Stage.Token.IsCancellationRequested && !Stage.IsCancelledOtherwise)
        {
            CatchUp();
            Reference.Rest();
            new EndComparer(Reference, Stage).Compare(run, Differences);
            Differences.AddRange(Reference.Differences);
        }

        CompareCleanupIfImmediate();
    }

    /// <returns>Whether something was done.</returns>
    private bool Act()
    {
        StageGate[] gates = [.. Stage.Gates];
        if (Plan.CancelAtGate > 0 && _opened >= Plan.CancelAtGate && !_isCancelled)
        {
            _isCancelled = true;
            Elsewhere(Cancel);
        }

        _random.Shuffle(gates);
        StageGate[] taken = [.. gates.Take(_random.Next(1, gates.Length + 1)).Where(Stage.Take)];
        foreach (StageGate gate in taken)
        {
            _opened++;
            Elsewhere(gate.Open);
        }

        return TryOutside() | taken.Length > 0;
    }

    private bool TryOutside()
    {
        bool acts = false;
        if (Plan.Pauses && Held!.Run.Status is RunStatus.Running or RunStatus.Paused)
        {
            bool isPaused = Held!.Run.Status == RunStatus.Paused;
            acts = isPaused ? Held.Run.Resume() : _random.Next(8) == 0 && Held.Run.Pause();
        }

        foreach (string node in Held?.Asking.ToList() ?? [])
        {
            acts = true;
            Answer(node);
        }

        if (Clock is not null && Clock.Dues is { Count: > 0 } dues && _random.Next(3) == 0)
        {
            acts = true;
            DateTimeOffset due = dues.Min();
            Elsewhere(() => Clock.Advance(due - Clock.GetUtcNow()));
        }

        return acts;
    }

    private static void Elsewhere(Action act) => ThreadPool.UnsafeQueueUserWorkItem(static act => act(), act, preferLocal: false);
}
