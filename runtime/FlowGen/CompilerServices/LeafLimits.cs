namespace FlowGen.CompilerServices;

/// <summary>
/// Counts the leaf nodes that execute in a parallel run against the limits that hold for them: the run's own, and those of the
/// sub-workflows around a node. Belongs to the runner.
/// </summary>
internal struct LeafLimits
{
    private StepLimit[] _limits;
    private int[] _executing;
    private int[] _held;
    private int _runLimit;

    /// <summary>Whether there is anything to count.</summary>
    internal readonly bool Any => _limits is { Length: > 0 };

    /// <summary>Prepares for a run.</summary>
    /// <param name="table">The steps and the limits of the sub-workflows.</param>
    /// <param name="runLimit">The limit of the whole run; 0 for none.</param>
    internal void Begin(StepTable table, int runLimit)
    {
        if (_limits is null || _runLimit != runLimit)
        {
            _runLimit = runLimit;
            _limits = runLimit == 0 ? table.Limits : [.. table.Limits, new StepLimit(-1, table.Count, runLimit)];
            _executing = new int[_limits.Length];
            _held = _limits.Length == 0 ? [] : new int[table.Count];
        }

        Array.Clear(_executing);
        Array.Clear(_held);
    }

    /// <summary>How many more leaves may execute where the step stands.</summary>
    internal readonly int FreeAt(int step)
    {
        int free = int.MaxValue;
        for (int i = 0; i < _limits.Length; i++)
        {
            if (_limits[i].Covers(step))
            {
                free = Math.Min(free, _limits[i].Leaves - _executing[i]);
            }
        }

        return free;
    }

    /// <summary>The step executes that many leaves until it is released.</summary>
    internal readonly void Hold(int step, int leaves)
    {
        if (_limits.Length == 0)
        {
            return;
        }

        _held[step] += leaves;
        Count(step, leaves);
    }

    /// <summary>The step has completed.</summary>
    internal readonly void Release(int step)
    {
        if (_limits.Length == 0)
        {
            return;
        }

        Count(step, -_held[step]);
        _held[step] = 0;
    }

    private readonly void Count(int step, int leaves)
    {
        for (int i = 0; i < _limits.Length; i++)
        {
            if (_limits[i].Covers(step))
            {
                _executing[i] += leaves;
            }
        }
    }
}
