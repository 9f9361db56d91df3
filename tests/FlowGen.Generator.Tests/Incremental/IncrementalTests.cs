namespace FlowGen.Generator.Tests.Incremental;

/// <summary>
/// Which edit runs which step. Nothing that stands in a body, a comment or another file reaches the steps after Parse; an edit of one
/// workflow reaches it and those that contain it.
/// </summary>
public class IncrementalTests
{
    private const string Types = """
        namespace Shop;
        public record A(int Number);
        public record B(int Number);
        public record C(int Number);
        public record D(int Number);
        """;

    private const string Parent = """
        namespace Shop;
        [Workflow]
        public sealed partial class Parent
        {
            private readonly Child _child = new();
            public partial ValueTask<D> RunAsync(A a, CancellationToken ct = default);
            [SubWorkflow(nameof(_child))] private partial ValueTask<C> Part(A a);
            [Node] private D Done(C c) => new(c.Number);
        }
        """;

    private const string Child = """
        namespace Shop;
        [Workflow]
        public sealed partial class Child
        {
            public partial ValueTask<C> RunAsync(A a, CancellationToken ct = default);
            [Node] private B Begin(A a)
            {
                int sum = a.Number;
                return new B(sum);
            }

            [Node] private ValueTask<C> End(B b, CancellationToken ct) => new(new C(b.Number));
        }
        """;

    private const string Other = """
        namespace Shop;
        [Workflow]
        public sealed partial class Other
        {
            public partial B Run(A a);
            [Node] private B Work(A a) => new(a.Number);
        }
        """;

    private const string Nothing = """
        Parse: Child Unchanged, Other Unchanged, Parent Unchanged
        Bind: Child Cached, Other Cached, Parent Cached
        Link: Child Cached, Other Cached, Parent Cached
        Lower: Child Cached, Other Cached, Parent Cached
        Emit: Child Cached, Other Cached, Parent Cached
        Catalog: Cached
        """;

    private static Edit Shop => new(Types, Parent, Child, Other, "namespace Shop; internal static class Unrelated { public const int X = 1; }");

    [Fact]
    public void An_edit_of_an_unrelated_file_runs_nothing_after_Parse() => Check(Shop.Replace("X = 1", "X = 2"), Nothing);

    [Fact]
    public void A_new_unrelated_file_runs_nothing_after_Parse() => Check(Shop.InsertFile(0, "internal static class Fresh;"), Nothing);

    [Fact]
    public void Whitespace_runs_nothing_after_Parse()
        => Check(Shop.Replace("public sealed partial class Child\n{", "\n\npublic   sealed partial class Child\n{\n\n"), Nothing);

    [Fact]
    public void A_comment_runs_nothing_after_Parse() => Check(Shop.Replace("int sum", "// adds up\n int sum"), Nothing);

    [Fact]
    public void The_body_of_a_node_runs_nothing_after_Parse() => Check(Shop.Replace("return new B(sum)", "return new B(sum + 1)"), Nothing);

    [Fact]
    public void A_half_typed_body_runs_nothing_after_Parse() => Check(Shop.Replace("return new B(sum)", "return new B(sum.; if ("), Nothing);

    [Fact]
    public void A_renamed_local_runs_nothing_after_Parse()
        => Check(Shop.Replace("int sum", "int total").Replace("new B(sum)", "new B(total)"), Nothing);

    [Fact]
    public void A_member_that_is_no_part_of_the_graph_runs_nothing_after_Parse()
        => Check(Shop.Replace("[Node] private B Begin", "private static int Helper() => 1;\n[Node] private B Begin"), Nothing);

    [Fact]
    public void Another_member_of_a_data_type_runs_nothing_after_Parse()
        => Check(Shop.Replace("record B(int Number)", "record B(int Number, int More = 2)"), Nothing);

    [Fact]
    public void The_signature_of_a_node_reaches_its_workflow_only() => Check(Shop.Replace("D Done(C c)", "D Done(C c, A a)"), """
        Parse: Child Unchanged, Other Unchanged, Parent Modified
        Bind: Child Cached, Other Cached, Parent Modified
        Link: Child Unchanged, Other Unchanged, Parent Modified
        Lower: Child Cached, Other Cached, Parent Modified
        Emit: Child Cached, Other Cached, Parent Modified
        Catalog: Cached
        """);

    [Fact]
    public void An_attribute_of_a_node_reaches_its_workflow_only()
        => Check(Shop.Replace("[Node] private D Done", "[Node(Id = \"end\")] private D Done"), """
            Parse: Child Unchanged, Other Unchanged, Parent Modified
            Bind: Child Cached, Other Cached, Parent Modified
            Link: Child Unchanged, Other Unchanged, Parent Modified
            Lower: Child Cached, Other Cached, Parent Modified
            Emit: Child Cached, Other Cached, Parent Modified
            Catalog: Cached
            """);

