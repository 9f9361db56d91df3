namespace FlowGen.Stress.Tests;

/// <summary>What all runs together have done and undone.</summary>
public sealed class Ledger
{
    private long _booked;
    private long _unbooked;
    private long _sealed;
    private long _unsealed;
    private long _surprises;

    /// <summary>Done, less undone.</summary>
    public (long Booked, long Sealed) Kept => (Volatile.Read(ref _booked) - Volatile.Read(ref _unbooked), Volatile.Read(ref _sealed) - Volatile.Read(ref _unsealed));

    /// <summary>Times somebody saw what belongs to another activation.</summary>
    public long Surprises => Volatile.Read(ref _surprises);

    public void Book() => Interlocked.Increment(ref _booked);

    public void Seal() => Interlocked.Increment(ref _sealed);

    public void Unbook(int order)
    {
        Expect(order > 0);
        Interlocked.Increment(ref _unbooked);
    }

    public void Unseal(int order)
    {
        Expect(order > 0);
        Interlocked.Increment(ref _unsealed);
    }

    public void Expect(bool holds)
    {
        if (!holds)
        {
            Interlocked.Increment(ref _surprises);
        }
    }
}
