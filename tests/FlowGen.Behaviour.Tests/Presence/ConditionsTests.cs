namespace Behaviour.Presence;

internal enum Size
{
    Small,
    Medium,
    Large,
    Huge,
}

/// <summary>Journals which of its conditional nodes ran; every condition of the language is one line.</summary>
[Workflow]
internal sealed partial class Deciding(Journal journal)
{
    public partial ValueTask RunAsync(Ask ask);

    [Node]
    bool IsOdd(Ask ask) => ask.Number % 2 == 1;

    [Node]
    Size Measure(Ask ask) => (Size)(ask.Number % 4);

    [Node]
    ValueTask<string> Kind(Ask ask) => new(ask.Number > 9 ? "long" : "short");

    [Node]
    int Digits(Ask ask) => ask.Number.ToString().Length;

    [Node, When(nameof(IsOdd))]
    void Odd(Ask ask) => journal.Add("odd");

    [Node, Unless(nameof(IsOdd))]
    void Even(Ask ask) => journal.Add("even");

    [Node, When(nameof(IsOdd), false)]
    void NotOdd(Ask ask) => journal.Add("not odd");

    [Node, When(nameof(Measure), Size.Small)]
    void Small(Ask ask) => journal.Add("small");

    [Node, When(nameof(Measure), Size.Medium, Size.Large)]
    void Middle(Ask ask) => journal.Add("middle");

    [Node, Otherwise(nameof(Measure))]
    void Rest(Ask ask) => journal.Add("rest");

    [Node, Unless(nameof(Measure), Size.Small, Size.Huge)]
    void NeitherNor(Ask ask) => journal.Add("neither nor");

    [Node, When(nameof(Kind), "long")]
    void Long(Ask ask) => journal.Add("long");

    [Node, Otherwise(nameof(Kind))]
    void NotLong(Ask ask) => journal.Add("not long");

    [Node, When(nameof(Digits), 1, 3)]
    void OneOrThree(Ask ask) => journal.Add("1|3");

    [Node, Otherwise(nameof(Digits))]
    void OtherDigits(Ask ask) => journal.Add("other digits");

    [Node, When(nameof(IsOdd)), When(nameof(Kind), "long")]
    void OddAndLong(Ask ask) => journal.Add("odd and long");
}

/// <summary>What decides need not be a node.</summary>
[Workflow]
internal sealed partial class Predicates(bool loud, bool careful, Size size, Journal journal)
{
    private readonly bool _careful = careful;

    public partial ValueTask<Answer> RunAsync(Ask ask, int limit);

    private bool IsQuiet => !loud;

    private string Mood => loud ? "merry" : "calm";

    [Node]
    One Count(Ask ask) => new(ask.Number * 2);

    bool IsOver(One one, int limit) => journal.Add("IsOver", one.Number > limit);

    static bool IsZero(Ask ask) => ask.Number == 0;

    [Node, When(nameof(IsOver))]
    void Over(Ask ask) => journal.Add("over");

    [Node, Unless(nameof(IsOver))]
    void Under(Ask ask) => journal.Add("under");

    [Node, When(nameof(IsZero))]
    void Zero(Ask ask) => journal.Add("zero");

    [Node, When(nameof(loud))]
    void Loud(Ask ask) => journal.Add("loud");

    [Node, When(nameof(IsQuiet))]
    void Quiet(Ask ask) => journal.Add("quiet");

    [Node, When(nameof(Mood), "merry")]
    void Merry(Ask ask) => journal.Add("merry");

    [Node, When(nameof(_careful))]
    void Careful(Ask ask) => journal.Add("careful");

    [Node, When(nameof(size), Size.Large, Size.Huge)]
    void Big(Ask ask) => journal.Add("big");

    [Node]
    Answer Show(One one) => new($"{one.Number}");
}

public sealed class ConditionsTests
{
    private readonly Journal _journal = new();

    [Theory]
    [InlineData(1, "1|3,middle,neither nor,not long,odd")]
    [InlineData(4, "1|3,even,not long,not odd,small")]
    [InlineData(11, "long,odd,odd and long,other digits,rest")]
    [InlineData(14, "even,long,middle,neither nor,not odd,other digits")]
    [InlineData(104, "1|3,even,long,not odd,small")]
    public async Task Conditions_over_bool_enum_text_and_numbers(int number, string expected)
    {
        await new Deciding(_journal).RunAsync(new Ask(number)).Soon();

        Assert.Equal(expected, string.Join(',', _journal.Entries.Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData(1, 5, false, "Small", "careful quiet under")]
    [InlineData(5, 5, true, "Large", "big loud merry over")]
    [InlineData(0, 5, true, "Huge", "big loud merry under zero")]
    public async Task Methods_properties_fields_and_parameters_decide(int number, int limit, bool loud, string size, string expected)
    {
        await new Predicates(loud, careful: !loud, Enum.Parse<Size>(size), _journal).RunAsync(new Ask(number), limit).Soon();

        IEnumerable<string> ran = _journal.Entries.Where(e => e != "IsOver").Order(StringComparer.Ordinal);
        Assert.Equal(expected, string.Join(' ', ran));
    }

    [Fact]
    public async Task A_predicate_is_evaluated_once_per_activation()
    {
        Predicates workflow = new(loud: false, careful: false, Size.Small, _journal);
        await workflow.RunAsync(new Ask(1), 5).Soon();
        Assert.Equal(1, _journal.Count("IsOver"));

        await workflow.RunAsync(new Ask(1), 5).Soon();
        Assert.Equal(2, _journal.Count("IsOver"));
    }

    [Fact]
    public async Task A_node_that_does_not_run_is_reported_as_skipped()
    {
        RecordingObserver observer = new();
        await new Deciding(_journal) { Runtime = observer.Watch() }.RunAsync(new Ask(2)).Soon();

        Assert.Equal("Skipped", observer.StatesOf("Odd"));
        Assert.Equal("Executing Completed", observer.StatesOf("Even"));
    }
}