    [Fact]
    public void A_workflow_that_nobody_contains_reaches_nobody_else() => Check(Shop.Replace("B Work(A a)", "B Work(A a, CancellationToken ct)"), """
        Parse: Child Unchanged, Other Modified, Parent Unchanged
        Bind: Child Cached, Other Modified, Parent Cached
        Link: Child Unchanged, Other Modified, Parent Unchanged
        Lower: Child Cached, Other Modified, Parent Cached
        Emit: Child Cached, Other Modified, Parent Cached
        Catalog: Cached
        """);

    [Fact]
    public void A_child_reaches_those_that_contain_it() => Check(Shop.Replace("End(B b, CancellationToken ct)", "End(B b, A a, CancellationToken ct)"), """
        Parse: Child Modified, Other Unchanged, Parent Unchanged
        Bind: Child Modified, Other Cached, Parent Cached
        Link: Child Modified, Other Unchanged, Parent Modified
        Lower: Child Modified, Other Cached, Parent Modified
        Emit: Child Modified, Other Cached, Parent Modified
        Catalog: Cached
        """);

    [Fact]
    public void An_error_in_a_child_reaches_those_that_contain_it() => Check(Shop.Replace("End(B b, CancellationToken ct)", "End(D d, CancellationToken ct)"), """
        Parse: Child Modified, Other Unchanged, Parent Unchanged
        Bind: Child Modified, Other Cached, Parent Cached
        Link: Child Modified, Other Unchanged, Parent Modified
        Lower: Child Modified, Other Cached, Parent Modified
        Emit: Child Modified, Other Cached, Parent Modified
        Catalog: Modified
        """);

    [Fact]
    public void A_broken_workflow_that_moves_runs_nothing_after_Parse()
        => Check(
            new Edit(Types, Parent, Child.Replace("End(B b", "End(D d", StringComparison.Ordinal).Replace("b.Number", "d.Number", StringComparison.Ordinal), Other)
                .Replace("public sealed partial class Child", "\n\n\npublic sealed partial class Child"),
            Nothing);

    [Fact]
    public void Documentation_of_the_entry_reaches_its_own_file() => Check(Shop.Replace("public partial B Run", "/// <summary>Runs.</summary>\npublic partial B Run"), """
        Parse: Child Unchanged, Other Modified, Parent Unchanged
        Bind: Child Cached, Other Modified, Parent Cached
        Link: Child Unchanged, Other Modified, Parent Unchanged
        Lower: Child Cached, Other Modified, Parent Cached
        Emit: Child Cached, Other Modified, Parent Cached
        Catalog: Cached
        """);

    [Fact]
    public void A_new_workflow_reaches_nobody_else() => Check(Shop.InsertFile(5, Other.Replace("Other", "Fresh", StringComparison.Ordinal)), """
        Parse: Child Unchanged, Fresh New, Other Unchanged, Parent Unchanged
        Bind: Child Cached, Fresh New, Other Cached, Parent Cached
        Link: Child Unchanged, Fresh New, Other Unchanged, Parent Unchanged
        Lower: Child Cached, Fresh New, Other Cached, Parent Cached
        Emit: Child Cached, Fresh New, Other Cached, Parent Cached
        Catalog: Modified
        """);

    /// <summary>Roslyn pairs the files of two compilations by position, so those behind the new one are read as if they had changed, once.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void A_new_workflow_in_the_middle_changes_no_other_file(int position)
    {
        string fresh = Other.Replace("Other", "Fresh", StringComparison.Ordinal);
        Assert.Equal(Shop.Files(), Shop.InsertFile(position, fresh).FilesAfter().Where(file => file.Key != "Shop.Fresh.g.cs"));
    }

    [Fact]
    public void A_removed_workflow_reaches_nobody_else() => Check(new Edit(Types, Parent, Child, Other).RemoveFile(3), """
        Parse: Child Unchanged, Other Removed, Parent Unchanged
        Bind: Child Cached, Other Removed, Parent Cached
        Link: Child Unchanged, Other Removed, Parent Unchanged
        Lower: Child Cached, Other Removed, Parent Cached
        Emit: Child Cached, Other Removed, Parent Cached
        Catalog: Modified
        """);

    [Fact]
    public void The_first_call_of_a_workflow_changes_how_it_is_compiled() => Check(
        new Edit(Types, Other, Child).InsertFile(3, Parent),
        """
        Parse: Child Unchanged, Other Unchanged, Parent New
        Bind: Child Cached, Other Cached, Parent New
        Link: Child Modified, Other Unchanged, Parent New
        Lower: Child Modified, Other Cached, Parent New
        Emit: Child Modified, Other Cached, Parent New
        Catalog: Modified
        """);

    private static void Check(Edit edit, string expected) => Assert.Equal(expected, edit.Run());
}
