namespace FlowGen.Runtime.Tests.Values;

public sealed class OptionalTests
{
    [Fact]
    public void A_value_is_there()
    {
        Optional<int> optional = 7;

        Assert.True(optional.HasValue);
        Assert.Equal(7, optional.Value);
        Assert.Equal(7, optional.GetValueOrDefault());
        Assert.Equal(7, optional.GetValueOrDefault(9));
        Assert.Equal("7", optional.ToString());
    }

    [Fact]
    public void The_default_is_empty()
    {
        Optional<int> optional = default;

        Assert.False(optional.HasValue);
        Assert.Throws<InvalidOperationException>(() => optional.Value);
        Assert.Equal(0, optional.GetValueOrDefault());
        Assert.Equal(9, optional.GetValueOrDefault(9));
        Assert.Equal(string.Empty, optional.ToString());
    }

    [Fact]
    public void A_null_value_is_there()
    {
        var optional = new Optional<string?>(null);

        Assert.True(optional.HasValue);
        Assert.Null(optional.Value);
        Assert.Null(optional.GetValueOrDefault("other"));
        Assert.Equal(string.Empty, optional.ToString());
        Assert.NotEqual(default, optional);
    }

    [Fact]
    public void Optionals_are_equal_when_their_values_are()
    {
        Assert.Equal(new Optional<string>("a"), new Optional<string>("a"));
        Assert.NotEqual(new Optional<string>("a"), new Optional<string>("b"));
        Assert.NotEqual(new Optional<int>(0), default);
    }
}
