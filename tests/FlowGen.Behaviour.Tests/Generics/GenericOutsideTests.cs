namespace Behaviour.Generics;

/// <summary>Asks the outside about, and sends out, what only its callers know the type of.</summary>
[Workflow]
internal sealed partial class AsksAbout<T>
    where T : class
{
    public partial ValueTask<Answer> RunAsync(T source, CancellationToken ct = default);

    [Node]
    static One Show(T source, Emitter<T> shown, Emitter<int> counted)
    {
        shown.Emit(source);
        counted.Emit(1);
        return new One(1);
    }

    [Wait, Needs(nameof(Show)), Timeout(Hours = 1)]
    private partial ValueTask<Two> Confirm(T source);

    [Node]
    static Answer Close(One one, Two two) => new($"{one.Number} {two.Number}");
}

/// <summary>Closes it over a type.</summary>
[Workflow]
internal sealed partial class AsksAboutAnAsk(AsksAbout<Ask> child)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [SubWorkflow(nameof(child))]
    private partial ValueTask<Answer> Call(Ask source);
}

/// <summary>What a generic workflow has for the outside: properties on its own handle, paths on that of another.</summary>
public sealed class GenericOutsideTests
{
    [Fact]
    public async Task Its_own_handle_has_properties()
    {
        await using AsksAbout<Ask>.Handle run = new AsksAbout<Ask>().Start(new Ask(7));
        Assert.Equal(new Ask(7), run.Confirm.Request);
        Assert.True(run.Confirm.TrySet(new Two(2)));

        Assert.Equal("1 2", (await run.Completion.Soon()).Text);
        Assert.Equal(new Ask(7), await First(run.Shown));
        Assert.Equal(1, await First(run.Counted));
    }

    [Fact]
    public async Task That_of_a_workflow_around_it_has_paths_for_what_has_its_type_parameter()
    {
        await using AsksAboutAnAsk.Handle run = new AsksAboutAnAsk(new AsksAbout<Ask>()).Start(new Ask(7));
        Assert.True(run.Signal<Ask, Two>("Call.Confirm").TrySet(new Two(2)));

        Assert.Equal("1 2", (await run.Completion.Soon()).Text);
        Assert.Equal(new Ask(7), await First(run.Stream<Ask>("Call.shown")));
        Assert.Equal(1, await First(run.Call_Counted));
        Assert.Null(typeof(AsksAboutAnAsk.Handle).GetProperty("Call_Confirm"));
    }

    private static async Task<T?> First<T>(FlowStream<T> stream)
    {
        await foreach (T item in stream)
        {
            return item;
        }

        return default;
    }
}
