namespace Behaviour.Binding;

internal record Shape(string Name);

internal sealed record Circle(int Radius) : Shape("circle");

internal sealed record Drawn(string Text);

/// <summary>Domain types bind by type, whatever the parameter's name, and to a base type of what is produced.</summary>
[Workflow]
internal sealed partial class ByType
{
    public partial ValueTask<Drawn> RunAsync(Ask ask);

    [Node]
    Circle Measure(Ask whatever) => new(whatever.Number);

    [Node]
    ValueTask<Drawn> Draw(Shape some, Ask again) => new(new Drawn($"{some.Name} for {again.Number}"));
}

/// <summary>Framework types bind by name, ignoring case, to inputs and nodes alike.</summary>
[Workflow]
internal sealed partial class ByName
{
    public partial ValueTask<string> RunAsync(int width, int height, string unit);

    [Node]
    int Area(int width, int height) => width * height;

    [Node]
    Task<int> Perimeter(int height, int width) => Task.FromResult(2 * (width + height));

    [Node]
    string Describe(int perimeter, int area, string unit) => $"{area}{unit}2 {perimeter}{unit}";
}

/// <summary>Two producers of one type and two parameters that carry their names.</summary>
[Workflow]
internal sealed partial class ByPairsOfNames
{
    public partial ValueTask<Answer> RunAsync(Ask ask);

    [Node]
    One Small(Ask ask) => new(ask.Number);

    [Node]
    One Large(Ask ask) => new(ask.Number * 100);

    [Node]
    Answer Join(One large, One small) => new($"{large.Number} {small.Number}");
}

[Workflow]
internal sealed partial class ByFrom
{
    public partial ValueTask<Answer> RunAsync(Ask ask);

    [Node]
    One Small(Ask ask) => new(ask.Number);

    [Node]
    One Large(Ask ask) => new(ask.Number * 100);

    [Node]
    int Count(Ask ask) => ask.Number + 1;

    [Node]
    Answer Join([From(nameof(Large))] One one, [From(nameof(Small))] One other, [From(nameof(Count))] int n)
        => new($"{one.Number} {other.Number} {n}");
}

internal sealed record Address(string City, int Zip);

internal sealed record Customer(string Name, Address Home, Address? Work);

[Workflow]
internal sealed partial class ByMember
{
    public partial ValueTask<Answer> RunAsync(Ask ask);

    [Node]
    Customer Load(Ask ask) => new($"c{ask.Number}", new Address("Ulm", 89), ask.Number > 1 ? new Address("Bonn", 53) : null);

    [Node]
    Answer Show(
        [From(nameof(Load), Member = nameof(Customer.Home))] Address home,
        [From(nameof(Load), Member = nameof(Customer.Work))] Address? work,
        [From(nameof(Load), Member = nameof(Customer.Name))] string who)
        => new($"{who} {home.City} {work?.City ?? "-"}");
}

/// <summary>Each element of a tuple is a value under its own name.</summary>
[Workflow]
internal sealed partial class ByTupleElement
{
    public partial ValueTask<Answer> RunAsync(Ask ask);

    [Node]
    ValueTask<(One First, Two Second, int Total)> Split(Ask ask)
        => new((new One(ask.Number), new Two(ask.Number * 2), ask.Number * 3));

    [Node]
    Answer Join(Two two, One one, int total) => new($"{one.Number} {two.Number} {total}");
}

/// <summary>[Input] says that the entry's parameter is meant although a node produces the type as well.</summary>
[Workflow]
internal sealed partial class ByInput
{
    public partial ValueTask<Answer> RunAsync(Ask ask, int factor);

    [Node]
    Ask Double(Ask ask) => new(ask.Number * 2);

    [Node]
    Answer Compare([Input] Ask ask, [From(nameof(Double))] Ask doubled, [Input] int factor)
        => new($"{ask.Number} {doubled.Number} {factor}");
}

