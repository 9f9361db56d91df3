namespace RandomGraphs.Stages;

/// <summary>One execution of a node: it notes that it starts, does what the script says, and notes how it ends.</summary>
public sealed class NodeCall
{
    private readonly Stage _stage;
    private readonly string _path;
    private readonly CancellationToken? _token;
    private readonly string[] _arguments;
    private int _ordinal;

    internal NodeCall(Stage stage, string path, CancellationToken? token, string[] arguments)
        => (_stage, _path, _token, _arguments) = (stage, path, token, arguments);

    /// <summary>A predicate: it has no life of its own, and never fails.</summary>
    public T Decide<T>(Func<string, T> make) => make(_stage.Decide(_path, _arguments));

    public void Finish() => Return<object?>(_ => null);

    public T Return<T>(Func<string, T> make)
    {
        Behaviour behaviour = Start();
        return End(behaviour, make);
    }

    public Task FinishAsync() => ReturnAsync<object?>(_ => null);

    public Task<T> ReturnAsync<T>(Func<string, T> make)
    {
        Behaviour behaviour = Start();
        return behaviour.Ending == Ending.ThrowsAtOnce ? throw Fail(Failure(behaviour)) : GoOnAsync(behaviour, make);
    }

    private async Task<T> GoOnAsync<T>(Behaviour behaviour, Func<string, T> make)
    {
        if (behaviour.Hops)
        {
            await new Hop();
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

        return End(behaviour, make);
    }

    private Behaviour Start()
    {
        Behaviour behaviour = _stage.Start(_path, _token, _arguments, out _ordinal);
        return behaviour;
    }

    private T End<T>(Behaviour behaviour, Func<string, T> make)
    {
        if (behaviour.Ending != Ending.Completes)
        {
            throw Fail(Failure(behaviour));
        }

        return make(_stage.End(_path, _arguments, _ordinal));
    }

    private Exception Failure(Behaviour behaviour)
    {
        string who = _ordinal == 1 ? _path : $"{_path}~{_ordinal}";
        return behaviour.Ending == Ending.ThrowsOwnCancellation ? new OperationCanceledException($"{who} by itself") : behaviour.IsBang ? new Bang(who) : new Boom(who);
    }

    private Exception Fail(Exception error)
    {
        _stage.Fail(_path, error, _token);
        return error;
    }
}
