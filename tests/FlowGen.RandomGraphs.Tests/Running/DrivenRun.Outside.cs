using System.Globalization;

namespace RandomGraphs.Running;

/// <content>What the driver does from outside of the run: the clock, answers, pauses. Only when the run is at rest, so that what follows is certain.</content>
internal sealed partial class DrivenRun
{
    private const int MostEarlyAnswers = 3;

    private int _early;

    /// <returns>Whether something was done.</returns>
    private bool ActFromOutside(bool isIdle)
    {
        if (Reference.IsCancelled)
        {
            return false;
        }

        return (Plan.Pauses && TryPauseOrResume(isIdle))
            || (Held is { HasSignals: true } && !Reference.IsPaused && (isIdle || _random.Next(3) == 0) && TryAnswer(isIdle))
            || (Clock is not null && Reference.Due.Count > 0 && (isIdle || _random.Next(4) == 0) && Tick());
    }

    private bool TryPauseOrResume(bool isIdle)
    {
        if (Reference.IsPaused && (isIdle || _random.Next(3) == 0))
        {
            Stage.Add(new TraceEvent(TraceKind.Resumed, ""));
            CheckThat(Held!.Run.Resume() || Held.Run.Status is not (RunStatus.Paused or RunStatus.Running), "pause: the run could not be resumed");
            return true;
        }

        if (!Reference.IsPaused && !Reference.Root.IsEnding && !isIdle && _random.Next(4) == 0)
        {
            Stage.Add(new TraceEvent(TraceKind.Paused, ""));
            CheckThat(Held!.Run.Pause(), "pause: the run could not be paused");
            CheckThat(Held.Run.Status == RunStatus.Paused, $"pause: the status is {Held.Run.Status}");
            return true;
        }

        return false;
    }

    private bool TryAnswer(bool isIdle)
    {
        // What a limit keeps from starting does not ask.
        Dictionary<string, string> pending = Reference.Pending.Where(asking => !_isLimited || Held!.At(asking.Key).IsPending()).ToDictionary();
        foreach ((string node, string request) in pending)
        {
            HeldSignal asking = Held!.At(node);
            if (!asking.IsPending())
            {
                Differences.Add($"wait: {node} does not ask");
            }
            else if (asking.Request() != request)
            {
                Differences.Add($"wait: {node} asks {asking.Request()} instead of {request}");
            }
        }

        bool isEarly = !isIdle && _early < MostEarlyAnswers && _random.Next(2) == 0;
        string[] candidates = isEarly ? [.. Held!.Single] : [.. pending.Keys];
        if (candidates.Length == 0 || (isIdle && Clock is not null && _random.Next(3) == 0 && Reference.Due.Count > 0))
        {
            return false;
        }

        string answered = candidates[_random.Next(candidates.Length)];
        _early += isEarly ? 1 : 0;
        bool? isTaken = Reference.TakesAnswer(answered);
        bool wasTaken = Answer(answered);
        CheckThat(isTaken is null || wasTaken == isTaken, $"wait: an answer to {answered} was {(wasTaken ? "" : "not ")}taken");
        return true;
    }

    /// <summary>On to what is due next.</summary>
    private bool Tick()
    {
        long next = Reference.Due.Min();
        DateTimeOffset due = Epoch + TimeSpan.FromMilliseconds(next);
        if (Reference.NeedsTimer(next) && !Clock!.Dues.Any(d => d <= due))
        {
            Differences.Add($"clock: nothing is due at {next} but at {string.Join(' ', Clock.Dues.Select(d => (d - Epoch).TotalMilliseconds))}");
        }

        Stage.Add(new TraceEvent(TraceKind.Ticked, "") { Text = next.ToString(CultureInfo.InvariantCulture) });
        Clock!.Advance(due - Clock.GetUtcNow());
        return true;
    }
}
