namespace RandomGraphs.Stages;

/// <summary>One execution of a node: it notes that it starts, does what the script says, and notes how it ends.</summary>
public sealed class NodeCall
{
    private readonly Stage _stage;
    private readonly string _path;
    private readonly CancellationToken? _token;
    private readonly string[] _arguments;

    internal NodeCall(Stage stage, string path, CancellationToken? token, string[] arguments)
        => (_stage, _path, _token, _arguments) = (stage, path, token, arguments);

    /// <summary>A predicate: it has no life of its own, and never fails.</summary>
    public T Decide<T>(Func<string, T> make) => make(_stage.Decide(_path, _arguments));

    public void Finish() => Return<object?>(_ => null);

    public T Return<T>(Func<string, T> make)
    {
        Behaviour behaviour = _stage.Start(_path, _token, _arguments);
        return End(behaviour.Ending, make);
    }

    public Task FinishAsync() => ReturnAsync<object?>(_ => null);

    public Task<T> ReturnAsync<T>(Func<string, T> make)
    {
        Behaviour behaviour = _stage.Start(_path, _token, _arguments);
        return behaviour.Ending == Ending.ThrowsAtOnce ? throw Fail(new Boom(_path)) : GoOnAsync(behaviour, make);
    }

    private async Task<T> GoOnAsync<T>(Behaviour behaviour, Func<string, T> make)
    {
        if (behaviour.Hops)
        {
            await Task.Yield();
        }

        if (behaviour.Suspends)
        {
            try
            {
                await _stage.WaitAsync(_path, _token, behaviour.OnCancel).ConfigureAwait(false);
            }
            catch (Exception error)
            {
                throw Fail(error);
            }
        }

        return End(behaviour.Ending, make);
    }

    private T End<T>(Ending ending, Func<string, T> make)
    {
        if (ending != Ending.Completes)
        {
            throw Fail(ending == Ending.ThrowsOwnCancellation ? new OperationCanceledException($"{_path} by itself") : new Boom(_path));
        }

        return make(_stage.End(_path, _arguments));
    }

    private Exception Fail(Exception error)
    {
        _stage.Fail(_path, error, _token);
        return error;
    }
}
