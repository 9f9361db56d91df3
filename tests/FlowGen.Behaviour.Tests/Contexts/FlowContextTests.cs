namespace Behaviour.Contexts;

/// <summary>What a context says, noted while the run is on; the context itself is kept to see that it does not outlive the run.</summary>
internal sealed class Notebook
{
    private readonly Lock _lock = new();
    private readonly List<Note> _notes = [];

    public FlowContext Last { get; private set; }

    public Note this[string path] => Notes.First(n => n.Path == path);

    public IReadOnlyList<Note> Notes
    {
        get
        {
            lock (_lock)
            {
                return [.. _notes];
            }
        }
    }

    public void Write(FlowContext context)
    {
        lock (_lock)
        {
            Last = context;
            _notes.Add(new Note(
                context.RunId, context.Workflow.Id, context.Path, context.Node!.Path, context.Node.Owner, context.Depth, context.Item,
                context.ConversationId, context.Tenant, context.User, context.Services, context.Runtime));
        }
    }
}

internal sealed record Note(
    Guid RunId,
    string Workflow,
    string Path,
    string Node,
    string Owner,
    int Depth,
    int Item,
    string? ConversationId,
    string? Tenant,
    string? User,
    IServiceProvider? Services,
    FlowRuntime Runtime);

internal sealed class Noting(Notebook notebook)
{
    public ValueTask<Two> ExecuteAsync(One one, FlowContext context)
    {
        notebook.Write(context);
        return new(new Two(one.Number));
    }
}

[Workflow(Id = "notes-below")]
internal sealed partial class NotesBelow(Notebook notebook, Gate gate)
{
    public partial ValueTask<Two> RunAsync(One one, CancellationToken ct = default);

    [Node]
    async ValueTask<Three> Inside(One one, FlowContext context, CancellationToken ct)
    {
        await gate.Wait(ct);
        notebook.Write(context);
        return new Three(one.Number);
    }

    [Node<Noting>, After(nameof(Inside))]
    private partial ValueTask<Two> Class(One one);

    [Node]
    void Use(Three three) => _ = three.Number;
}

[Workflow(Id = "notes")]
internal sealed partial class Notes(Notebook notebook, NotesBelow below)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, RunOptions? options = null, CancellationToken ct = default);

    [Node]
    One Top(Ask ask, FlowContext context)
    {
        notebook.Write(context);
        return new One(ask.Number);
    }

    [SubWorkflow(nameof(below), Id = "child")]
    private partial ValueTask<Two> Below(One one);

    [Node]
    int[] Numbers(Two two) => [.. Enumerable.Range(0, two.Number)];

    [Node]
    Four Loop([Each(nameof(Numbers), MaxParallelism = 2)] int number, FlowContext context)
    {
        notebook.Write(context);
        return new Four(number);
    }

    [Node(Id = "last")]
    Answer Show(Four[] fours, FlowContext context)
    {
        notebook.Write(context);
        return new Answer($"{fours.Length}");
    }
}

public sealed class FlowContextTests
{
    private readonly Gate _gate = new();
    private readonly Notebook _notebook = new();

    [Fact]
    public async Task It_says_where_a_node_is()
    {
        _gate.Open();
        await Make().RunAsync(new Ask(3)).Soon();

        Assert.Equal(("Top", "notes", 0, -1), (_notebook["Top"].Node, _notebook["Top"].Owner, _notebook["Top"].Depth, _notebook["Top"].Item));
        Assert.Equal(("notes-below", 1, -1), (_notebook["child.Inside"].Owner, _notebook["child.Inside"].Depth, _notebook["child.Inside"].Item));
        Assert.Equal(("notes-below", 1), (_notebook["child.Class"].Owner, _notebook["child.Class"].Depth));
        Assert.Equal([0, 1, 2], _notebook.Notes.Where(n => n.Path == "Loop").Select(n => n.Item));
        Assert.Equal(("last", -1), (_notebook["last"].Node, _notebook["last"].Item));
        Assert.All(_notebook.Notes, note => Assert.Equal(note.Path, note.Node));
        Assert.All(_notebook.Notes, note => Assert.Equal("notes", note.Workflow));
    }

    [Fact]
    public async Task It_is_one_run_from_top_to_bottom_and_another_the_next_time()
    {
        _gate.Open();
        Notes workflow = Make();
        await workflow.RunAsync(new Ask(1)).Soon();
        Guid first = Assert.Single(_notebook.Notes.Select(n => n.RunId).Distinct());
        await workflow.RunAsync(new Ask(1)).Soon();

        Assert.NotEqual(Guid.Empty, first);
        Assert.Equal(2, _notebook.Notes.Select(n => n.RunId).Distinct().Count());
    }

    [Fact]
    public async Task It_carries_what_the_options_say()
    {
        _gate.Open();
        FakeServices services = new();
        Notes workflow = Make();
        RunOptions options = new() { Services = services, ConversationId = "c1", Tenant = "t1", User = "ann" };
        await workflow.RunAsync(new Ask(1), options).Soon();

        Assert.All(_notebook.Notes, note =>
        {
            Assert.Equal(("c1", "t1", "ann"), (note.ConversationId, note.Tenant, note.User));
            Assert.Same(services, note.Services);
            Assert.Same(workflow.Runtime, note.Runtime);
        });
    }

    [Fact]
    public async Task Without_options_it_has_no_services_and_nobody_s_name()
    {
        _gate.Open();
        await Make().RunAsync(new Ask(1)).Soon();

        Assert.All(_notebook.Notes, note => Assert.Equal((null, null, null), (note.Tenant, note.User, note.Services)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_does_not_outlive_its_run(bool openFirst)
    {
        if (openFirst)
        {
            _gate.Open();
        }

        ValueTask<Answer> run = Make().RunAsync(new Ask(1));
        _gate.Open();
        await run.Soon();

        Assert.Throws<InvalidOperationException>(() => _notebook.Last.Path);
        Assert.Throws<InvalidOperationException>(() => _notebook.Last.RunId);
    }

    [Fact]
    public async Task It_does_not_see_the_run_that_came_after_its_own()
    {
        Notes workflow = Make();
        ValueTask<Answer> first = workflow.RunAsync(new Ask(1));
        FlowContext old = _notebook.Last;
        _gate.Release();
        await first.Soon();
        ValueTask<Answer> second = workflow.RunAsync(new Ask(1));

        Assert.Throws<InvalidOperationException>(() => old.RunId);
        _gate.Release();
        await second.Soon();
    }

    [Fact]
    public async Task Contexts_of_runs_at_once_do_not_mix()
    {
        Notes workflow = Make();
        Task[] runs = [.. Enumerable.Range(0, 20).Select(i => workflow.RunAsync(new Ask(1), new RunOptions { User = $"u{i}" }).AsTask())];
        Assert.Equal(20, _gate.Waiting);
        _gate.Open();
        await Task.WhenAll(runs).Soon();

        Assert.Equal(20, _notebook.Notes.Select(n => n.RunId).Distinct().Count());
        Assert.All(_notebook.Notes.GroupBy(n => n.RunId), run => Assert.Single(run.Select(n => n.User).Distinct()));
    }

    private Notes Make() => new(_notebook, new NotesBelow(_notebook, _gate));

    private sealed class FakeServices : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }
}
