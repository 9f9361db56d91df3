namespace RandomGraphs.Stages;

/// <summary>Where a suspended node waits until the driver lets it go on.</summary>
internal sealed class StageGate(string path, CancellationToken? token, bool isSequential)
{
    // Going on inline keeps everything on the driver's thread.
    private readonly TaskCompletionSource _opened = new(isSequential ? TaskCreationOptions.None : TaskCreationOptions.RunContinuationsAsynchronously);

    public string Path { get; } = path;

    public CancellationToken? Token { get; } = token;

    public Task Opened => _opened.Task;

    public void Open() => _opened.TrySetResult();

    public void Fail(Exception error) => _opened.TrySetException(error);
}
