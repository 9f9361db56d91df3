using System.Runtime.CompilerServices;

namespace FlowGen.Benchmarks.Policies;

/// <summary>The same ten nodes without any of that.</summary>
[Workflow]
public sealed partial class PlainChain
{
    [return: From(nameof(Step10))]
    public partial ValueTask<int> RunAsync(int input, CancellationToken ct = default);

    [Node, MethodImpl(MethodImplOptions.NoInlining)]
    ValueTask<int> Step1(int input, CancellationToken ct) => new((input * 3) + 1);

    [Node, MethodImpl(MethodImplOptions.NoInlining)]
    ValueTask<int> Step2(int step1, CancellationToken ct) => new((step1 * 3) + 2);

    [Node, MethodImpl(MethodImplOptions.NoInlining)]
    ValueTask<int> Step3(int step2, CancellationToken ct) => new((step2 * 3) + 3);

    [Node, MethodImpl(MethodImplOptions.NoInlining)]
    ValueTask<int> Step4(int step3, CancellationToken ct) => new((step3 * 3) + 4);

    [Node, MethodImpl(MethodImplOptions.NoInlining)]
    ValueTask<int> Step5(int step4, CancellationToken ct) => new((step4 * 3) + 5);

    [Node, MethodImpl(MethodImplOptions.NoInlining)]
    ValueTask<int> Step6(int step5, CancellationToken ct) => new((step5 * 3) + 6);

    [Node, MethodImpl(MethodImplOptions.NoInlining)]
    ValueTask<int> Step7(int step6, CancellationToken ct) => new((step6 * 3) + 7);

    [Node, MethodImpl(MethodImplOptions.NoInlining)]
    ValueTask<int> Step8(int step7, CancellationToken ct) => new((step7 * 3) + 8);

    [Node, MethodImpl(MethodImplOptions.NoInlining)]
    ValueTask<int> Step9(int step8, CancellationToken ct) => new((step8 * 3) + 9);

    [Node, MethodImpl(MethodImplOptions.NoInlining)]
    ValueTask<int> Step10(int step9, CancellationToken ct) => new((step9 * 3) + 10);
}
