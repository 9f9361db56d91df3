namespace Desk
{
    public enum Route { Billing, Technical, Sales }
    public sealed record Ticket(string Subject, string Body, int Anger);
    public sealed record Diagnosis(string Fault);
    public sealed record Reply(string Text);
    public sealed record Apology(string Text);
    public interface IClassifier { ValueTask<Route> ClassifyAsync(Ticket t, CancellationToken ct); }
    public interface IBillingDesk { ValueTask<Reply> AnswerAsync(Ticket t, CancellationToken ct); }
    public interface ITechDesk { ValueTask<Diagnosis> DiagnoseAsync(Ticket t, CancellationToken ct); ValueTask<Reply> ExplainAsync(Diagnosis d, CancellationToken ct); }
}
namespace Ship
{
    public sealed record Box(string Name, double Weight);
    public sealed record Address(string Zip);
    public sealed record ShipOrder(IReadOnlyList<string> Items, Address To);
    public sealed record Packed(Box Cold, Box Dry);
    public sealed record Rate(decimal Price);
    public sealed record Label(string Zpl);
    public sealed record Shipment(string Box, Label Label, decimal Price);
    public sealed record Fulfilment(Shipment Cold, Shipment Dry);
    public interface ICarrier { ValueTask<Rate> RateAsync(Box b, Address to, CancellationToken ct); }
}
