namespace Behaviour.Policies;

[Workflow]
internal sealed partial class ChoosesByType(Trouble trouble)
{
    public partial Answer Run(Ask ask);

    [Node, Retry<IOException>(1, DelayMs = 0), Retry<FileNotFoundException>(3, DelayMs = 0), Retry<TimeoutException>(2, DelayMs = 0)]
    Answer Work(Ask ask) => trouble.Pass(new Answer($"{ask.Number}"));
}

/// <summary>A rule for everything else.</summary>
[Workflow]
internal sealed partial class ChoosesByTypeOrAny(Trouble trouble)
{
    public partial Answer Run(Ask ask);

    [Node, Retry(1, DelayMs = 0), Retry<IOException>(2, DelayMs = 0)]
    Answer Work(Ask ask) => trouble.Pass(new Answer($"{ask.Number}"));
}

[Workflow]
internal sealed partial class AsksWhetherItIsWorthIt(Trouble trouble, Journal journal)
{
    public partial Answer Run(Ask ask);

    bool IsWorthIt(Exception error)
    {
        journal.Add(error.Message);
        return error.Message switch
        {
            "never" => false,
            "fault" => throw new InvalidOperationException("in the predicate"),
            _ => true,
        };
    }

    [Node, Retry(3, DelayMs = 0, If = nameof(IsWorthIt))]
    Answer Work(Ask ask) => trouble.Pass(new Answer($"{ask.Number}"));
}

/// <summary>Each rule with a question of its own, which sees values of the workflow too.</summary>
[Workflow]
internal sealed partial class AsksForEachType(Trouble trouble)
{
    public partial Answer Run(Ask ask);

    static bool ForOthers(Ask ask) => ask.Number > 0;

    static bool ForFiles(IOException error) => error.Message.Length > 1;

    [Node, Retry(2, DelayMs = 0, If = nameof(ForOthers)), Retry<IOException>(2, DelayMs = 0, If = nameof(ForFiles))]
    Answer Work(Ask ask) => trouble.Pass(new Answer($"{ask.Number}"));
}

public sealed class RetryRulesTests
{
    private static readonly Dictionary<char, Func<Exception>> s_errors = new()
    {
        ['i'] = () => new IOException("i"),
        ['e'] = () => new EndOfStreamException("e"),
        ['f'] = () => new FileNotFoundException("f"),
        ['t'] = () => new TimeoutException("t"),
        ['b'] = () => new BoomException("b"),
    };

    [Theory]
    [InlineData("i", 2, null)]
    [InlineData("ii", 2, "i")]
    [InlineData("ee", 2, "e")]
    [InlineData("fff", 4, null)]
    [InlineData("ffff", 4, "f")]
    [InlineData("tt", 3, null)]
    [InlineData("b", 1, "b")]
    [InlineData("ib", 2, "b")]
    public void The_nearest_type_decides(string errors, int calls, string? message)
    {
        Trouble trouble = TroubleOf(errors);

        Assert.Equal(message, MessageOf(() => new ChoosesByType(trouble).Run(new Ask(1))));
        Assert.Equal(calls, trouble.Calls);
    }

    [Theory]
    [InlineData("ifftft", 7, null)]
    [InlineData("ffifi", 5, "i")]
    public void Each_rule_has_a_number_of_tries_of_its_own(string errors, int calls, string? message)
    {
        Trouble trouble = TroubleOf(errors);

        Assert.Equal(message, MessageOf(() => new ChoosesByType(trouble).Run(new Ask(1))));
        Assert.Equal(calls, trouble.Calls);
    }

    [Theory]
    [InlineData("b", 2, null)]
    [InlineData("bt", 2, "t")]
    [InlineData("ii", 3, null)]
    [InlineData("iib", 4, null)]
    [InlineData("fef", 3, "f")]
    public void A_rule_without_a_type_takes_what_no_other_takes(string errors, int calls, string? message)
    {
        Trouble trouble = TroubleOf(errors);

        Assert.Equal(message, MessageOf(() => new ChoosesByTypeOrAny(trouble).Run(new Ask(1))));
        Assert.Equal(calls, trouble.Calls);
    }

    [Fact]
    public void A_predicate_says_which_failure_is_worth_another_try()
    {
        Journal journal = new();
        Trouble trouble = new(new BoomException("once"), new BoomException("never"));

        Assert.Equal("never", MessageOf(() => new AsksWhetherItIsWorthIt(trouble, journal).Run(new Ask(1))));
        Assert.Equal(["once", "never"], journal.Entries);
    }

    [Fact]
    public void It_is_not_asked_when_no_try_is_left()
    {
        Journal journal = new();

        Assert.Equal("boom 4", MessageOf(() => new AsksWhetherItIsWorthIt(Trouble.Times(4), journal).Run(new Ask(1))));
        Assert.Equal(["boom 1", "boom 2", "boom 3"], journal.Entries);
    }

    [Fact]
    public void A_predicate_that_throws_ends_the_tries_and_keeps_the_failure()
    {
        BoomException fault = new("fault");
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(
            () => new AsksWhetherItIsWorthIt(new Trouble(fault), new Journal()).Run(new Ask(1)));

        Assert.Equal("in the predicate", error.Message);
        Assert.Equal([fault], Suppressed.With(error));
    }

    [Theory]
    [InlineData(1, "b", 2)]
    [InlineData(0, "b", 1)]
    [InlineData(1, "i", 1)]
    public void Each_rule_may_ask_a_question_of_its_own(int number, string errors, int calls)
    {
        Trouble trouble = TroubleOf(errors);

        Assert.Equal(calls == 2 ? null : errors, MessageOf(() => new AsksForEachType(trouble).Run(new Ask(number))));
        Assert.Equal(calls, trouble.Calls);
    }

    private static Trouble TroubleOf(string errors) => new([.. errors.Select(e => s_errors[e]())]);

    private static string? MessageOf(Action act) => Record.Exception(act)?.Message;
}
