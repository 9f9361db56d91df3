using FlowGen.CompilerServices;

namespace FlowGen.Runtime.Tests.Pools;

/// <summary>A pooled object that notices when it has two owners.</summary>
internal class Thing : FlowPooled
{
    private int _owner;
    private int _drops;

    public int Drops => Volatile.Read(ref _drops);

    /// <summary>What a workflow would have left in it.</summary>
    public object? Data { get; set; }

    public void Own(int owner)
    {
        int other = Interlocked.CompareExchange(ref _owner, owner, 0);
        Assert.Equal(0, other);
        Assert.Equal(0, Drops);
    }

    public void Disown(int owner)
    {
        int other = Interlocked.CompareExchange(ref _owner, 0, owner);
        Assert.Equal(owner, other);
    }

    protected internal override void OnDropped() => Interlocked.Increment(ref _drops);
}
