using System.Runtime.CompilerServices;
using FlowGen.Benchmarks.Sources;

namespace FlowGen.Benchmarks.Asynchronous;

/// <summary>A chain of ten nodes that all suspend and are completed in place.</summary>
[Workflow]
public sealed partial class SuspendingChain(Pump pump)
{
    public partial ValueTask<int> RunAsync(int input, CancellationToken ct = default);

    /// <summary>The baseline: await each in turn.</summary>
    public async ValueTask<int> ByHand(int input, CancellationToken ct)
    {
        int value = await Step1(input, ct).ConfigureAwait(false);
        value = await Step2(value, ct).ConfigureAwait(false);
        value = await Step3(value, ct).ConfigureAwait(false);
        value = await Step4(value, ct).ConfigureAwait(false);
        value = await Step5(value, ct).ConfigureAwait(false);
        value = await Step6(value, ct).ConfigureAwait(false);
        value = await Step7(value, ct).ConfigureAwait(false);
        value = await Step8(value, ct).ConfigureAwait(false);
        value = await Step9(value, ct).ConfigureAwait(false);
        return await Step10(value, ct).ConfigureAwait(false);
    }

    /// <summary>The same over pooled state machines.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<int> ByHandPooled(int input, CancellationToken ct)
    {
        int value = await Step1(input, ct).ConfigureAwait(false);
        value = await Step2(value, ct).ConfigureAwait(false);
        value = await Step3(value, ct).ConfigureAwait(false);
        value = await Step4(value, ct).ConfigureAwait(false);
        value = await Step5(value, ct).ConfigureAwait(false);
        value = await Step6(value, ct).ConfigureAwait(false);
        value = await Step7(value, ct).ConfigureAwait(false);
        value = await Step8(value, ct).ConfigureAwait(false);
        value = await Step9(value, ct).ConfigureAwait(false);
        return await Step10(value, ct).ConfigureAwait(false);
    }

    [Node]
    ValueTask<int> Step1(int input, CancellationToken ct) => pump.Later((input * 3) + 1);

    [Node]
    ValueTask<int> Step2(int step1, CancellationToken ct) => pump.Later((step1 * 3) + 2);

    [Node]
    ValueTask<int> Step3(int step2, CancellationToken ct) => pump.Later((step2 * 3) + 3);

    [Node]
    ValueTask<int> Step4(int step3, CancellationToken ct) => pump.Later((step3 * 3) + 4);

    [Node]
    ValueTask<int> Step5(int step4, CancellationToken ct) => pump.Later((step4 * 3) + 5);

    [Node]
    ValueTask<int> Step6(int step5, CancellationToken ct) => pump.Later((step5 * 3) + 6);

    [Node]
    ValueTask<int> Step7(int step6, CancellationToken ct) => pump.Later((step6 * 3) + 7);

    [Node]
    ValueTask<int> Step8(int step7, CancellationToken ct) => pump.Later((step7 * 3) + 8);

    [Node]
    ValueTask<int> Step9(int step8, CancellationToken ct) => pump.Later((step8 * 3) + 9);

    [Node]
    ValueTask<int> Step10(int step9, CancellationToken ct) => pump.Later((step9 * 3) + 10);
}
