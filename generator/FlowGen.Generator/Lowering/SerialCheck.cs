namespace FlowGen.Generator.Lowering;

/// <summary>
/// Whether, while a step is suspended, nothing else can go on: every step after one that may suspend descends from it. It is enough to look at
/// the last such step, because it descends from those before it. Only one that can be skipped while an earlier one is suspended does not
/// stand for that, and then both are looked at.
/// </summary>
internal sealed class SerialCheck(IReadOnlyList<StepDraft> steps, IReadOnlyList<ScopeDraft> scopes)
{
    // More than this is a graph of many conditions, for which the parallel form is no loss.
    private const int MostPoints = 8;

    private readonly List<Point> _points = [];

    public bool IsSerial()
    {
        foreach (StepDraft step in steps)
        {
            if (!_points.TrueForAll(point => point.Holds(step)))
            {
                return false;
            }

            if (step.MaySuspend)
            {
                _points.RemoveAll(point => point.Settles(step.Index));
                if (_points.Count == MostPoints)
                {
                    return false;
                }

                _points.Add(new Point(step.Index, scopes));
            }
        }

        return true;
    }

    /// <summary>A step that may suspend, and what is certain of the steps after it while it does.</summary>
    private sealed class Point(int index, IReadOnlyList<ScopeDraft> scopes)
    {
        // Of the steps after this one, those that may be skipped before it has settled.
        private readonly HashSet<int> _early = [];

        /// <summary>Whether the step does not run before this one has settled; called for each after it, in order.</summary>
        public bool Holds(StepDraft step)
        {
            int enter = scopes[step.Scope].Enter;
            if (!step.Waits.Keys.Any(wait => wait == enter ? wait >= index : Settles(wait)))
            {
                return false;
            }

            bool isSkippedWithScope = scopes[step.Scope].Exit == step.Index && _early.Contains(enter);
            if (isSkippedWithScope || CanBeSkippedEarly(step))
            {
                _early.Add(step.Index);
            }

            return true;
        }

        /// <summary>Whether the step is settled only after this one.</summary>
        public bool Settles(int step) => step >= index && !_early.Contains(step);

        /// <summary>Something that it requires may be known to be absent before, and no order holds it back.</summary>
        private bool CanBeSkippedEarly(StepDraft step) =>
            step.IsEarly
            && !step.Waits.Any(wait => wait.Value.HasFlag(WaitKind.Order) && Settles(wait.Key))
            && step.Guard.Exists(term => !term.Steps.Any(Settles));
    }
}
