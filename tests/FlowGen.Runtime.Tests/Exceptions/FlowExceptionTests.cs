namespace FlowGen.Runtime.Tests.Exceptions;

public sealed class FlowExceptionTests
{
    private static readonly Guid Run = new("11112222-3333-4444-5555-666677778888");

    [Fact]
    public void The_message_says_what_where_and_what_to_do()
    {
        var error = new FlowInputException("'workers' is -1.", "Crawl", "Fetch", Run, "Pass 0 or more.");

        Assert.Equal(
            "'workers' is -1. (workflow 'Crawl', node 'Fetch', run '11112222-3333-4444-5555-666677778888') Pass 0 or more.",
            error.Message);
        Assert.Equal("Crawl", error.WorkflowId);
        Assert.Equal("Fetch", error.NodePath);
        Assert.Equal(Run, error.RunId);
        Assert.Equal("Pass 0 or more.", error.Cure);
    }

    [Theory]
    [InlineData(null, null, "Too many. Wait.")]
    [InlineData("W", null, "Too many. (workflow 'W') Wait.")]
    [InlineData(null, "A.B", "Too many. (node 'A.B') Wait.")]
    [InlineData("", "", "Too many. Wait.")]
    public void What_is_not_known_is_not_in_the_message(string? workflow, string? node, string message)
    {
        var error = new FlowLimitException("Too many.", workflow, node, cure: "Wait.");

        Assert.Equal(message, error.Message);
        Assert.Null(error.RunId);
    }

    [Fact]
    public void Without_a_cure_the_message_ends_with_the_place()
    {
        Assert.Equal("Gone. (workflow 'W')", new FlowNotFoundException("Gone.", "W").Message);
        Assert.Equal("Gone.", new FlowNotFoundException("Gone.").Message);
    }

    [Fact]
    public void A_cycle_is_printed_as_a_path()
    {
        var error = new FlowCycleException(["A", "B", "A"], "CallA", Run);

        Assert.StartsWith("Workflows call each other in a circle: A -> B -> A. (workflow 'A', node 'CallA', run '", error.Message, StringComparison.Ordinal);
        Assert.Equal(["A", "B", "A"], error.Path);
        Assert.NotNull(error.Cure);
    }

    [Fact]
    public void The_path_of_a_cycle_is_a_copy()
    {
        List<string> path = ["A", "A"];
        var error = new FlowCycleException(path);
        path.Clear();

        Assert.Equal(["A", "A"], error.Path);
    }

    [Fact]
    public void A_path_that_closes_nothing_is_refused()
    {
        Assert.Throws<ArgumentNullException>(() => new FlowCycleException(null!));
        Assert.Throws<ArgumentException>(() => new FlowCycleException([]));
        Assert.Throws<ArgumentException>(() => new FlowCycleException(["A"]));
    }

    [Fact]
    public void A_disabled_workflow_says_how_to_enable_it()
    {
        var error = new FlowDisabledException("W", "Call");

        Assert.Equal("W", error.WorkflowId);
        Assert.Contains("Enabled = false", error.Message, StringComparison.Ordinal);
        Assert.Equal("Ask ann.", new FlowDisabledException("W", cure: "Ask ann.").Cure);
    }

    [Fact]
    public void The_cause_is_kept()
    {
        var cause = new FormatException();

        Assert.Same(cause, new FlowInputException("Bad.", innerException: cause).InnerException);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    public void A_problem_has_words(string? problem) => Assert.ThrowsAny<ArgumentException>(() => new FlowLimitException(problem!));

    [Fact]
    public void Hosts_can_catch_them_all()
    {
        FlowException[] all =
        [
            new FlowCycleException(["A", "A"]), new FlowDisabledException("A"), new FlowLimitException("x"),
            new FlowNotFoundException("x"), new FlowInputException("x"),
        ];

        Assert.All(all, error => Assert.IsAssignableFrom<FlowException>(error));
    }
}
