using System.Globalization;
using System.Threading.Tasks.Sources;

namespace FlowGen.Benchmarks.Crowds;

/// <summary>A node that waits for one of many promises.</summary>
[Workflow]
public sealed partial class Waits(Func<int, ValueTask<int>> promise)
{
    public partial ValueTask<int> RunAsync(int number, CancellationToken ct = default);

    [Node]
    static int Check(int number) => number;

    [Node]
    ValueTask<int> Wait(int check, CancellationToken ct) => promise(check);

    [Node]
    static int Finish(int wait) => wait + 1;
}

/// <summary>Many runs at once: what they take while they are suspended, what a second wave allocates, what is left.</summary>
internal static class Crowd
{
    public static async Task Print(int count, TextWriter output)
    {
        var promises = new Promise[count];
        for (int i = 0; i < count; i++)
            promises[i] = new Promise();
        var runs = new ValueTask<int>[count];
        Waits workflow = new(number => promises[number].Task);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        Start(workflow, runs);
        long suspended = GC.GetTotalMemory(forceFullCollection: true) - before;
        Line(output, $"{count:N0} runs suspended: {(double)suspended / count:F1} B each");
        Finish(promises, runs);
        Line(output, $"pools after the wave: {FlowRuntime.Default.GetMemory().Objects:N0} objects");

        long allocated = GC.GetAllocatedBytesForCurrentThread();
        Start(workflow, runs);
        Finish(promises, runs);
        Line(output, $"the second wave allocated {GC.GetAllocatedBytesForCurrentThread() - allocated:N0} B in all");

        // What a program does anyway: now and then, a full collection. Pools keep what they needed in the last two periods of 30 s.
        for (int period = 0; period < 4; period++)
        {
            await Task.Delay(TimeSpan.FromSeconds(31)).ConfigureAwait(false);
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Line(output, $"pools two minutes later: {FlowRuntime.Default.GetMemory().Objects:N0} objects, {GC.GetTotalMemory(forceFullCollection: true) - before:N0} B");
        GC.KeepAlive(promises);
    }

    private static void Line(TextWriter output, FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private static void Start(Waits workflow, ValueTask<int>[] runs)
    {
        for (int i = 0; i < runs.Length; i++)
            runs[i] = workflow.RunAsync(i);
    }

    private static void Finish(Promise[] promises, ValueTask<int>[] runs)
    {
        for (int i = 0; i < runs.Length; i++)
        {
            promises[i].Complete(i);
            if (runs[i].GetAwaiter().GetResult() != i + 1)
                throw new InvalidOperationException("A run yielded what belongs to another one.");
        }
    }

    /// <summary>Not FlowGen's: made before anything is counted.</summary>
    private sealed class Promise : IValueTaskSource<int>
    {
        private ManualResetValueTaskSourceCore<int> _core;

        public ValueTask<int> Task => new(this, _core.Version);

        public void Complete(int value) => _core.SetResult(value);

        public int GetResult(short token)
        {
            int result = _core.GetResult(token);
            _core.Reset();
            return result;
        }

        public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

        public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
            => _core.OnCompleted(continuation, state, token, flags);
    }
}
