using System.Globalization;

namespace RandomGraphs.Running;

/// <content>What the driver does from outside of the run: the clock, answers, pauses and cancellation. Only when the run is at rest, so that what follows is certain.</content>
internal sealed partial class GraphRun
{
    private FakeTimeProvider? _clock;
    private DateTimeOffset _epoch;
    private Held? _held;
    private int _acts;

    private const int MostEarlyAnswers = 3;

    /// <returns>Whether something was done.</returns>
    private async Task<bool> ActFromOutsideAsync(Random random, int gates)
    {
        if (_reference.IsCancelled)
        {
            return false;
        }

        bool isIdle = gates == 0;
        if (plan.Pauses && TryPauseOrResume(random, isIdle))
        {
            return true;
        }

        if (_held is { Signals.Count: > 0 } && (isIdle || random.Next(3) == 0) && await TryAnswerAsync(random, isIdle))
        {
            return true;
        }

        return _clock is not null && _reference.Due.Count > 0 && (isIdle || random.Next(4) == 0) && await TickAsync();
    }

    private bool TryPauseOrResume(Random random, bool isIdle)
    {
        if (_reference.IsPaused && (isIdle || random.Next(3) == 0))
        {
            _stage.Add(new TraceEvent(TraceKind.Resumed, ""));
            CheckThat(_held!.Run.Resume() || _held.Run.Status is not (RunStatus.Paused or RunStatus.Running), "pause: the run could not be resumed");
            return true;
        }

        if (!_reference.IsPaused && !isIdle && random.Next(4) == 0)
        {
            _stage.Add(new TraceEvent(TraceKind.Paused, ""));
            CheckThat(_held!.Run.Pause(), "pause: the run could not be paused");
            CheckThat(_held.Run.Status == RunStatus.Paused, $"pause: the status is {_held.Run.Status}");
            return true;
        }

        return false;
    }

    private async Task<bool> TryAnswerAsync(Random random, bool isIdle)
    {
        IReadOnlyDictionary<string, string> pending = _reference.Pending;
        foreach ((string node, string request) in pending)
        {
            HeldSignal asking = _held!.Signals[node];
            CheckThat(await asking.WhenPending(patience), $"wait: {node} does not ask");
            CheckThat(asking.Request() == request, $"wait: {node} asks {asking.Request()} instead of {request}");
        }

        bool isEarly = !isIdle && _acts < MostEarlyAnswers && random.Next(2) == 0;
        string[] candidates = isEarly ? [.. _held!.Signals.Keys] : [.. pending.Keys];
        if (candidates.Length == 0 || (isIdle && _clock is not null && random.Next(3) == 0 && _reference.Due.Count > 0))
        {
            return false;
        }

        string answered = candidates[random.Next(candidates.Length)];
        bool? isTaken = _reference.TakesAnswer(answered);
        string answer = $"answer {++_acts}";
        _stage.Add(new TraceEvent(TraceKind.Answered, answered) { Text = answer });
        bool wasTaken = _held!.Signals[answered].TrySet(answer);
        CheckThat(isTaken is null || wasTaken == isTaken, $"wait: an answer to {answered} was {(wasTaken ? "" : "not ")}taken");
        return true;
    }

    /// <summary>On to what is due next, once the run has set a timer for it; one that comes earlier may be set again then.</summary>
    private async Task<bool> TickAsync()
    {
        long next = _reference.Due.Min();
        DateTimeOffset due = _epoch + TimeSpan.FromMilliseconds(next);
        using CancellationTokenSource giveUp = new(patience);
        while (_reference.NeedsTimer(next) && !_clock!.Dues.Any(d => d <= due))
        {
            if (giveUp.IsCancellationRequested)
            {
                _differences.Add($"clock: nothing is due at {next} but at {string.Join(' ', _clock.Dues.Select(d => (d - _epoch).TotalMilliseconds))}");
                throw new TimeoutException();
            }

            await Task.Yield();
        }

        _stage.Add(new TraceEvent(TraceKind.Ticked, "") { Text = next.ToString(CultureInfo.InvariantCulture) });
        _clock!.Advance(due - _clock.GetUtcNow());
        return true;
    }

    private void Cancel()
    {
        if (_held is null || plan.Seed % 2 == 0)
        {
            _stage.Cancel();
            return;
        }

        _stage.CancelThrough(() => _held.Run.Cancel());
    }

    private void CheckThat(bool holds, string otherwise)
    {
        if (!holds)
        {
            _differences.Add(otherwise);
        }
    }
}
