using Scenarios.Services;
using Scenarios.Stage;
using Travel;

namespace Scenarios.Stories;

internal static class S2
{
    private static readonly TripRequest s_request = new("Bonn", "Oslo", new DateOnly(2030, 5, 1), "NOK");

    public static async Task TellAsync(Teller teller)
    {
        await teller.SceneAsync("Everything is found", async scene =>
        {
            TripQuote quote = await scene.EndOf(Workflow(scene, hotelTime: 60).RunAsync(s_request));

            scene.Expect("flight and hotel are in the price", 400, quote.Total);
            scene.Expect("it takes as long as the slowest search", 60, scene.Clock.Elapsed.TotalMilliseconds);
        });

        await teller.SceneAsync("The hotel portal is too slow", async scene =>
        {
            TripQuote quote = await scene.EndOf(Workflow(scene, hotelTime: 10_000).RunAsync(s_request));

            scene.Expect("the quote has no hotel", null, quote.Hotel);
            scene.Expect("only the flight is in the price", 240, quote.Total);
            scene.Expect("it takes as long as the hotel may", 2_000, scene.Clock.Elapsed.TotalMilliseconds);
        });
    }

    private static QuoteTrip Workflow(Scene scene, int hotelTime)
        => new(new Airline(scene.Clock, []), new HotelPortal(scene.Clock, []) { SearchTime = hotelTime }, new ExchangeRates(scene.Clock)) { Runtime = scene.Runtime };
}
