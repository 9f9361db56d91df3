namespace RandomGraphs.Stages;

/// <summary>Where a suspended node waits until the driver lets it go on.</summary>
internal sealed class StageGate(string path, CancellationToken? token)
{
    // The node goes on where its gate is opened, so that a driven run stays on the driver's thread.
    private readonly TaskCompletionSource _opened = new();

    public string Path { get; } = path;

    public CancellationToken? Token { get; } = token;

    public Task Opened => _opened.Task;

    public void Open() => _opened.TrySetResult();

    public void Fail(Exception error) => _opened.TrySetException(error);
}
