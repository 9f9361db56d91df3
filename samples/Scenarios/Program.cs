using Scenarios.Stage;
using Scenarios.Stories;

namespace Scenarios;

internal static class Program
{
    public static IReadOnlyList<Story> Contents { get; } =
    [
        new("S1", "Checkout: services, retry, a step that may fail", Checkout.Graph, S1.TellAsync),
        new("S2", "A quote for a trip: three branches at once, one optional", QuoteTrip.Graph, S2.TellAsync),
        new("S3", "A ticket desk: routes, and where they meet again", TicketDesk.Graph, S3.TellAsync),
        new("S4", "A crawl: a loop, then many pages a few at a time", CrawlSite.Graph, S4.TellAsync),
        new("S5", "An order in two boxes: three levels of workflows", FulfilOrder.Graph, S5.TellAsync),
        new("S6", "Booking a trip: what is done can be undone", BookTrip.Graph, S6.TellAsync),
        new("S7", "A support agent: tokens, a skill chosen at run time, approval", SupportAgent.Graph, S7.TellAsync),
    ];

    public static Task<int> Main(string[] args) => new Reading(Contents, Console.Out, Console.Error).RunAsync(args);
}
