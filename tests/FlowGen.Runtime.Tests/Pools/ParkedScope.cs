using FlowGen.CompilerServices;
using FlowGen.Testing;

namespace FlowGen.Runtime.Tests.Pools;

/// <summary>A scope whose cleaning a test watches, holds up or makes fail.</summary>
internal sealed class ParkedScope(FlowPool<ParkedScope> pool) : FlowParkable
{
    private int _cleanings;

    public int Cleanings => Volatile.Read(ref _cleanings);

    /// <summary>Where its cleaning waits; null: nowhere.</summary>
    public Gate? Gate { get; set; }

    /// <summary>What its cleaning throws at once, against its contract.</summary>
    public Exception? Error { get; set; }

    /// <summary>Runs inside its cleaning.</summary>
    public Action? OnCleaning { get; set; }

    public static ParkedScope[] Rent(FlowPool<ParkedScope> pool, int count)
    {
        ParkedScope[] scopes = new ParkedScope[count];
        for (int i = 0; i < count; i++)
        {
            scopes[i] = pool.Take() ?? pool.Register(new ParkedScope(pool));
            scopes[i].MarkRented();
        }

        return scopes;
    }

    protected internal override ValueTask CleanAndReturnAsync()
    {
        Interlocked.Increment(ref _cleanings);
        OnCleaning?.Invoke();
        if (Error is not null)
        {
            throw Error;
        }

        return Gate is null ? Return() : WaitAndReturnAsync(Gate);
    }

    private async ValueTask WaitAndReturnAsync(Gate gate)
    {
        await gate.Wait();
        await Return();
    }

    private ValueTask Return()
    {
        MarkReturned();
        pool.Put(this);
        return default;
    }
}
