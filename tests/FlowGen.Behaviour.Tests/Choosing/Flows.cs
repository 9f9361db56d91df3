namespace Behaviour.Choosing;

/// <summary>Runs what it is told to, as long as it is told to.</summary>
[Workflow(Id = "chooser")]
internal sealed partial class Chooser(Func<Ask, FlowRef<Ask, Answer>> choose)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    FlowRef<Ask, Answer> Pick(Ask ask) => choose(ask);

    [DynamicSubWorkflow]
    private partial ValueTask<Answer> Call(FlowRef<Ask, Answer> flow, Ask ask);
}

[Workflow(Id = "detour")]
internal sealed partial class Detour(Func<Ask, FlowRef<Ask, Answer>> choose)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    FlowRef<Ask, Answer> Pick(Ask ask) => choose(ask);

    [DynamicSubWorkflow]
    private partial ValueTask<Answer> Call(FlowRef<Ask, Answer> flow, Ask ask);
}

[Workflow(Id = "around")]
internal sealed partial class Around(Chooser chooser)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [SubWorkflow(nameof(chooser))]
    private partial ValueTask<Answer> Inner(Ask ask);
}

[Workflow(Id = "picky")]
internal sealed partial class Picky(Func<Ask, FlowRef<Ask, Answer>> choose)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    FlowRef<Ask, Answer> Pick(Ask ask) => choose(ask);

    [DynamicSubWorkflow(Candidates = new[] { typeof(Doubles) })]
    private partial ValueTask<Answer> Call(FlowRef<Ask, Answer> flow, Ask ask);
}

/// <summary>Pattern 22: a workflow that calls itself.</summary>
[Workflow(Id = "factorial")]
internal sealed partial class Factorial
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    static bool IsSmall([Input] Ask ask) => ask.Number <= 1;

    [Node, When(nameof(IsSmall))]
    One Trivial([Input] Ask ask) => new(Math.Max(ask.Number, 1));

    [Node, Unless(nameof(IsSmall))]
    FlowRef<Ask, Answer> Itself([Input] Ask ask) => ask.Number > 1 ? new FlowRef<Ask, Answer>(this) : default;

    [Node, Unless(nameof(IsSmall))]
    Two Less([Input] Ask ask) => new(ask.Number - 1);

    [Node]
    Ask Smaller(Two two) => new(two.Number);

    [DynamicSubWorkflow(AllowRecursion = true, MaxDepth = 5)]
    private partial ValueTask<Answer> Below(FlowRef<Ask, Answer> flow, [From(nameof(Smaller))] Ask ask);

    [Node]
    Answer Tell(One? one, [From(nameof(Below))] Answer? below, [Input] Ask ask) =>
        new($"{one?.Number ?? ask.Number * int.Parse(below!.Text, System.Globalization.CultureInfo.InvariantCulture)}");
}

[Workflow(Id = "doubles")]
internal sealed partial class Doubles
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    Answer Work(Ask ask, FlowContext context) => new($"{2 * ask.Number} {context.RunId} {context.ConversationId} {context.Path}");
}

[Workflow(Id = "waits at a gate")]
internal sealed partial class WaitsAtGate(Gate gate)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    async ValueTask<Answer> Work(Ask ask, CancellationToken ct)
    {
        await gate.Wait(ct);
        return new Answer($"{ask.Number}");
    }
}

[Workflow(Id = "asks and sends")]
internal sealed partial class AsksAndSends
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    One Send(Ask ask, Emitter<string> words)
    {
        words.Emit($"word {ask.Number}");
        return new One(ask.Number);
    }

    [Wait]
    private partial ValueTask<Answer> Approve(One one);
}

[Workflow(Id = "switched off", Enabled = false)]
internal sealed partial class SwitchedOff
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    Answer Work(Ask ask) => new($"{ask.Number}");
}

[Workflow(Id = "books")]
internal sealed partial class Books(Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    Answer Book(Ask ask) => journal.Add("book", new Answer($"{ask.Number}"));

    [Compensate(nameof(Book))]
    void Unbook(Ask ask) => journal.Add($"unbook {ask.Number}");
}

/// <summary>Everything that can be said about a call.</summary>
[Workflow(Id = "careful")]
internal sealed partial class Careful(Func<Ask, FlowRef<Ask, Answer>> choose, Gate after, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    FlowRef<Ask, Answer> Pick(Ask ask) => choose(ask);

    [DynamicSubWorkflow, Timeout(Hours = 1)]
    private partial ValueTask<Answer> Call(FlowRef<Ask, Answer> flow, Ask ask);

    [Catch(nameof(Call))]
    Answer Late(TimeoutException error) => journal.Add("late", new Answer(error.GetType().Name));

    [Catch(nameof(Call))]
    Answer Gone(BoomException error) => journal.Add("gone", new Answer(error.Message));

    [Node]
    async ValueTask<string> Check([From(nameof(Call), nameof(Late), nameof(Gone))] Answer answer, CancellationToken ct)
    {
        await after.Wait(ct);
        return answer.Text;
    }

    [Node]
    Answer Tell(string check) => new(check);
}

[Workflow(Id = "calls each")]
internal sealed partial class CallsEach(Func<Ask, FlowRef<Ask, Answer>> choose)
{
    public partial ValueTask<Answer> RunAsync(Ask[] asks, CancellationToken ct = default);

    [Node]
    FlowRef<Ask, Answer> Pick(Ask[] asks) => choose(asks[0]);

    [DynamicSubWorkflow]
    private partial ValueTask<Answer> Call(FlowRef<Ask, Answer> flow, [Each(MaxParallelism = 0)] Ask ask);

    [Node]
    string All([From(nameof(Call))] Answer[] answers) => string.Join('|', answers.Select(answer => answer.Text));

    [Node]
    Answer Tell(string all) => new(all);
}

/// <summary>Not written by FlowGen.</summary>
internal sealed class Foreign : IFlow<Ask, Answer>
{
    public FlowDescriptor Descriptor => Doubles.Descriptor.DerivedAs("foreign", 1, typeof(Foreign));

    public ValueTask<Answer> RunAsync(Ask input, CancellationToken cancellationToken = default) => new(new Answer($"foreign {input.Number}"));
}
