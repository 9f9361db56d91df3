namespace FlowGen.CompilerServices;

/// <summary>The critical sections of one run, each made when somebody first needs it.</summary>
internal sealed class Sections
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Type, Section> _sections = [];

    internal Section Of(Type name)
    {
        lock (_lock)
        {
            if (!_sections.TryGetValue(name, out Section? section))
            {
                section = new Section();
                _sections.Add(name, section);
            }

            return section;
        }
    }
}

/// <summary>A critical section: one place, and who has it.</summary>
internal sealed class Section
{
    internal Places Places { get; } = new(1);

    internal FlowPolicy? Holder { get; set; }

    /// <summary>Whether a sub-workflow around the node holds it: then the node is inside already.</summary>
    internal bool IsAround(FlowPolicy policy)
    {
        if (Holder is not { } holder)
        {
            return false;
        }

        for (FlowFrame frame = policy.Frame; frame.Parent is { } parent; frame = parent)
        {
            if (ReferenceEquals(parent, holder.Frame) && frame.Boundary == holder.Node && (holder.Item < 0 || frame.ItemOfFrame == holder.Item))
            {
                return true;
            }
        }

        return false;
    }
}
