namespace Behaviour.Contexts;

internal interface IGreeting
{
    string Of(int number);
}

internal sealed class Greeting(string word) : IGreeting
{
    public string Of(int number) => $"{word} {number}";
}

/// <summary>Serves what it was given and counts how often it was asked.</summary>
internal sealed class OneService(Type type, object? service, Journal journal) : IServiceProvider
{
    public object? GetService(Type serviceType) => journal.Add(serviceType.Name, serviceType == type ? service : null);
}

[Workflow]
internal sealed partial class GreetsBelow
{
    public partial ValueTask<Two> RunAsync(Ask ask, RunOptions? options = null);

    [Node]
    Two Greet(Ask ask, [Service] IGreeting greeting) => new(greeting.Of(ask.Number).Length);
}

[Workflow]
internal sealed partial class GreetsWithService(GreetsBelow below)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, RunOptions? options = null, CancellationToken ct = default);

    [SubWorkflow(nameof(below))]
    private partial ValueTask<Two> Length(Ask ask);

    [Node]
    async ValueTask<Answer> Greet(Ask ask, Two two, [Service] IGreeting greeting)
    {
        await Task.Yield();
        return new Answer($"{greeting.Of(ask.Number)} {two.Number}");
    }
}

public sealed class ServicesTests
{
    private readonly Journal _journal = new();
    private readonly GreetsWithService _workflow = new(new GreetsBelow());

    [Fact]
    public async Task A_service_comes_from_the_options_of_the_run()
    {
        Assert.Equal("hello 1 7", (await _workflow.RunAsync(new Ask(1), With(new Greeting("hello"))).Soon()).Text);
        Assert.Equal("hi 2 4", (await _workflow.RunAsync(new Ask(2), With(new Greeting("hi"))).Soon()).Text);
        Assert.Contains(nameof(IGreeting), _journal.Entries);
    }

    [Fact]
    public async Task A_service_that_is_not_there_fails_the_node_that_wants_it()
    {
        ValueTask<Answer> run = _workflow.RunAsync(new Ask(1), With(null));

        Exception error = await Assert.ThrowsAnyAsync<Exception>(() => run.Soon());
        Assert.Contains(nameof(IGreeting), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_options_a_service_fails_the_node_that_wants_it()
    {
        ValueTask<Answer> run = _workflow.RunAsync(new Ask(1));

        Exception error = await Assert.ThrowsAnyAsync<Exception>(() => run.Soon());
        Assert.Contains(nameof(IGreeting), error.Message, StringComparison.Ordinal);
    }

    private RunOptions With(IGreeting? greeting) => new() { Services = new OneService(typeof(IGreeting), greeting, _journal) };
}
