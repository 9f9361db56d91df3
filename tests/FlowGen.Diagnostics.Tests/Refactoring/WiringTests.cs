using System.Text.RegularExpressions;

namespace FlowGen.Diagnostics.Tests.Refactoring;

/// <summary>The yardstick itself: it sees every kind of edge, and what it lets pass is what language.md B10 lets pass.</summary>
public class WiringTests
{
    private const string Before = """
        [Workflow] public partial class W
        {
            public partial Task<B?> RunAsync(A a, int count);
            static bool P(A a) => true;
            [Node] Color Pick([Input] A a) => default;
            [Node, When(nameof(Pick), Color.Red)] C Red(A a) => new();
            [Node, Otherwise(nameof(Pick))] C Rest(A a) => new();
            [Node, NeedsAny(nameof(Red), nameof(Rest))] void Either() { }
            [Node] (E First, int Second) Split(A a) => default;
            [Node, When(nameof(P)), After(nameof(Either)), Needs(nameof(Red))] B? Last(C c, E first, int count, int? second) => new();
        }
        """;

    [Fact]
    public void It_tells_all_edges()
    {
        Wiring graph = Graph(Before);
        Assert.Equal(
            [
                "Either needs: any <- Red|Rest",
                "Last after: order <- Either",
                "Last needs: any <- Red",
                "Last when: condition <- !P = true",
                "Last(c): Required <- Red, Rest",
                "Last(count): Required <- !count",
                "Last(first): Required <- Split.Item1",
                "Last(second): Nullable <- Split.Item2",
                "P(a): Required <- !a",
                "Pick(a): Required <- !a",
                "Red when: condition <- Pick = global::Color.Red",
                "Red(a): Required <- !a",
                "Rest when: condition <- Pick not = global::Color.Red",
                "Rest(a): Required <- !a",
                "Split(a): Required <- !a",
                "result: Nullable <- Last",
            ],
            graph.Slots.Select(s => $"{s.Key}: {s.Value}"));
        Assert.Equal(["Either", "Last", "Pick", "Red", "Rest", "Split"], graph.Nodes.Keys);
    }

    [Theory]
    [InlineData("Red")]
    [InlineData("Rest")]
    [InlineData("Pick")]
    [InlineData("Split")]
    [InlineData("Either")]
    [InlineData("Last")]
    public void Another_name_is_another_name_everywhere(string node)
    {
        string renamed = Regex.Replace(Before, $@"(?<!Color\.)\b{node}\b", "Zzz");
        Assert.Empty(Graph(renamed).DifferencesFrom(Graph(Before).Renamed(node, "Zzz")));
    }

    [Theory]
    [InlineData("[From(nameof(Two))] C c", false)]
    [InlineData("[From(nameof(One))] C c", true)]
    public void It_sees_an_edge_that_moved(string parameter, bool isSame)
    {
        Wiring before = Graph(Pair("", "C c"));
        Wiring after = Graph(Pair("[Node] C Two(A a) => new();", parameter));
        Assert.Equal(isSame, !GraphChange.OfAddition(before, after, "Two", mayMerge: true, mayEnd: true).Any());
        Assert.Equal(isSame, !GraphChange.OfDeletion(after, before, "Two", new HashSet<string>()).Any());
        Assert.NotEmpty(after.DifferencesFrom(before));
    }

    [Fact]
    public void A_merge_that_grows_is_told_from_one_that_is_exchanged()
    {
        Wiring before = Graph(Merge("When(nameof(P))", "Unless(nameof(P))", ""));
        Wiring after = Graph(Merge("When(nameof(P))", "Unless(nameof(P)), When(nameof(Q))", "[Node, Unless(nameof(P)), Unless(nameof(Q))] C Three(A a) => new();"));
        Assert.Contains("F(c): Required <- One, Two became Required <- One, Three, Two", GraphChange.OfAddition(before, after, "Three", mayMerge: false, mayEnd: true));
        Assert.DoesNotContain(GraphChange.OfAddition(before, after, "Three", mayMerge: true, mayEnd: false), c => c.StartsWith("F(c)", StringComparison.Ordinal));
    }

    /// <summary>The corpus would be worth little if its random workflows were a handful of nodes side by side.</summary>
    [Fact]
    public void Random_workflows_are_graphs()
    {
        Wiring[] graphs = [.. RandomWorkflow.Seeds.Select(seed => Corpus.Get($"random {seed}").GraphOf("W")!)];
        Assert.InRange(graphs.Average(g => g.Nodes.Count), 5, 12);
        Assert.InRange(graphs.Average(g => g.Slots.Values.SelectMany(s => s.Sources).Count(s => Wiring.NodeOf(s) is not null)), 4, 40);
        Assert.Contains(graphs, g => g.Slots.Any(s => s.Key.EndsWith(')') && s.Value.Sources.Count > 1));
    }

    private static string Pair(string more, string parameter)
        => $"[Workflow] public partial class W {{ public partial Task<B> RunAsync(A a); [Node] C One(A a) => new(); {more} [Node] B F({parameter}) => new(); }}";

    private static string Merge(string one, string two, string three)
        => $$"""
            [Workflow] public partial class W
            {
                public partial Task<B?> RunAsync(A a);
                static bool P(A a) => true;
                static bool Q(A a) => true;
                [Node, {{one}}] C One(A a) => new();
                [Node, {{two}}] C Two(A a) => new();
                {{three}}
                [Node] B F(C c) => new();
            }
            """;

    private static Wiring Graph(string source)
    {
        Subject subject = Subject.Of(source);
        return subject.GraphOf("W") ?? throw new InvalidOperationException(Errors.Of(subject, "W"));
    }
}
