using FlowGen.Generator.Model;

namespace FlowGen.Generator.Lowering;

/// <summary>
/// Divides long plans of plain calls into methods that call each other. A sub-workflow that is too long for one method keeps its
/// boundaries in the method around it and hands what is inside to others, so that blocks stay whole.
/// </summary>
internal sealed class StraightParts
{
    private readonly PlanBuilder _builder;
    private readonly int _length;
    private readonly int[] _partOf;
    private readonly List<PlanPart> _parts = [];

    private StraightParts(PlanBuilder builder, int length)
    {
        _builder = builder;
        _length = length;
        _partOf = new int[builder.Steps.Count];
        Divide(0, builder.Steps.Count - 2, part: 0);
    }

    /// <summary>The ranges of steps that have a method of their own; the rest stays with the entry or with the range around it.</summary>
    public IReadOnlyList<PlanPart> Ranges => _parts;

    public static StraightParts Of(PlanBuilder builder, int length) => new(builder, length);

    /// <summary>The method that a step is in; 0 for the outermost.</summary>
    public int PartOf(int step) => step < 0 ? 0 : _partOf[step];

    private void Divide(int first, int last, int part)
    {
        if (last - first + 1 <= _length)
        {
            for (int step = first; step <= last; step++)
            {
                _partOf[step] = part;
            }

            return;
        }

        int start = first;
        int weight = 0;
        for (int step = first; step <= last;)
        {
            int end = EndOf(step);
            int own = Math.Min(end - step + 1, _length);
            if (weight > 0 && weight + own > _length)
            {
                Close(start, step - 1);
                start = step;
                weight = 0;
            }

            weight += own;
            step = end + 1;
        }

        Close(start, last);
    }

    private void Close(int first, int last)
    {
        _parts.Add(new PlanPart(first, last));
        int part = _parts.Count;
        for (int step = first; step <= last;)
        {
            int end = EndOf(step);
            _partOf[step] = part;
            _partOf[end] = part;
            Inside(step, end, part);
            step = end + 1;
        }
    }

    private void Inside(int first, int last, int part)
    {
        if (last > first)
        {
            Divide(first + 1, last - 1, part);
        }
    }

    private int EndOf(int step) => _builder.Steps[step].Kind == StepKind.Enter ? _builder.Scopes[_builder.Steps[step].Scope].Exit : step;
}
