namespace Behaviour.Compiled;

/// <summary>A child is flattened only when it is exactly what was declared; a fake that derives from it is called through its virtual entry.</summary>
public sealed class SubstitutionTests
{
    private const string Source = """
        public sealed record Ask(int Number);
        public sealed record Answer(string Text);

        [Workflow]
        public partial class Greeter
        {
            public virtual partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);
            [Node] Answer Greet(Ask ask) => new($"hello {ask.Number}");
        }

        public sealed class Fake : Greeter
        {
            public override async ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default)
            {
                await Task.Yield();
                return ask.Number > 0 ? new Answer($"fake {ask.Number}") : throw new ArgumentException("fake");
            }
        }

        [Workflow]
        public sealed partial class Greets(Greeter greeter)
        {
            public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);
            [SubWorkflow(nameof(greeter))] private partial ValueTask<Answer> Hello(Ask ask);
            [Node] string Shout([From(nameof(Hello))] Answer answer) => answer.Text.ToUpperInvariant();
            [Node] Answer Show(string shout) => new(shout);
        }

        public static class Program
        {
            public static async Task<string> Run(bool fake, int number, FlowRuntime runtime)
                => (await new Greets(fake ? new Fake() : new Greeter()) { Runtime = runtime }.RunAsync(new Ask(number))).Text;
        }
        """;

    [Theory]
    [InlineData(false, "HELLO 1", "Executing Completed")]
    [InlineData(true, "FAKE 1", "")]
    public async Task A_fake_is_called_through_its_entry(bool fake, string expected, string statesInside)
    {
        RecordingObserver observer = new();
        using LoadedFlow flow = FlowCompiler.Compile(Source).Load();

        Assert.Equal(expected, await flow.Call<Task<string>>("Program", "Run", fake, 1, observer.Watch()).Soon());
        Assert.Equal([">Hello", "<Hello Completed"], observer.Boundaries);
        Assert.Equal(statesInside, observer.StatesOf("Hello.Greet"));
    }

    [Fact]
    public async Task A_fake_that_fails_fails_the_run()
    {
        RecordingObserver observer = new();
        using LoadedFlow flow = FlowCompiler.Compile(Source).Load();

        await Assert.ThrowsAsync<ArgumentException>(() => flow.Call<Task<string>>("Program", "Run", true, 0, observer.Watch()).Soon());
        Assert.Equal([">Hello", "<Hello Failed"], observer.Boundaries);
    }
}
