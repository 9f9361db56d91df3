namespace FlowGen.Testing;

/// <summary>Counts how many are inside at once, and the most that ever were.</summary>
public sealed class InFlight
{
    private readonly Lock _lock = new();

    public int Now { get; private set; }

    public int Most { get; private set; }

    public int Total { get; private set; }

    public void Enter()
    {
        lock (_lock)
        {
            Now++;
            Total++;
            Most = Math.Max(Most, Now);
        }
    }

    public void Leave()
    {
        lock (_lock)
        {
            Now--;
        }
    }
}
