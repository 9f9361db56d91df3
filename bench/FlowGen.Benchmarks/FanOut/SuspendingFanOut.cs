using System.Runtime.CompilerServices;
using FlowGen.Benchmarks.Sources;

namespace FlowGen.Benchmarks.FanOut;

/// <summary>Eight nodes that all suspend, and their join.</summary>
[Workflow]
public sealed partial class SuspendingFanOut(Pump pump)
{
    public partial ValueTask<int> RunAsync(int input, CancellationToken ct = default);

    /// <summary>The baseline: <see cref="Task.WhenAll{TResult}(Task{TResult}[])"/>.</summary>
    public async ValueTask<int> WhenAll(int input, CancellationToken ct)
    {
        int[] values = await Task.WhenAll(
            First(input, ct).AsTask(),
            Second(input, ct).AsTask(),
            Third(input, ct).AsTask(),
            Fourth(input, ct).AsTask(),
            Fifth(input, ct).AsTask(),
            Sixth(input, ct).AsTask(),
            Seventh(input, ct).AsTask(),
            Eighth(input, ct).AsTask()).ConfigureAwait(false);
        return Join(values[0], values[1], values[2], values[3], values[4], values[5], values[6], values[7]);
    }

    /// <summary>Starts all, then awaits one after the other. It abandons the others when one fails.</summary>
    public async ValueTask<int> StartThenAwait(int input, CancellationToken ct)
    {
        ValueTask<int> first = First(input, ct);
        ValueTask<int> second = Second(input, ct);
        ValueTask<int> third = Third(input, ct);
        ValueTask<int> fourth = Fourth(input, ct);
        ValueTask<int> fifth = Fifth(input, ct);
        ValueTask<int> sixth = Sixth(input, ct);
        ValueTask<int> seventh = Seventh(input, ct);
        ValueTask<int> eighth = Eighth(input, ct);
        return Join(
            await first.ConfigureAwait(false),
            await second.ConfigureAwait(false),
            await third.ConfigureAwait(false),
            await fourth.ConfigureAwait(false),
            await fifth.ConfigureAwait(false),
            await sixth.ConfigureAwait(false),
            await seventh.ConfigureAwait(false),
            await eighth.ConfigureAwait(false));
    }

    /// <summary>The same over pooled state machines.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<int> StartThenAwaitPooled(int input, CancellationToken ct)
    {
        ValueTask<int> first = First(input, ct);
        ValueTask<int> second = Second(input, ct);
        ValueTask<int> third = Third(input, ct);
        ValueTask<int> fourth = Fourth(input, ct);
        ValueTask<int> fifth = Fifth(input, ct);
        ValueTask<int> sixth = Sixth(input, ct);
        ValueTask<int> seventh = Seventh(input, ct);
        ValueTask<int> eighth = Eighth(input, ct);
        return Join(
            await first.ConfigureAwait(false),
            await second.ConfigureAwait(false),
            await third.ConfigureAwait(false),
            await fourth.ConfigureAwait(false),
            await fifth.ConfigureAwait(false),
            await sixth.ConfigureAwait(false),
            await seventh.ConfigureAwait(false),
            await eighth.ConfigureAwait(false));
    }

    [Node]
    ValueTask<int> First(int input, CancellationToken ct) => pump.Later(input + 1);

    [Node]
    ValueTask<int> Second(int input, CancellationToken ct) => pump.Later(input + 2);

    [Node]
    ValueTask<int> Third(int input, CancellationToken ct) => pump.Later(input + 3);

    [Node]
    ValueTask<int> Fourth(int input, CancellationToken ct) => pump.Later(input + 4);

    [Node]
    ValueTask<int> Fifth(int input, CancellationToken ct) => pump.Later(input + 5);

    [Node]
    ValueTask<int> Sixth(int input, CancellationToken ct) => pump.Later(input + 6);

    [Node]
    ValueTask<int> Seventh(int input, CancellationToken ct) => pump.Later(input + 7);

    [Node]
    ValueTask<int> Eighth(int input, CancellationToken ct) => pump.Later(input + 8);

    [Node]
    int Join(int first, int second, int third, int fourth, int fifth, int sixth, int seventh, int eighth)
        => first + second + third + fourth + fifth + sixth + seventh + eighth;
}
