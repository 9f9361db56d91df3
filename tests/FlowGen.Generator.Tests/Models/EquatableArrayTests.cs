using FlowGen.Generator.Model;

namespace FlowGen.Generator.Tests.Models;

public class EquatableArrayTests
{
    [Fact]
    public void Equal_elements_make_equal_arrays()
    {
        EquatableArray<string> one = EquatableArray.Of("a", "b");
        EquatableArray<string> two = new List<string> { "a", "b" }.ToEquatableArray();
        Assert.True(one.Equals(two));
        Assert.True(one.Equals((object)two));
        Assert.Equal(one.GetHashCode(), two.GetHashCode());
    }

    [Fact]
    public void Order_and_length_matter()
    {
        EquatableArray<string> one = EquatableArray.Of("a", "b");
        Assert.False(one.Equals(EquatableArray.Of("b", "a")));
        Assert.False(one.Equals(EquatableArray.Of("a")));
        Assert.False(one.Equals((object)"a"));
    }

    [Fact]
    public void The_default_is_empty()
    {
        EquatableArray<string> none = default;
        Assert.Empty(none);
        Assert.True(none.Equals(EquatableArray<string>.Empty));
        Assert.Equal(none.GetHashCode(), EquatableArray<string>.Empty.GetHashCode());
    }
}
