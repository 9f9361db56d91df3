using Library;

namespace Behaviour.Assemblies;

/// <summary>A workflow of another assembly, twice, beside a node of its own, with a default of the child's and state of the whole run.</summary>
[Workflow]
internal sealed partial class ShipsTwo(ShipParcel shipping, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    Parcels Pack(Ask ask) => new(new("cold", ask.Number), new("dry", 20));

    [SubWorkflow(nameof(shipping))]
    private partial ValueTask<Label> Cold([From(nameof(Pack), Member = nameof(Parcels.Cold))] Parcel parcel);

    [SubWorkflow(nameof(shipping), Cleanup = CleanupMode.OnDemand)]
    private partial ValueTask<Label> Dry([From(nameof(Pack), Member = nameof(Parcels.Dry))] Parcel parcel, [From(nameof(Five))] int factor);

    [Node]
    int Five(Ask ask) => 5;

    [Node]
    void Beside(Ask ask) => journal.Add("beside");

    [Node]
    Answer Join(Label cold, Label dry, Odometer odometer) => new($"{cold.Text}|{dry.Text}|{odometer.Labels}");
}

internal sealed record Parcels(Parcel Cold, Parcel Dry);

/// <summary>Once per element, not more than two at a time; failures are observed.</summary>
[Workflow]
internal sealed partial class ShipsMany(ShipParcel shipping)
{
    public partial ValueTask<Answer> RunAsync(IReadOnlyList<Parcel> parcels, CancellationToken ct = default);

    [SubWorkflow<ShipParcel>]
    private partial ValueTask<Label> Ship([Each(MaxParallelism = 2)] Parcel parcel);

    [Node]
    Answer Join(IReadOnlyList<Label> labels) => new(string.Join(',', labels.Select(l => l.Text.Split(' ')[0])));
}

/// <summary>Its parent lays it out; it is linked to another assembly.</summary>
[Workflow]
internal sealed partial class Ships(ShipParcel shipping)
{
    public partial ValueTask<Label> RunAsync(Parcel parcel, CancellationToken ct = default);

    static bool Wanted(Parcel parcel) => parcel.Weight < 100;

    [SubWorkflow(nameof(shipping)), When(nameof(Wanted))]
    private partial ValueTask<Label> Ship(Parcel parcel);

    [Node]
    Label Close(Label? label) => label ?? new("none");
}

/// <summary>Four levels: this, one of this assembly, two of the other. Somebody observes what becomes of it.</summary>
[Workflow(MaxParallelism = 2)]
internal sealed partial class Observes(Ships ships, Retired retired)
{
    public partial ValueTask<Answer> RunAsync(Parcel parcel, CancellationToken ct = default);

    [SubWorkflow(nameof(ships))]
    private partial ValueTask<Label> Inner(Parcel parcel);

#pragma warning disable FG5011 // Failing is what it is here for.
    [SubWorkflow(nameof(retired)), BestEffort]
    private partial ValueTask<Label> Never(Parcel parcel);
#pragma warning restore FG5011

    [Node]
    Answer Close([From(nameof(Inner))] Outcome<Label> inner, [From(nameof(Never))] Label? never)
        => new($"{inner.State} {inner.Error?.Message ?? inner.Value?.Text} {never?.Text}");
}

/// <summary>Generic workflows of another assembly; a synchronous one.</summary>
[Workflow]
internal sealed partial class Attempts(Attempt<One> one, Attempt<string> two)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, Parcel parcel);

    [Node]
    One Make(Ask ask) => new(ask.Number);

    [SubWorkflow<Attempt<One>>]
    private partial ValueTask<Outcome<One>> First([From(nameof(Make))] One value);

    [SubWorkflow(nameof(two))]
    private partial ValueTask<Outcome<string>> Second([From(nameof(Text))] string value);

    [Node]
    string Text(Ask ask) => $"{ask.Number}";

    [SubWorkflow<Weigh>]
    private partial int Weigh(Parcel parcel);

    [Node]
    Answer Close([From(nameof(First))] Outcome<Outcome<One>> first, [From(nameof(Second))] Outcome<Outcome<string>> second, int weigh)
        => new($"{first.Value.State} {second.Value.State} {weigh}");
}

/// <summary>Completes a workflow of another assembly.</summary>
[Workflow(Id = "van")]
internal sealed partial class Van(Gate gate) : Courier
{
    protected override async ValueTask<Priced> Quote(Parcel parcel, CancellationToken ct)
    {
        await gate.Wait(ct);
        return new(parcel, 7);
    }
}

/// <summary>Holds a courier of whatever class.</summary>
[Workflow]
internal sealed partial class Sends(Courier courier)
{
    public partial ValueTask<Label> RunAsync(Parcel parcel, CancellationToken ct = default);

    [SubWorkflow<Courier>]
    private partial ValueTask<Label> Send(Parcel parcel);
}
