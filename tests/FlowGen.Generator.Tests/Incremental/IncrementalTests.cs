namespace FlowGen.Generator.Tests.Incremental;

/// <summary>
/// Which edit runs which step. Nothing that stands in a body, a comment or another file reaches the steps after Parse; an edit of one
/// workflow reaches it and those that contain it. Whatever is skipped, the outcome is that of a run from nothing.
/// </summary>
public class IncrementalTests
{
    public static TheoryData<string> Edits => [.. EditTable.All.Select(edit => edit.Name)];

    [Theory]
    [MemberData(nameof(Edits))]
    public void An_edit_runs_what_it_reaches(string name)
    {
        (_, Func<Edit, Edit> change, string row) = EditTable.All.Single(edit => edit.Name == name);
        Assert.Equal($"{Edit.Heading}\n{row}", $"{Edit.Heading}\n{change(Shop.Edit()).Row()}");
    }

    [Theory]
    [MemberData(nameof(Edits))]
    public void An_edit_ends_where_a_run_from_nothing_ends(string name)
    {
        (_, Func<Edit, Edit> change, _) = EditTable.All.Single(edit => edit.Name == name);
        Edit edit = change(Shop.Edit());
        Assert.Equal(edit.FilesFromNothing(), edit.FilesAfter());
    }

    [Fact]
    public void A_broken_workflow_that_moves_runs_nothing_after_Parse()
    {
        string broken = Shop.Child.Replace("End(B b", "End(D d", StringComparison.Ordinal).Replace("b.Number", "d.Number", StringComparison.Ordinal);
        Edit edit = new Edit(Shop.Types, Shop.Parent, broken, Shop.Other)
            .Replace("public sealed partial class Child", "\n\n\npublic sealed partial class Child");
        Assert.Equal("UUU | CCC | CCC | CCC | CCC | CCC | C", edit.Row());
    }

    [Fact]
    public void The_first_call_of_a_workflow_changes_how_it_is_compiled()
        => Assert.Equal("UUN | CCN | MUN | MCN | MCN | MCN | M", new Edit(Shop.Types, Shop.Other, Shop.Child).InsertFile(3, Shop.Parent).Row());

    /// <summary>Roslyn pairs the files of two compilations by position, so those behind the new one are read as if they had changed, once.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void A_new_workflow_in_the_middle_changes_no_other_file(int position)
    {
        string fresh = Shop.Other.Replace("Other", "Fresh", StringComparison.Ordinal);
        Assert.Equal(Shop.Edit().Files(), Shop.Edit().InsertFile(position, fresh).FilesAfter().Where(file => file.Key != "Shop.Fresh.g.cs"));
    }
}
