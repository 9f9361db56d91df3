using FlowGen;

namespace Orders;

public sealed record Order(string Customer, int Items);

public sealed record Price(int Amount);

public sealed record Label(string Text);

public sealed record Receipt(string Text);

[Workflow(Id = "checkout")]
public sealed partial class Checkout(Shipping shipping)
{
    public partial ValueTask<Receipt> RunAsync(Order order, CancellationToken ct = default);

    [Node]
    static Price Quote(Order order) => new(order.Items * 7);

    [SubWorkflow(nameof(shipping))]
    private partial ValueTask<Label> Ship(Order order);

    [Node]
    static async ValueTask<Receipt> Sign(Price price, Label label)
    {
        await Task.Yield();
        return new Receipt($"{price.Amount} paid, {label.Text}");
    }
}

[Workflow(Id = "shipping")]
public sealed partial class Shipping
{
    public partial ValueTask<Label> RunAsync(Order order, CancellationToken ct = default);

    [Node]
    static Label Print(Order order) => new($"sent to {order.Customer}");
}
