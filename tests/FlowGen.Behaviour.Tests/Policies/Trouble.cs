namespace Behaviour.Policies;

/// <summary>What a node calls that fails as often as the test says: with each of the errors in turn, and then no more.</summary>
internal sealed class Trouble(params Exception[] errors)
{
    private int _calls;

    /// <summary>One error, again and again.</summary>
    public static Trouble Times(int count) => new([.. Enumerable.Range(1, count).Select(i => new BoomException($"boom {i}"))]);

    public int Calls => Volatile.Read(ref _calls);

    public T Pass<T>(T value)
    {
        int call = Interlocked.Increment(ref _calls);
        return call > errors.Length ? value : throw errors[call - 1];
    }
}
