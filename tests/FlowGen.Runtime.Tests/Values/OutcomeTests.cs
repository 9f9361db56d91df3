namespace FlowGen.Runtime.Tests.Values;

public sealed class OutcomeTests
{
    [Fact]
    public void A_completed_outcome_has_its_value_and_no_error()
    {
        var outcome = Outcome<string>.Completed("page");

        Assert.True(outcome.Succeeded);
        Assert.False(outcome.IsSkipped);
        Assert.False(outcome.IsFailed);
        Assert.Equal(NodeState.Completed, outcome.State);
        Assert.Equal("page", outcome.Value);
        Assert.Null(outcome.Error);
        Assert.Equal("page", outcome.GetValueOrThrow());
        Assert.Equal("Completed(page)", outcome.ToString());
    }

    [Fact]
    public void A_failed_outcome_has_its_error_and_the_default_value()
    {
        var error = new InvalidDataException("broken");
        var outcome = Outcome<int>.Failed(error);

        Assert.False(outcome.Succeeded);
        Assert.False(outcome.IsSkipped);
        Assert.True(outcome.IsFailed);
        Assert.Equal(NodeState.Failed, outcome.State);
        Assert.Equal(0, outcome.Value);
        Assert.Same(error, outcome.Error);
        Assert.Equal("Failed(InvalidDataException: broken)", outcome.ToString());
    }

    [Fact]
    public void The_default_is_skipped()
    {
        Outcome<string> outcome = default;

        Assert.Equal(Outcome<string>.Skipped, outcome);
        Assert.True(outcome.IsSkipped);
        Assert.False(outcome.Succeeded);
        Assert.False(outcome.IsFailed);
        Assert.Equal(NodeState.Skipped, outcome.State);
        Assert.Null(outcome.Value);
        Assert.Equal("Skipped", outcome.ToString());
        Assert.Throws<InvalidOperationException>(() => outcome.GetValueOrThrow());
    }

    [Fact]
    public void A_completed_null_is_not_skipped()
    {
        var outcome = Outcome<string?>.Completed(null);

        Assert.True(outcome.Succeeded);
        Assert.False(outcome.IsSkipped);
        Assert.Null(outcome.GetValueOrThrow());
        Assert.NotEqual(Outcome<string?>.Skipped, outcome);
    }

    [Fact]
    public void Getting_the_value_of_a_failure_throws_the_same_exception_with_its_own_stack()
    {
        var outcome = Outcome<int>.Failed(Thrown());

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => outcome.GetValueOrThrow());

        Assert.Same(outcome.Error, error);
        Assert.Contains(nameof(Thrown), error.StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_needs_an_error() => Assert.Throws<ArgumentNullException>(() => Outcome<int>.Failed(null!));

    [Fact]
    public void Outcomes_are_equal_when_what_they_say_is()
    {
        var error = new InvalidDataException();

        Assert.Equal(Outcome<int>.Completed(1), Outcome<int>.Completed(1));
        Assert.NotEqual(Outcome<int>.Completed(1), Outcome<int>.Completed(2));
        Assert.NotEqual(Outcome<int>.Completed(0), Outcome<int>.Skipped);
        Assert.Equal(Outcome<int>.Failed(error), Outcome<int>.Failed(error));
        Assert.NotEqual(Outcome<int>.Failed(error), Outcome<int>.Failed(new InvalidDataException()));
    }

    private static InvalidDataException Thrown()
    {
        try
        {
            throw new InvalidDataException("broken");
        }
        catch (InvalidDataException error)
        {
            return error;
        }
    }
}
