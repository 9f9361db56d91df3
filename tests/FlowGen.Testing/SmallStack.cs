using System.Runtime.ExceptionServices;

namespace FlowGen.Testing;

/// <summary>A thread whose stack would not hold a few frames for each of many operations.</summary>
public static class SmallStack
{
    private const int Size = 192 * 1024;

    /// <summary>Runs <paramref name="body"/> there, to its end, and rethrows what it throws.</summary>
    public static T Run<T>(Func<T> body)
    {
        T result = default!;
        ExceptionDispatchInfo? error = null;
        Thread thread = new(
            () =>
            {
                try
                {
                    result = body();
                }
                catch (Exception caught)
                {
                    error = ExceptionDispatchInfo.Capture(caught);
                }
            },
            Size);
        thread.Start();
        thread.Join();
        error?.Throw();
        return result;
    }
}
