using FlowGen.CompilerServices;
using FlowGen.Pooling;

namespace FlowGen.Runtime.Tests.Pools;

public sealed class ChainDepotTests
{
    private readonly PoolAccount _account = new("W", FlowPoolKind.Run, "");
    private readonly ChainDepot _depot;

    public ChainDepotTests() => _depot = new ChainDepot(_account);

    [Fact]
    public void Chains_come_back_whole_last_in_first_out()
    {
        Chain first = Make(32), second = Make(32), odd = Make(7);
        _depot.Push([first, second, odd]);
        Assert.Equal(71, _depot.Count);
        Assert.Equal([odd, second, first], [_depot.Pop(), _depot.Pop(), _depot.Pop()]);
        Assert.Equal(default, _depot.Pop());
        Assert.Equal(0, _depot.Count);
    }

    [Fact]
    public void It_keeps_no_more_than_were_outside_at_once()
    {
        Chain[] chains = [Make(32), Make(32)];
        _depot.Push(chains);
        _depot.EndPeriod();

        // Since then at most one chain was out at once.
        for (int i = 0; i < 5; i++)
        {
            _depot.Push(_depot.Pop());
        }

        Assert.Equal((64, 64), (_depot.Count, _depot.Limit));
        _depot.EndPeriod();
        Assert.Equal((32, 32), (_depot.Count, _depot.Limit));
        Assert.Equal(32, _account.Live);
        _depot.Push(Make(32));
        Assert.Equal((32, 32), (_depot.Count, _account.Live));
    }

    [Fact]
    public void What_is_still_out_when_a_period_ends_finds_room_when_it_comes_back()
    {
        Chain[] chains = [Make(32), Make(32), Make(32)];
        _depot.EndPeriod();
        _depot.EndPeriod();
        _depot.Push(chains);
        Assert.Equal((96, 96), (_depot.Count, _account.Live));
    }

    [Fact]
    public void Clear_drops_everything()
    {
        Chain chain = Make(32);
        _depot.Push(chain);
        _depot.Clear();
        Assert.Equal((0, 0), (_depot.Count, _account.Live));
        Assert.Equal(1, ((Thing)chain.Head!).Drops);
    }

    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    [InlineData(23)]
    public void Its_count_agrees_with_a_plain_model(int seed)
    {
        Random random = new(seed);
        Stack<Chain> outside = [];
        for (int step = 0; step < 2_000; step++)
        {
            switch (random.Next(step / 200 % 2 == 0 ? 6 : 9))
            {
                case 0 or 1:
                    outside.Push(Make(random.Next(1, 33)));
                    break;
                case 2 or 3 when _depot.Pop() is { Head: not null } chain:
                    outside.Push(chain);
                    break;
                case 4 when random.Next(20) == 0:
                    _depot.EndPeriod();
                    break;
                default:
                    if (outside.TryPop(out Chain back))
                    {
                        _depot.Push(back);
                    }

                    break;
            }

            Assert.Equal(_account.Live, _depot.Count + outside.Sum(chain => chain.Count));
            Assert.True(_depot.Count <= _depot.Limit);
        }
    }

    [Fact]
    public void Joining_keeps_every_object()
    {
        Chain all = Chain.Join(Make(3), Chain.Join(default, Make(4)));
        Assert.Equal(7, all.Count);
        int walked = 0;
        for (FlowPooled? item = all.Head; item is not null; item = item.Next)
        {
            walked++;
        }

        Assert.Equal(7, walked);
    }

    private Chain Make(int count)
    {
        FlowPooled? head = null;
        for (int i = 0; i < count; i++)
        {
            Thing thing = new() { Next = head };
            _account.Add(thing);
            _depot.NoteMade();
            head = thing;
        }

        return new Chain(head, count);
    }
}
