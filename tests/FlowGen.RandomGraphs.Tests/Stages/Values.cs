namespace RandomGraphs.Stages;

/// <summary>What nodes hand to each other. The text says which node made it from what, so that a wrong argument anywhere changes the result.</summary>
public record Value(string Text);

/// <summary>The same as a struct.</summary>
public readonly record struct Number(string Text);

public enum Choice
{
    A,
    B,
    C,
}

/// <summary>What a workflow object hands to the constructors of its node classes.</summary>
public sealed class Tag;

/// <summary>A section of a run.</summary>
public sealed class SectionA;

/// <summary>Another.</summary>
public sealed class SectionB;

/// <summary>The failure of a node.</summary>
public class Boom(string message) : Exception(message);

/// <summary>A kind of it.</summary>
public sealed class Bang(string message) : Boom(message);

/// <summary>The rule "so many of them".</summary>
public static class Rules
{
    public static Readiness Enough(ReadOnlySpan<NodeState> states, int enough)
    {
        int completed = 0;
        int open = 0;
        foreach (NodeState state in states)
        {
            completed += state == NodeState.Completed ? 1 : 0;
            open += state is NodeState.Completed or NodeState.Skipped or NodeState.Failed or NodeState.Cancelled ? 0 : 1;
        }

        return completed >= enough ? Readiness.Run : completed + open < enough ? Readiness.Skip : Readiness.Wait;
    }
}

/// <summary>How values, absence and outcomes read in a trace.</summary>
public static class Texts
{
    public const string Absent = "_";

    public static string Of(object? value) => value switch
    {
        null => Absent,
        FlowUnit => "",
        Exception error => Of(error),
        Value v => v.Text,
        Number n => n.Text,
        Number[] all => $"[{string.Join(',', all.Select(n => n.Text))}]",
        Outcome<Value>[] all => $"[{string.Join(',', all.Select(Of))}]",
        Outcome<Number>[] all => $"[{string.Join(',', all.Select(Of))}]",
        IEnumerable<Value> all => $"[{string.Join(',', all.Select(v => v.Text))}]",
        _ => throw new ArgumentException(value.GetType().Name, nameof(value)),
    };

    public static string Of<T>(Optional<T> value) => value.HasValue ? Of((object?)value.Value) : Absent;

    public static string Of<T>(Outcome<T> value)
        => value.Succeeded ? $"ok:{Of((object)value.Value)}" : value.IsSkipped ? "~" : $"!{Of(value.Error!)}";

    /// <summary>What a node throws says who and which time; what FlowGen throws, and cancellations, only what.</summary>
    public static string Of(Exception error) => error switch
    {
        Boom boom => boom.Message,
        OperationCanceledException => nameof(OperationCanceledException),
        _ => error.GetType().Name,
    };
}

/// <summary>Runs of the various entries, as tasks of texts. What an asynchronous entry throws before it returns is not caught.</summary>
public static class Results
{
    public static async Task<string> Of<T>(ValueTask<T> run) => Texts.Of((object?)await run.ConfigureAwait(false));

    public static async Task<string> Of<T>(Task<T> run) => Texts.Of((object?)await run.ConfigureAwait(false));

    public static async Task<string> Of<T>(ValueTask<Outcome<T>> run) => Texts.Of(await run.ConfigureAwait(false));

    public static async Task<string> Of<T>(Task<Outcome<T>> run) => Texts.Of(await run.ConfigureAwait(false));

    public static async Task<string> Of(ValueTask run)
    {
        await run.ConfigureAwait(false);
        return "";
    }

    public static async Task<string> Of(Task run)
    {
        await run.ConfigureAwait(false);
        return "";
    }

    /// <summary>A synchronous entry: it throws, and here that becomes the task's failure.</summary>
    public static Task<string> Of(Func<string> run)
    {
        try
        {
            return Task.FromResult(run());
        }
        catch (Exception error)
        {
            return Task.FromException<string>(error);
        }
    }
}
