namespace Library;

public sealed record Parcel(string Name, int Weight);

public sealed record Priced(Parcel Parcel, int Price);

public sealed record Label(string Text);

/// <summary>One for the whole run, whichever assembly the nodes are from.</summary>
[State(Scope = StateScope.Run)]
public sealed class Odometer : ICleanup
{
    public int Labels { get; set; }

    public void Cleanup() => Labels = 0;
}

/// <summary>Counts its instances, uses and cleanups.</summary>
public sealed class Printer(Census census, Gate gate) : ICleanup
{
    private readonly int _instance = census.Create();
    private bool _isDirty;

    public async ValueTask<Label> ExecuteAsync(Priced priced, Odometer odometer, FlowContext context, CancellationToken ct)
    {
        census.Use(_isDirty);
        _isDirty = true;
        string path = context.Path;
        await gate.Wait(ct);
        return new Label($"{priced.Parcel.Name} {priced.Price} {path} {++odometer.Labels} {_instance > 0}");
    }

    public void Cleanup()
    {
        _isDirty = false;
        census.Clean();
    }
}

/// <summary>Laid out in <see cref="ShipParcel"/>, in its own assembly.</summary>
[Workflow]
public sealed partial class Price
{
    public partial ValueTask<Priced> RunAsync(Parcel parcel, int factor);

    [Node]
    private Priced Multiply(Parcel parcel, int factor)
        => parcel.Weight > 0 ? new(parcel, parcel.Weight * factor) : throw new ArgumentException("weightless", nameof(parcel));
}

/// <summary>Private nodes, a node class, state of the run, and a sub-workflow of its own.</summary>
[Workflow(Id = "ship parcel")]
public sealed partial class ShipParcel(Price price, Census census, Gate gate)
{
    public partial ValueTask<Label> RunAsync(Parcel parcel, int factor = 3, CancellationToken ct = default);

    /// <summary>An overload that is no entry.</summary>
    public ValueTask<Label> RunAsync(string name, CancellationToken ct) => RunAsync(new Parcel(name, 1), ct: ct);

    static bool IsHeavy(Parcel parcel) => parcel.Weight > 10;

    [SubWorkflow(nameof(price))]
    private partial ValueTask<Priced> Calculate(Parcel parcel, int factor);

    [Node<Printer>]
    private partial ValueTask<Label> Print(Priced priced);

    [Node, When(nameof(IsHeavy))]
    private void Warn(Parcel parcel) => _ = parcel.Weight;
}

/// <summary>Generic, with an entry that returns what became of it.</summary>
[Workflow]
public sealed partial class Attempt<T>(Func<T, Task<T>> action)
{
    public partial ValueTask<Outcome<T>> RunAsync(T value);

    [Node]
    private Task<T> Act(T value) => action(value);
}

/// <summary>Synchronous.</summary>
[Workflow]
public sealed partial class Weigh
{
    public partial int Run(Parcel parcel);

    [Node]
    private int Read(Parcel parcel) => parcel.Weight;
}

/// <summary>Not to be run.</summary>
[Workflow(Enabled = false)]
public sealed partial class Retired
{
    public partial ValueTask<Label> RunAsync(Parcel parcel);

    [Node]
    private Label Print(Parcel parcel) => new(parcel.Name);
}

/// <summary>For other assemblies to complete.</summary>
[Workflow]
public abstract partial class Courier
{
    public virtual partial ValueTask<Label> RunAsync(Parcel parcel, CancellationToken ct = default);

    [Node]
    protected abstract ValueTask<Priced> Quote(Parcel parcel, CancellationToken ct);

    [Node]
    protected virtual Label Write(Priced priced) => new($"{priced.Parcel.Name} {priced.Price}");
}
