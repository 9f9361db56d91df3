namespace Behaviour.Interleavings;

/// <summary>Where the nodes of one run wait for their turn, sometimes fail, and write down what they have done and undone.</summary>
internal sealed class World
{
    private readonly Dictionary<string, int> _done = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _alone = new(StringComparer.Ordinal);

    /// <summary>The order in which things happen; another one for each run.</summary>
    public Interleaving Order { get; set; } = null!;

    /// <summary>One of so many passes fails; 0 for none.</summary>
    public int Storms { get; set; }

    /// <summary>What has been done and not undone, and what nobody else may have been at.</summary>
    public IReadOnlyDictionary<string, int> Done => _done;

    public void Do(string what) => _done[what] = _done.GetValueOrDefault(what) + 1;

    public void Undo(string what) => _done[what] = _done.GetValueOrDefault(what) - 1;

    /// <summary>A part of a node: waits for its turn, then succeeds or fails.</summary>
    public async ValueTask Pass(string place, CancellationToken ct)
    {
        await Order.At(place, ct).ConfigureAwait(false);
        if (Storms > 0 && Order.Happens(Storms))
        {
            throw new Storm(place);
        }
    }

    public async ValueTask<T> Pass<T>(string place, T value, CancellationToken ct)
    {
        await Pass(place, ct).ConfigureAwait(false);
        return value;
    }

    /// <summary>A part that succeeds whatever happens.</summary>
    public ValueTask Stay(string place) => Order.At(place);

    /// <summary>A part during which nobody else may be at the same tool.</summary>
    public async ValueTask<T> Alone<T>(string tool, string place, T value, CancellationToken ct)
    {
        Assert.Equal(0, _alone.GetValueOrDefault(tool));
        _alone[tool] = 1;
        try
        {
            return await Pass(place, value, ct).ConfigureAwait(false);
        }
        finally
        {
            _alone[tool] = 0;
        }
    }
}
