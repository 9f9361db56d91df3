namespace Behaviour.Elements;

/// <summary>The first element that completes is enough; the others go on.</summary>
[Workflow]
internal sealed partial class TakesTheFirst(Gate[] gates, Journal journal, Gate? showing = null)
{
    public partial ValueTask<Answer> RunAsync(Item[] items, CancellationToken ct = default);

    static bool IsOne(EachProgress progress) => progress.Completed == 1;

    [Node]
    async ValueTask<Done> Ask([Each(MaxParallelism = 0, Until = nameof(IsOne), Rest = EachRest.Ignore)] Item item, CancellationToken ct)
    {
        try
        {
            await gates[item.Number].Wait(ct);
        }
        catch (OperationCanceledException)
        {
            journal.Add($"cancelled {item.Number}");
            throw;
        }

        journal.Add($"done {item.Number}");
        return new Done(item.Number);
    }

    [Node]
    async ValueTask<Answer> Show(Done[] done, CancellationToken ct)
    {
        journal.Add("show");
        await (showing?.Wait(ct) ?? default);
        return new Answer(string.Join(' ', done.Select(d => d.Number)));
    }
}

/// <summary>The same as a part of something longer, which ends only when the part has.</summary>
[Workflow]
internal sealed partial class AsksInPart(TakesTheFirst part, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Item[] items, CancellationToken ct = default);

    [SubWorkflow(nameof(part))]
    private partial ValueTask<Answer> Part(Item[] items);

    [Node]
    Two After([From(nameof(Part))] Answer part) => journal.Add("after", new Two(part.Text.Length));

    [Node]
    Answer Close([From(nameof(Part))] Answer part, Two two) => new($"{part.Text} {two.Number}");
}

/// <summary>A part of a part.</summary>
[Workflow]
internal sealed partial class AsksDeeper(AsksInPart part, Journal journal)
{
    public partial ValueTask<One> RunAsync(Item[] items, CancellationToken ct = default);

    [SubWorkflow(nameof(part))]
    private partial ValueTask<Answer> Part(Item[] items);

    [Node]
    One Close([From(nameof(Part))] Answer part) => journal.Add("close", new One(part.Text.Length));
}

/// <summary>Each element is an activation in which elements linger.</summary>
[Workflow]
internal sealed partial class AsksForEach(TakesTheFirst part)
{
    public partial ValueTask<Answer> RunAsync(List<Item[]> rows, CancellationToken ct = default);

    [SubWorkflow(nameof(part))]
    private partial ValueTask<Answer> Part([Each(MaxParallelism = 2)] Item[] items);

    [Node]
    Answer Close([From(nameof(Part))] Answer[] parts) => new(string.Join('|', parts.Select(p => p.Text)));
}

/// <summary>The elements are activations themselves.</summary>
[Workflow]
internal sealed partial class LetsPartsLinger(Slow slow, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Item[] items, CancellationToken ct = default);

    static bool IsOne(EachProgress progress) => progress.Completed == 1;

    [SubWorkflow(nameof(slow))]
    private partial ValueTask<Done> Part([Each(MaxParallelism = 0, Until = nameof(IsOne), Rest = EachRest.Ignore)] Item item);

    [Node]
    Answer Close(Done[] done) => journal.Add("close", new Answer(string.Join(' ', done.Select(d => d.Number))));
}

[State]
internal sealed class Slate : ICleanup
{
    public int Number { get; set; }

    public void Cleanup() => Number = -1;
}

[Workflow]
internal sealed partial class Slow(Gate[] gates, Journal journal)
{
    public partial ValueTask<Done> RunAsync(Item item, CancellationToken ct = default);

    [Node]
    async ValueTask<One> Wait(Item item, Slate slate, CancellationToken ct)
    {
        slate.Number = item.Number;
        await gates[item.Number].Wait(ct);
        return new One(item.Number);
    }

    [Node]
    Done End(One one, Slate slate) => journal.Add($"end {slate.Number}", new Done(one.Number));
}

/// <summary>What lingers is cancelled when something after it ends the workflow.</summary>
[Workflow]
internal sealed partial class EndsOverLingering(Gate[] gates, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Item[] items, CancellationToken ct = default);

    static bool IsOne(EachProgress progress) => progress.Completed == 1;

    [Node]
    async ValueTask<Done> Ask([Each(MaxParallelism = 0, Until = nameof(IsOne), Rest = EachRest.Ignore)] Item item, CancellationToken ct)
    {
        try
        {
            await gates[item.Number].Wait(ct);
        }
        catch (OperationCanceledException)
        {
            journal.Add($"cancelled {item.Number}");
            throw;
        }

        return new Done(item.Number);
    }

    [Node, End]
    Answer Close(Done[] done) => new(string.Join(' ', done.Select(d => d.Number)));
}
