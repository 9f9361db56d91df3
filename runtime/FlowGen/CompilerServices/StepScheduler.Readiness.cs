using System.Numerics;

namespace FlowGen.CompilerServices;

/// <content>Which steps are ready: a countdown per step, and a bit for each that may start.</content>
internal partial struct StepScheduler
{
    /// <summary>What has settled before the step at which the run was suspended is off the counts of what comes after.</summary>
    private readonly void Prepare(FlowFrame frame, int position)
    {
        _table.Waits.AsSpan().CopyTo(_waits);
        _table.OrderWaits.AsSpan().CopyTo(_orderWaits);
        _table.AnyWaits.AsSpan().CopyTo(_anyWaits);
        _ready.AsSpan().Clear();
        _readyWords.AsSpan().Clear();
        _status.AsSpan(0, position).Fill(StepStatus.Settled);
        _status.AsSpan(position).Fill(StepStatus.Pending);
        for (int i = 0; i < _table.Offsets[position]; i++)
        {
            int successor = _table.Successors[i];
            _waits[successor]--;
            if ((_table.Kinds[i] & 2) != 0)
            {
                _orderWaits[successor]--;
            }

            if ((_table.Kinds[i] & 4) != 0)
            {
                _anyWaits[successor]--;
            }
        }

        _status[position] = StepStatus.Executing;
        for (int step = position + 1; step < _status.Length; step++)
        {
            if (_waits[step] == 0 || IsImpossible(frame, step) || HasEnough(frame, step))
            {
                MakeReady(step);
            }
        }
    }

    private readonly void Release(FlowFrame frame, int step)
    {
        ReadOnlySpan<ushort> successors = _table.SuccessorsOf(step);
        if (_table.HasEarly)
        {
            NoteOrder(frame, step, successors);
        }

        ushort[] waits = _waits;
        foreach (ushort successor in successors)
        {
            if (--waits[successor] == 0)
            {
                Reach(successor);
            }
            else if (_table.HasAny && _status[successor] == StepStatus.Pending && HasEnough(frame, successor))
            {
                MakeReady(successor);
            }
        }
    }

    /// <summary>All that the step waited for has settled. Where it was ready before, because it had become impossible, that is old news.</summary>
    private readonly void Reach(int step)
    {
        if (_status[step] == StepStatus.Pending)
        {
            MakeReady(step);
        }
        else if (_status[step] == StepStatus.Doomed)
        {
            Mark(step);
        }
    }

    /// <summary>A step may become impossible before all that it waits for has settled, but not before what only orders it.</summary>
    private readonly void NoteOrder(FlowFrame frame, int step, ReadOnlySpan<ushort> successors)
    {
        int kinds = _table.Offsets[step];
        for (int i = 0; i < successors.Length; i++)
        {
            byte kind = _table.Kinds[kinds + i];
            int successor = successors[i];
            if ((kind & 2) != 0)
            {
                _orderWaits[successor]--;
            }

            if ((kind & 4) != 0)
            {
                _anyWaits[successor]--;
            }

            if ((kind & 3) != 0 && _status[successor] == StepStatus.Pending && IsImpossible(frame, successor))
            {
                MakeReady(successor);
            }
        }
    }

    private readonly bool IsImpossible(FlowFrame frame, int step) =>
        (_table.TraitsOf(step) & StepTraits.Early) != StepTraits.None && _orderWaits[step] == 0 && frame.IsImpossible(step);

    /// <summary>Everything that it waits for in any case has settled, and enough of the rest.</summary>
    private readonly bool HasEnough(FlowFrame frame, int step) =>
        (_table.TraitsOf(step) & StepTraits.Any) != StepTraits.None && _waits[step] == _anyWaits[step] && frame.MayStart(step);

    private readonly void MakeReady(int step)
    {
        _status[step] = StepStatus.Ready;
        Mark(step);
    }

    private readonly void Mark(int step)
    {
        _ready[step >> 6] |= 1UL << step;
        if (_readyWords.Length > 0)
        {
            _readyWords[step >> 12] |= 1UL << (step >> 6);
        }
    }

    private readonly void Unmark(int step) => _ready[step >> 6] &= ~(1UL << step);

    private readonly int TakeReady(FlowFrame frame)
    {
        if (_readyWords.Length == 0)
        {
            for (int word = 0; word < _ready.Length; word++)
            {
                if (_ready[word] != 0 && TakeReady(frame, word) is var step and >= 0)
                {
                    return step;
                }
            }

            return -1;
        }

        // With many steps, looking through all words for each of them would cost more than running it.
        for (int group = 0; group < _readyWords.Length; group++)
        {
            for (ulong words = _readyWords[group]; words != 0; words &= words - 1)
            {
                int word = (group << 6) + BitOperations.TrailingZeroCount(words);
                int step = TakeReady(frame, word);
                if (_ready[word] == 0)
                {
                    _readyWords[group] &= ~(1UL << word);
                }

                if (step >= 0)
                {
                    return step;
                }
            }
        }

        return -1;
    }

    /// <summary>The first of up to 64 steps that is ready, unless a limit keeps it. What will be skipped needs no place.</summary>
    private readonly int TakeReady(FlowFrame frame, int word)
    {
        for (ulong bits = _ready[word]; bits != 0; bits &= bits - 1)
        {
            int step = (word << 6) + BitOperations.TrailingZeroCount(bits);
            if (!_limits.Any || (_table.TraitsOf(step) & StepTraits.Leaf) == StepTraits.None || _limits.FreeAt(step) > 0 || frame.IsImpossible(step))
            {
                _ready[word] &= ~(1UL << step);
                return step;
            }
        }

        return -1;
    }
}