/// <summary>Every node takes and gives the same type; [After] names the one that is meant (B6).</summary>
[Workflow]
internal sealed partial class ByPredecessor
{
    public partial ValueTask<Ask> RunAsync(Ask ask);

    [Node]
    Ask AddOne(Ask ask) => new(ask.Number + 1);

    [Node, After(nameof(AddOne))]
    ValueTask<Ask> Triple(Ask ask) => new(new Ask(ask.Number * 3));

    [Node, Needs(nameof(Triple))]
    Ask SubtractTwo(Ask ask) => new(ask.Number - 2);
}

/// <summary>Declared backwards: the order of members says nothing.</summary>
[Workflow]
internal sealed partial class Backwards(Journal journal)
{
    [Node]
    Answer Show(Three three) => journal.Add("Show", new Answer($"{three.Number}"));

    [Node]
    Three Last(Two two) => journal.Add("Last", new Three(two.Number + 1));

    [Node]
    Two Middle(One one) => journal.Add("Middle", new Two(one.Number + 1));

    [Node]
    One Begin(Ask ask) => journal.Add("Begin", new One(ask.Number + 1));

    public partial ValueTask<Answer> RunAsync(Ask ask);
}

/// <summary>The entry's result may be chosen.</summary>
[Workflow]
internal sealed partial class ByReturnFrom(Journal journal)
{
    [return: From(nameof(Second))]
    public partial ValueTask<One> RunAsync(Ask ask);

    [Node]
    One First(Ask ask) => new(ask.Number);

    [Node]
    One Second(Ask ask) => new(ask.Number * 10);

    [Node]
    void Use([From(nameof(First))] One one) => journal.Add($"{one.Number}");
}

public sealed class TypesAndNamesTests
{
    [Fact]
    public async Task Domain_types_bind_by_type()
        => Assert.Equal("circle for 3", (await new ByType().RunAsync(new Ask(3)).Soon()).Text);

    [Fact]
    public async Task Framework_types_bind_by_name()
        => Assert.Equal("12m2 14m", await new ByName().RunAsync(3, 4, "m").Soon());

    [Fact]
    public async Task Names_pair_off_several_of_one_type()
        => Assert.Equal("500 5", (await new ByPairsOfNames().RunAsync(new Ask(5)).Soon()).Text);

    [Fact]
    public async Task From_names_the_source()
        => Assert.Equal("500 5 6", (await new ByFrom().RunAsync(new Ask(5)).Soon()).Text);

    [Theory]
    [InlineData(1, "c1 Ulm -")]
    [InlineData(2, "c2 Ulm Bonn")]
    public async Task Member_takes_a_part_of_the_source(int number, string expected)
        => Assert.Equal(expected, (await new ByMember().RunAsync(new Ask(number)).Soon()).Text);

    [Fact]
    public async Task Tuple_elements_are_values()
        => Assert.Equal("2 4 6", (await new ByTupleElement().RunAsync(new Ask(2)).Soon()).Text);

    [Fact]
    public async Task Input_reaches_past_the_nodes()
        => Assert.Equal("4 8 9", (await new ByInput().RunAsync(new Ask(4), 9).Soon()).Text);

    [Fact]
    public async Task A_named_predecessor_wins()
        => Assert.Equal(new Ask(13), await new ByPredecessor().RunAsync(new Ask(4)).Soon());

    [Fact]
    public async Task The_order_of_members_says_nothing()
    {
        Journal journal = new();

        Assert.Equal("4", (await new Backwards(journal).RunAsync(new Ask(1)).Soon()).Text);
        Assert.Equal(["Begin", "Middle", "Last", "Show"], journal.Entries);
    }

    [Fact]
    public async Task The_result_may_be_chosen()
    {
        Journal journal = new();

        Assert.Equal(new One(30), await new ByReturnFrom(journal).RunAsync(new Ask(3)).Soon());
        Assert.Equal(["3"], journal.Entries);
    }
}
