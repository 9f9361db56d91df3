using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using FlowGen.Pooling;

namespace FlowGen.CompilerServices;

/// <summary>
/// Base of everything FlowGen pools. Its generation says whether it is rented (odd) or in a pool (even), and counts its rentals, so that
/// a second return of one rental is always noticed.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class FlowPooled
{
    /// <summary>The next object of the chain or queue this one is part of; null while somebody works with it.</summary>
    internal FlowPooled? Next;

    /// <summary>Where it is counted; null before <see cref="FlowPool{T}.Register"/>.</summary>
    internal PoolAccount? Account;

    /// <summary>Its place in <see cref="Account"/>; belongs to the account's lock.</summary>
    internal int AccountIndex;

    // Rented while odd, and due for its account when the highest bit is set.
    private const int Exceptional = unchecked((int)0x8000_0001);

    // 32 bits, because there may be a million of them. What does not fit goes to the account.
    private int _generation;

#pragma warning disable MA0055 // An object may die where nobody sees it: in the slot of a thread that ends, or in a run that never does. Its counts must not die with it.
    /// <summary>Moves its counts to the account's past.</summary>
    ~FlowPooled() => Account?.Forget(this);
#pragma warning restore MA0055

    /// <summary>Odd while rented, even while pooled; grows by one with every rental and every return.</summary>
    public int Generation => Volatile.Read(ref _generation);

    /// <summary>Twice the rentals that its account does not know yet, less one while it is rented.</summary>
    internal long UnsettledGeneration => (uint)Volatile.Read(ref _generation);

    /// <summary>How many node and state instances it holds now.</summary>
    protected internal virtual int NodeInstances => 0;

    /// <summary>Estimate of the memory it keeps, in bytes: by default its own size and the least that its instances can take.</summary>
    protected internal virtual int RetainedBytes => ObjectSize.Of(this) + (NodeInstances * ObjectSize.Least);

    /// <summary>Marks it as rented; the caller has just taken it out of a pool and owns it.</summary>
    /// <exception cref="InvalidOperationException">It is rented already.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MarkRented()
    {
        int generation = _generation;
        if ((generation & Exceptional) != 0)
        {
            generation = Settle(generation);
        }

        _generation = generation + 1;
    }

    /// <summary>Marks it as returned; the caller is the only one who may return it. Where returns may race, see <see cref="TryMarkReturned"/>.</summary>
    /// <exception cref="InvalidOperationException">It was returned already.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MarkReturned()
    {
        int generation = _generation;
        if ((generation & 1) == 0)
        {
            ThrowReturnedTwice();
        }

        _generation = unchecked(generation + 1);
    }

    /// <summary>Marks it as returned if it still belongs to the rental of that generation; exactly one of any number of racing returns wins.</summary>
    /// <param name="generation">The value of <see cref="Generation"/> while it was rented.</param>
    /// <returns>True for the one who returned it, and who may now put it back.</returns>
    public bool TryMarkReturned(int generation)
    {
        return (generation & 1) != 0
            && Interlocked.CompareExchange(ref _generation, unchecked(generation + 1), generation) == generation;
    }

    /// <summary>
    /// Adds the types of the node and state instances it holds now, for the memory report. May be called while it is rented and at work
    /// on other threads, so it reads each field once.
    /// </summary>
    /// <param name="types">Where to.</param>
    protected internal virtual void CollectInstanceTypes(ICollection<Type> types)
    {
    }

    /// <summary>The pool lets go of it for good: disposes the instances it holds. Called at most once, while it is pooled.</summary>
    protected internal virtual void OnDropped()
    {
    }

    /// <summary>Hands the count of a thousand million rentals to the account.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Settle(int generation)
    {
        if ((generation & 1) != 0)
        {
            throw new InvalidOperationException("A pooled object was rented while it was in use.");
        }

        Account?.Settle(this);
        return 0;
    }

    /// <summary>The account has taken note of its rentals; belongs to the account's lock.</summary>
    internal void Restart() => Volatile.Write(ref _generation, 0);

    [DoesNotReturn]
    private static void ThrowReturnedTwice() =>
        throw new InvalidOperationException("A pooled object was returned twice.");
}
