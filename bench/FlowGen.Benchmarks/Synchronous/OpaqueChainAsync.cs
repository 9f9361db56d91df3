using System.Runtime.CompilerServices;

namespace FlowGen.Benchmarks.Synchronous;

/// <summary>A chain of ten nodes that the JIT may not inline, behind an asynchronous entry.</summary>
[Workflow]
public sealed partial class OpaqueChainAsync
{
    public partial ValueTask<int> RunAsync(int input, CancellationToken ct = default);

    /// <summary>The same nodes behind the same signature, called as a method is that the JIT does not inline. Checks no token, guards nothing.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public ValueTask<int> ByHand(int input, CancellationToken ct)
        => new(Step10(Step9(Step8(Step7(Step6(Step5(Step4(Step3(Step2(Step1(input)))))))))));

    [Node, MethodImpl(MethodImplOptions.NoInlining)]
    int Step1(int input) => (input * 3) + 1;

    [Node, MethodImpl(MethodImplOptions.NoInlining)]
    int Step2(int step1) => (step1 * 3) + 2;

    [Node, MethodImpl(MethodImplOptions.NoInlining)]
    int Step3(int step2) => (step2 * 3) + 3;

    [Node, MethodImpl(MethodImplOptions.NoInlining)]
    int Step4(int step3) => (step3 * 3) + 4;

    [Node, MethodImpl(MethodImplOptions.NoInlining)]
    int Step5(int step4) => (step4 * 3) + 5;

    [Node, MethodImpl(MethodImplOptions.NoInlining)]
    int Step6(int step5) => (step5 * 3) + 6;

    [Node, MethodImpl(MethodImplOptions.NoInlining)]
    int Step7(int step6) => (step6 * 3) + 7;

    [Node, MethodImpl(MethodImplOptions.NoInlining)]
    int Step8(int step7) => (step7 * 3) + 8;

    [Node, MethodImpl(MethodImplOptions.NoInlining)]
    int Step9(int step8) => (step8 * 3) + 9;

    [Node, MethodImpl(MethodImplOptions.NoInlining)]
    int Step10(int step9) => (step9 * 3) + 10;
}
