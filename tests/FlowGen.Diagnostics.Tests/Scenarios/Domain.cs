namespace Shop
{
    public sealed record Cart(Guid Customer, IReadOnlyList<CartLine> Lines);
    public sealed record CartLine(string Sku, int Quantity, decimal Price);
    public sealed record Order(Guid Id, Guid Customer, decimal Total, IReadOnlyList<CartLine> Lines)
    { public static Order From(Cart c) => new(Guid.NewGuid(), c.Customer, c.Lines.Sum(l => l.Price * l.Quantity), c.Lines); }
    public sealed record Reservation(Guid Id);
    public sealed record Payment(Guid Id, decimal Amount);
    public sealed record Receipt(Guid Order, Guid Payment, decimal Total);
    public sealed class PaymentUnavailableException : Exception;
    public interface IInventory { ValueTask<Reservation> ReserveAsync(Order o, CancellationToken ct); ValueTask ReleaseAsync(Reservation r); }
    public interface IPayments { ValueTask<Payment> ChargeAsync(Guid order, decimal amount, CancellationToken ct); ValueTask RefundAsync(Payment p); }
    public interface IMailer { ValueTask SendAsync(Receipt r, CancellationToken ct); }
}
namespace Travel
{
    public sealed record TripRequest(string From, string To, DateOnly Day, string Currency);
    public sealed record Itinerary(string From, string To, DateOnly Day);
    public sealed record FlightOffer(string Code, decimal Price);
    public sealed record HotelOffer(string Name, decimal Price);
    public sealed record TripQuote(decimal Total, FlightOffer Flight, HotelOffer? Hotel);
    public sealed record FlightBooking(string Pnr);
    public sealed record HotelBooking(string Ref);
    public sealed record CarBooking(string? Ref);
    public sealed record TripPayment(Guid Id);
    public sealed record TripBooking(FlightBooking Flight, HotelBooking Hotel, CarBooking Car);
    public sealed class NoCarException : Exception;
    public interface IFlights { ValueTask<FlightOffer> SearchAsync(Itinerary i, CancellationToken ct); ValueTask<FlightBooking> BookAsync(TripRequest r, CancellationToken ct); ValueTask CancelAsync(FlightBooking b); }
    public interface IHotels { ValueTask<HotelOffer> SearchAsync(Itinerary i, CancellationToken ct); ValueTask<HotelBooking> BookAsync(TripRequest r, CancellationToken ct); ValueTask CancelAsync(HotelBooking b); }
    public interface ICars { ValueTask<CarBooking> BookAsync(TripRequest r, CancellationToken ct); ValueTask CancelAsync(CarBooking b); }
    public interface ICards { ValueTask<TripPayment> PayAsync(TripRequest r, CancellationToken ct); }
    public interface IFx { ValueTask<decimal> RateAsync(string currency, CancellationToken ct); }
}
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
namespace Crawl
{
    public sealed record Site(Uri Root);
    public sealed record Frontier(IReadOnlyList<Uri> Urls, string? Cursor);
    public sealed record Page(Uri Url, int Length);
    public sealed record CrawlReport(int Ok, int Failed, long Bytes);
    public interface IHttp { ValueTask<Frontier> NextAsync(Frontier f, CancellationToken ct); ValueTask<Page> GetAsync(Uri u, CancellationToken ct); }
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
namespace Agent
{
    public sealed record UserMessage(string Text);
    public sealed record History(IReadOnlyList<string> Turns);
    public readonly record struct Token(string Text);
    public sealed record Draft(string Text, string SkillId, string Arguments);
    public sealed record SkillCall(string Arguments);
    public sealed record SkillResult(string Text, int Risk);
    public sealed record Approval(bool Granted, string By);
    public sealed record AgentReply(string Text);
    public interface ILlm { IAsyncEnumerable<Token> StreamAsync(UserMessage m, History h, CancellationToken ct); }
    public interface IMemory { ValueTask<History> LoadAsync(string conversation, CancellationToken ct); ValueTask SaveAsync(string conversation, AgentReply r, CancellationToken ct); }
}
