using System.Runtime.CompilerServices;

namespace FlowGen.Benchmarks.Policies;

/// <summary>The ten nodes of <see cref="Asynchronous.CompletedChain"/>, each with a retry, a timeout, a handler and a compensation, none of which is needed.</summary>
[Workflow]
public sealed partial class GuardedChain
{
    [return: From(nameof(Step10))]
    public partial ValueTask<int> RunAsync(int input, CancellationToken ct = default);

    [Node, Retry(3), Timeout(Seconds = 30), MethodImpl(MethodImplOptions.NoInlining)]
    ValueTask<int> Step1(int input, CancellationToken ct) => new((input * 3) + 1);

    [Catch(nameof(Step1))]
    static int Instead1(TimeoutException error) => error.HResult;

    [Compensate(nameof(Step1))]
    static void Undo1(int step1) => Undone.Add(step1);

    [Node, Retry(3), Timeout(Seconds = 30), MethodImpl(MethodImplOptions.NoInlining)]
    ValueTask<int> Step2(int step1, CancellationToken ct) => new((step1 * 3) + 2);

    [Catch(nameof(Step2))]
    static int Instead2(TimeoutException error) => error.HResult;

    [Compensate(nameof(Step2))]
    static void Undo2(int step2) => Undone.Add(step2);

    [Node, Retry(3), Timeout(Seconds = 30), MethodImpl(MethodImplOptions.NoInlining)]
    ValueTask<int> Step3(int step2, CancellationToken ct) => new((step2 * 3) + 3);

    [Catch(nameof(Step3))]
    static int Instead3(TimeoutException error) => error.HResult;

    [Compensate(nameof(Step3))]
    static void Undo3(int step3) => Undone.Add(step3);

    [Node, Retry(3), Timeout(Seconds = 30), MethodImpl(MethodImplOptions.NoInlining)]
    ValueTask<int> Step4(int step3, CancellationToken ct) => new((step3 * 3) + 4);

    [Catch(nameof(Step4))]
    static int Instead4(TimeoutException error) => error.HResult;

    [Compensate(nameof(Step4))]
    static void Undo4(int step4) => Undone.Add(step4);

    [Node, Retry(3), Timeout(Seconds = 30), MethodImpl(MethodImplOptions.NoInlining)]
    ValueTask<int> Step5(int step4, CancellationToken ct) => new((step4 * 3) + 5);

    [Catch(nameof(Step5))]
    static int Instead5(TimeoutException error) => error.HResult;

    [Compensate(nameof(Step5))]
    static void Undo5(int step5) => Undone.Add(step5);

    [Node, Retry(3), Timeout(Seconds = 30), MethodImpl(MethodImplOptions.NoInlining)]
    ValueTask<int> Step6(int step5, CancellationToken ct) => new((step5 * 3) + 6);

    [Catch(nameof(Step6))]
    static int Instead6(TimeoutException error) => error.HResult;

    [Compensate(nameof(Step6))]
    static void Undo6(int step6) => Undone.Add(step6);

    [Node, Retry(3), Timeout(Seconds = 30), MethodImpl(MethodImplOptions.NoInlining)]
    ValueTask<int> Step7(int step6, CancellationToken ct) => new((step6 * 3) + 7);

    [Catch(nameof(Step7))]
    static int Instead7(TimeoutException error) => error.HResult;

    [Compensate(nameof(Step7))]
    static void Undo7(int step7) => Undone.Add(step7);

    [Node, Retry(3), Timeout(Seconds = 30), MethodImpl(MethodImplOptions.NoInlining)]
    ValueTask<int> Step8(int step7, CancellationToken ct) => new((step7 * 3) + 8);

    [Catch(nameof(Step8))]
    static int Instead8(TimeoutException error) => error.HResult;

    [Compensate(nameof(Step8))]
    static void Undo8(int step8) => Undone.Add(step8);

    [Node, Retry(3), Timeout(Seconds = 30), MethodImpl(MethodImplOptions.NoInlining)]
    ValueTask<int> Step9(int step8, CancellationToken ct) => new((step8 * 3) + 9);

    [Catch(nameof(Step9))]
    static int Instead9(TimeoutException error) => error.HResult;

    [Compensate(nameof(Step9))]
    static void Undo9(int step9) => Undone.Add(step9);

    [Node, Retry(3), Timeout(Seconds = 30), MethodImpl(MethodImplOptions.NoInlining)]
    ValueTask<int> Step10(int step9, CancellationToken ct) => new((step9 * 3) + 10);

    [Catch(nameof(Step10))]
    static int Instead10(TimeoutException error) => error.HResult;

    [Compensate(nameof(Step10))]
    static void Undo10(int step10) => Undone.Add(step10);
}
