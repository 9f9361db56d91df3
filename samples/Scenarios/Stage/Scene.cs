using FlowGen;

namespace Scenarios.Stage;

/// <summary>One course of a scenario, with a clock and a runtime of its own. It knows how it ought to end.</summary>
internal sealed class Scene
{
    private readonly TextWriter _output;

    public Scene(TextWriter output)
    {
        _output = output;
        Clock = new StoryClock();
        Runtime = new FlowRuntime(new FlowRuntimeOptions { Observer = new Narrator(output, Clock), TimeProvider = Clock, Seed = 1 });
    }

    public StoryClock Clock { get; }

    /// <summary>The scene's workflows belong to it.</summary>
    public FlowRuntime Runtime { get; }

    /// <summary>How many things were not as they ought to be.</summary>
    public int Differences { get; private set; }

    public void Tell(string text) => _output.WriteLine($"            {text}");

    /// <summary>The end of a run that completes.</summary>
    public Task<T> EndOf<T>(ValueTask<T> run) => Clock.PassAsync(run.AsTask());

    /// <summary>The end of a run that ought to fail; null when it does not.</summary>
    public async Task<TException?> FailureOf<TException, T>(ValueTask<T> run)
        where TException : Exception
    {
        TException? failure = null;
        try
        {
            await EndOf(run);
        }
        catch (TException error)
        {
            failure = error;
        }

        Expect($"it ends with {typeof(TException).Name}", expected: true, failure is not null);
        return failure;
    }

    public void Expect<T>(string what, T expected, T actual)
    {
        bool isSo = EqualityComparer<T>.Default.Equals(expected, actual);
        Differences += isSo ? 0 : 1;
        Tell(isSo ? $"as told: {what}" : $"NOT AS TOLD: {what}: it is '{actual}' and not '{expected}'");
    }

    /// <summary>Something happened that nobody told of.</summary>
    public void Differs(Exception error)
    {
        Differences++;
        Tell($"NOT AS TOLD: {error}");
    }
}
