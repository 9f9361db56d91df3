using System.Runtime.ExceptionServices;

namespace FlowGen.Testing;

/// <summary>Many threads that start the same thing at the same moment.</summary>
public static class Crowd
{
    /// <summary>Runs <paramref name="body"/> on <paramref name="threads"/> threads of their own, all past one barrier; rethrows the first error.</summary>
    /// <param name="threads">How many.</param>
    /// <param name="body">Gets the thread's number, from 0.</param>
    public static Task Run(int threads, Action<int> body)
    {
        Barrier barrier = new(threads);
        Task[] tasks = [.. Enumerable.Range(0, threads).Select(number => OnItsOwnThread(() =>
        {
            barrier.SignalAndWait();
            body(number);
        }))];
        return Task.WhenAll(tasks).ContinueWith(
            all =>
            {
                barrier.Dispose();
                if (all.Exception is { } error)
                {
                    ExceptionDispatchInfo.Throw(error.InnerExceptions[0]);
                }
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default).Soon();
    }

    private static Task OnItsOwnThread(Action body)
    {
        TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Thread thread = new(() =>
        {
            try
            {
                body();
                done.SetResult();
            }
            catch (Exception error)
            {
                done.SetException(error);
            }
        })
        { IsBackground = true };
        thread.Start();
        return done.Task;
    }
}
