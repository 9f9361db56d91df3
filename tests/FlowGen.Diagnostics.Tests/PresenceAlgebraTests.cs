using System.Globalization;
using FlowGen.Generator.Linking.Logic;
using FlowGen.Generator.Model;

namespace FlowGen.Diagnostics.Tests;

/// <summary>Presence is exact: it agrees with trying every combination of outcomes, up to the limit.</summary>
public class PresenceAlgebraTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 50)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Agrees_with_trying_everything(int seed)
    {
        Random random = new(seed);
        int[] sizes = [.. Enumerable.Range(0, 5).Select(_ => random.Next(2, 5))];
        PresenceAlgebra algebra = new([.. sizes.Select(Variable)]);
        (Presence presence, Func<int[], bool> truth) = Grow(algebra, sizes, random, depth: 4);
        (Presence other, Func<int[], bool> otherTruth) = Grow(algebra, sizes, random, depth: 3);

        List<int[]> all = [.. Assignments(sizes, 0)];
        Assert.Equal(all.TrueForAll(a => truth(a)), presence.IsAlways);
        Assert.Equal(!all.Exists(a => truth(a)), presence.IsNever);
        Assert.Equal(!all.Exists(a => truth(a) && otherTruth(a)), algebra.Excludes(presence, other));
        Assert.All(all, a => Assert.Equal(truth(a), Evaluate(algebra, presence.Root!.Value, a)));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_counterexample_is_one(int seed)
    {
        Random random = new(seed);
        int[] sizes = [.. Enumerable.Range(0, 4).Select(_ => random.Next(2, 4))];
        PresenceAlgebra algebra = new([.. sizes.Select(Variable)]);
        (Presence presence, Func<int[], bool> truth) = Grow(algebra, sizes, random, depth: 4);
        string? text = PresenceText.Counterexample(algebra, presence);
        Assert.Equal(presence.IsAlways, text is null);
        if (text is null)
        {
            return;
        }

        Dictionary<int, int> facts = text.Split(" and ", StringSplitOptions.RemoveEmptyEntries)
            .Select(f => f.Split(" = "))
            .ToDictionary(f => Number(f[0]), f => Number(f[1]));
        Assert.All(Assignments(sizes, 0).Where(a => facts.All(f => a[f.Key] == f.Value)), a => Assert.False(truth(a)));
    }

    [Fact]
    public void Sixteen_questions_are_exact_and_seventeen_are_not()
    {
        PresenceAlgebra algebra = new([.. Enumerable.Repeat(2, 17).Select(Variable)]);
        Presence all = Enumerable.Range(0, 16).Aggregate(Presence.Always, (p, i) => algebra.And(p, Yes(algebra, i)));
        Assert.NotNull(all.Root);
        Presence tooMuch = algebra.And(all, Yes(algebra, 16));
        Assert.Equal(Presence.Unknown, tooMuch);
        Assert.False(algebra.Excludes(tooMuch, Yes(algebra, 3)));
        Assert.True(algebra.Excludes(tooMuch, Presence.Never));
        Assert.Equal(Presence.Always, algebra.Or(tooMuch, Presence.Always));
    }

    [Fact]
    public void Says_a_condition_in_words()
    {
        PresenceAlgebra algebra = new(
        [
            new Variable(VariableKind.Value, "Pick", IsBool: false, EquatableArray.Of(new Choice("0", "Red"), new Choice("1", "Green"), new Choice("2", "Blue"))),
            new Variable(VariableKind.Success, "Load", IsBool: false, EquatableArray.Of(VariableTable.Yes, VariableTable.No)),
            new Variable(VariableKind.Null, "Pick", IsBool: false, EquatableArray.Of(VariableTable.No, VariableTable.Yes)),
        ]);
        Presence picked = algebra.Atom(0, v => v != "1");
        Presence loaded = algebra.Atom(1, v => v == "yes");
        Presence there = algebra.Atom(2, v => v == "no");
        Assert.Equal("Pick = Red or Blue and Load succeeds", PresenceText.Describe(algebra, algebra.And(picked, loaded)));
        Assert.Equal("Pick is not null", PresenceText.Describe(algebra, there));
        Assert.Equal("", PresenceText.Describe(algebra, Presence.Always));
        Assert.Equal("never", PresenceText.Describe(algebra, Presence.Never));
        Assert.Equal("Pick = Green", PresenceText.Counterexample(algebra, algebra.And(picked, loaded)));
        Assert.Equal("Load fails", PresenceText.Counterexample(algebra, loaded));
    }

    private static Variable Variable(int size, int index)
        => new(VariableKind.Value, index.ToString(CultureInfo.InvariantCulture), IsBool: false, Enumerable.Range(0, size)
            .Select(i => i.ToString(CultureInfo.InvariantCulture)).Select(i => new Choice(i, i)).ToEquatableArray());

    private static Presence Yes(PresenceAlgebra algebra, int variable) => algebra.Atom(variable, v => v == "1");

    /// <summary>A random formula, once as a diagram and once as a function.</summary>
    private static (Presence, Func<int[], bool>) Grow(PresenceAlgebra algebra, int[] sizes, Random random, int depth)
    {
        if (depth == 0)
        {
            int variable = random.Next(sizes.Length);
            int mask = random.Next(1 << sizes[variable]);
            return (algebra.Atom(variable, v => (mask & (1 << Number(v))) != 0), a => (mask & (1 << a[variable])) != 0);
        }

        (Presence left, Func<int[], bool> leftTruth) = Grow(algebra, sizes, random, depth - 1);
        (Presence right, Func<int[], bool> rightTruth) = Grow(algebra, sizes, random, depth - 1);
        return random.Next(2) == 0
            ? (algebra.And(left, right), a => leftTruth(a) && rightTruth(a))
            : (algebra.Or(left, right), a => leftTruth(a) || rightTruth(a));
    }

    private static IEnumerable<int[]> Assignments(int[] sizes, int from)
        => from == sizes.Length
            ? [[]]
            : Enumerable.Range(0, sizes[from]).SelectMany(v => Assignments(sizes, from + 1).Select(rest => (int[])[v, .. rest]));

    private static bool Evaluate(PresenceAlgebra algebra, int node, int[] assignment)
    {
        while (node > DecisionDiagram.Always)
        {
            (int variable, IReadOnlyList<int> branches) = algebra.Diagram[node];
            node = branches[assignment[variable]];
        }

        return node == DecisionDiagram.Always;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
